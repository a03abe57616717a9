import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tidyText } from "./text";

describe("tidyText", () => {
  it.each([
    ["  football ", "football"],
    ["foot\u0000ball", "football"],
    ["two\r\nlines\tand   spaces", "two lines and spaces"],
    ["cafe\u0301", "caf\u00e9"],
    ["\ufefffootball", "football"],
    ["soft\u00adhyphen", "softhyphen"],
    ["👩‍👩‍👧 family", "👩‍👩‍👧 family"],
    ["❤️", "❤️"],
    ["כדורגל", "כדורגל"],
    ["\u200fكرة القدم", "\u200fكرة القدم"],
    ["می‌خواهم", "می‌خواهم"],
    ["half \ud83d", "half \ufffd"],
    ["Apple", "Apple"],
    ["\u200d\u200f \u0007", ""],
    ["", ""],
  ])("turns %j into %j", (given, tidied) => {
    expect(tidyText(given)).toBe(tidied);
  });

  it("changes nothing the second time, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const once = tidyText(text);
        expect(tidyText(once)).toBe(once);
      }),
    );
  });

  it("takes a line of 100,000 characters at once", () => {
    const text = " a\t".repeat(33_334);
    const before = process.cpuUsage();
    expect(tidyText(text)).toHaveLength(66_667);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(0.2);
  });
});
