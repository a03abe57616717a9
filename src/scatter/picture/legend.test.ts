import { describe, expect, it } from "vitest";
import { layOutLegend } from "./legend";

/** Every character is seven pixels wide. */
const measure = (text: string) => text.length * 7;

const legend = {
  title: "category",
  entries: Array.from({ length: 12 }, (_, index) => ({ label: `group ${index}`, colour: "#123456" })),
};

describe("layOutLegend", () => {
  it("holds every entry, in order, inside the width", () => {
    const { parts, height } = layOutLegend(legend, 300, measure);
    const texts = parts.flatMap((part) => (part.kind === "text" ? [part] : []));
    expect(texts.map(({ text }) => text)).toEqual(["category", ...legend.entries.map(({ label }) => label)]);
    for (const { x, y, text } of texts) {
      expect(x + measure(text)).toBeLessThanOrEqual(300);
      expect(y).toBeLessThan(height);
    }
    expect(parts.filter(({ kind }) => kind === "dot")).toHaveLength(12);
  });

  it("takes more lines where there is less room", () => {
    expect(layOutLegend(legend, 2000, measure).height).toBeLessThan(
      layOutLegend(legend, 200, measure).height,
    );
  });
});
