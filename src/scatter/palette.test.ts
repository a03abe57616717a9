import { describe, expect, it } from "vitest";
import { mixColours, parseColour, type Rgb } from "./colour";
import { DARK_PALETTE, LIGHT_PALETTE } from "./palette";

/** Relative luminance, WCAG 2.2. */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(parseColour(a)), luminance(parseColour(b))].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

describe("palettes", () => {
  it.each([
    ["light", LIGHT_PALETTE, "#fbfbfa"],
    ["dark", DARK_PALETTE, "#131417"],
  ])("of the %s theme stand out from the background by 3:1, each colour once", (_, palette, background) => {
    expect(palette.length).toBeGreaterThanOrEqual(10);
    expect(new Set(palette).size).toBe(palette.length);
    for (const colour of palette) expect(contrast(colour, background), colour).toBeGreaterThanOrEqual(3);
  });

  it("name the same hues in the same order", () => {
    expect(DARK_PALETTE.length).toBe(LIGHT_PALETTE.length);
  });
});

describe("mixColours", () => {
  it("goes from the one to the other", () => {
    expect(mixColours([0, 0, 0], [1, 0.5, 0], 0.5)).toEqual([0.5, 0.25, 0]);
  });
});
