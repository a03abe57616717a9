import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanLabel, directionOf, shorten } from "./text";

/** Every character a pixel wide: widths are then lengths. */
const measure = (text: string) => Array.from(text).length;

describe("cleanLabel", () => {
  it("makes one line of visible characters", () => {
    expect(cleanLabel("  a\n\tb\u0000c  ")).toBe("a b c");
    expect(cleanLabel("\u0000\n")).toBe("");
  });

  it("cuts very long texts without splitting a character", () => {
    const long = cleanLabel("😀".repeat(50_000));
    expect(long.length).toBeLessThan(300);
    expect(long.endsWith("😀")).toBe(true);
  });
});

describe("shorten", () => {
  it("leaves short texts alone and ends long ones with an ellipsis", () => {
    expect(shorten("football", 20, measure)).toBe("football");
    expect(shorten("football pitch", 9, measure)).toBe("football…");
  });

  it("never splits a family or an accented letter", () => {
    expect(shorten("👨‍👩‍👧‍👦 family", 8, measure)).toBe("👨‍👩‍👧‍👦…");
    expect(shorten("e\u0301te\u0301s", 3, measure)).toBe("e\u0301…");
  });

  it("fits the width, or is one character with an ellipsis", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60, unit: "grapheme" }),
        fc.integer({ min: 1, max: 40 }),
        (text, width) => {
          const short = shorten(text, width, measure);
          const pieces = Array.from(new Intl.Segmenter().segment(short)).length;
          expect(measure(short) <= width || pieces <= 2).toBe(true);
          expect(short === text || short.endsWith("…")).toBe(true);
        },
      ),
    );
  });
});

describe("directionOf", () => {
  it("follows the first letter", () => {
    expect(directionOf("football")).toBe("ltr");
    expect(directionOf("כדורגל")).toBe("rtl");
    expect(directionOf("123 كرة القدم")).toBe("rtl");
    expect(directionOf("42")).toBe("ltr");
  });
});
