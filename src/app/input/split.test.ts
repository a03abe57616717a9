import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitInput } from "./split";

describe("splitInput", () => {
  it("separates words on one line by commas", () => {
    expect(splitInput("football, soccer,footwear")).toEqual(["football", "soccer", "footwear"]);
  });

  it("keeps a sentence's commas when there are several lines", () => {
    expect(splitInput("The cat, which slept, woke.\nIt rained, a lot.\r\n")).toEqual([
      "The cat, which slept, woke.",
      "It rained, a lot.",
    ]);
  });

  it("takes a pasted list with a line break at its end as one line", () => {
    expect(splitInput("football, soccer\n")).toEqual(["football", "soccer"]);
  });

  it("keeps the commas between double quotes", () => {
    expect(splitInput('"salt, pepper", vinegar')).toEqual(["salt, pepper", "vinegar"]);
  });

  it("takes a lone quote as a character", () => {
    expect(splitInput('a 12" record, b')).toEqual(['a 12" record', "b"]);
  });

  it("leaves blank parts out", () => {
    expect(splitInput(" , ,\n\n")).toEqual([]);
    expect(splitInput("a\n\n \nb")).toEqual(["a", "b"]);
    expect(splitInput("a,,b,")).toEqual(["a", "b"]);
    expect(splitInput("  ")).toEqual([]);
  });

  it("never returns a blank or untidy text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", ",", '"', " ", "\n", "é") }), (input) => {
        for (const text of splitInput(input)) expect(text.trim() === text && text !== "").toBe(true);
      }),
    );
  });
});
