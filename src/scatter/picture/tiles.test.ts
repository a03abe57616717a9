import { describe, expect, it } from "vitest";
import { flipRows, tilesOf } from "./tiles";

describe("tilesOf", () => {
  it("covers every pixel exactly once", () => {
    const seen = new Uint8Array(70 * 33);
    for (const { x, y, width, height } of tilesOf(70, 33, 16)) {
      expect(Math.max(width, height)).toBeLessThanOrEqual(16);
      for (let row = y; row < y + height; row++) {
        for (let column = x; column < x + width; column++) seen[row * 70 + column]++;
      }
    }
    expect(seen.every((times) => times === 1)).toBe(true);
  });
});

describe("flipRows", () => {
  it("puts the last row first", () => {
    const pixels = Uint8ClampedArray.from([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]);
    flipRows(pixels, 1, 3);
    expect([...pixels]).toEqual([3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1]);
  });
});
