import { describe, expect, it } from "vitest";
import type { ComparisonColumn } from "../workbench/types";
import { findingOf, longestSharedPiece } from "./finding";

function column(title: string, ranking: Record<string, number>): ComparisonColumn {
  const ranked = Object.entries(ranking).map(([text, similarity]) => ({ text, similarity }));
  ranked.sort((a, b) => b.similarity - a.similarity);
  return { encoder: title, title, reads: "meaning", ranking: ranked, matrix: new Float32Array() };
}
const say = (anchor: string, encoder: Record<string, number>, foil: Record<string, number>) => {
  const finding = findingOf(anchor, [column("MiniLM-L6", encoder), column("Letters only", foil)]);
  return `${finding?.title} ${finding?.parts.map((part) => part.text).join("")}`;
};

describe("findingOf", () => {
  it("tells the article's story from the article's numbers", () => {
    expect(say("football", { soccer: 0.845, footwear: 0.314 }, { soccer: 0, footwear: 0.375 })).toBe(
      "Meaning beats spelling. MiniLM-L6 puts football by soccer (0.845 against 0.314); " +
        "letters alone put it by footwear, for the shared “foot”.",
    );
  });

  it("does not claim a disagreement where there is none", () => {
    expect(say("cat", { kitten: 0.79, cats: 0.9 }, { kitten: 0, cats: 0.6 })).toBe(
      "Meaning and spelling agree. MiniLM-L6 puts cat by cats (0.900 against 0.790); letters alone do the same.",
    );
  });

  it("calls no winner when the encoder has none", () => {
    expect(say("a", { b: 0.5, c: 0.497 }, { b: 0, c: 0.2 })).toMatch(/^A draw\./);
  });

  it("claims no meaning for an encoder that only knows the same words from others", () => {
    const about = (ranking: Record<string, number>) => {
      const columns = [
        { ...column("One-hot", ranking), reads: "words only" },
        column("Letters only", { soccer: 0, footwear: 0.375 }),
      ];
      const finding = findingOf("football", columns);
      return `${finding?.title} ${finding?.parts.map((part) => part.text).join("")}`;
    };
    expect(about({ soccer: 0, footwear: 0 })).toBe(
      "No meaning, only sameness. To One-hot every word is equally far from football (0.000 against 0.000): " +
        "this is what embeddings were made for.",
    );
    expect(about({ "football shirt": 0.7, soccer: 0 })).toMatch(/football shirt .* for a word they share\.$/);
  });

  it("says so when spelling can't tell", () => {
    expect(say("dog", { puppy: 0.8, car: 0.3 }, { puppy: 0, car: 0 })).toMatch(/^Spelling has no say\./);
  });

  it("gives no reason where no shared piece explains the foil", () => {
    expect(say("abc", { xyz: 0.8, ab: 0.3 }, { xyz: 0, ab: 0.4 })).toMatch(/put it by ab\.$/);
  });

  it("reports a single pair without ranking it", () => {
    expect(say("football", { soccer: 0.845 }, { soccer: 0 })).toContain("0.845, letters alone 0.000");
  });

  it("has nothing to say about the foil beside itself", () => {
    expect(findingOf("a", [column("Letters only", { b: 1, c: 0 })])).toBeUndefined();
  });
});

describe("longestSharedPiece", () => {
  it("finds the piece, whatever its case", () => {
    expect(longestSharedPiece("Football", "barefoot")).toBe("foot");
    expect(longestSharedPiece("abc", "xyz")).toBe("");
  });
});
