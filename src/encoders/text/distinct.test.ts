import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distinctTexts } from "./distinct";

describe("distinctTexts", () => {
  it("keeps first appearances, and remembers every place", () => {
    expect(distinctTexts(["b", "a", "b"])).toEqual({ texts: ["b", "a"], places: [[0, 2], [1]] });
  });

  it("can be turned back", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "__proto__", "")), (texts) => {
        const { texts: distinct, places } = distinctTexts(texts);
        const back: string[] = [];
        places.forEach((indices, i) => {
          for (const index of indices) back[index] = distinct[i];
        });
        expect(back).toEqual(texts);
        expect(new Set(distinct).size).toBe(distinct.length);
      }),
    );
  });
});
