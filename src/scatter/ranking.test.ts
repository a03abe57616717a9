import { describe, expect, it } from "vitest";
import { Ranking } from "./ranking";
import { exhaust } from "./steps";

const keys = Array.from({ length: 300 }, (_, at) => `item ${at}`);

describe("Ranking", () => {
  it("orders points by their keys alone, each once", () => {
    const { order, rank } = exhaust(Ranking.making(300, keys, undefined));
    expect(new Set(order).size).toBe(300);
    expect(rank[order[17]]).toBe(17);
    const reversed = keys.toReversed();
    const other = exhaust(Ranking.making(300, reversed, undefined));
    expect(reversed[other.order[0]]).toBe(keys[order[0]]);
  });

  it("puts the important first, and nameless points in a fixed order that spreads", () => {
    const importance = Float32Array.from({ length: 300 }, (_, at) => (at === 123 ? 2 : 1));
    expect(exhaust(Ranking.making(300, keys, importance)).order[0]).toBe(123);
    const spread = exhaust(Ranking.making(300, null, undefined)).order;
    expect(new Set(spread).size).toBe(300);
    expect(Math.max(...spread.subarray(0, 10))).toBeGreaterThan(200);
  });
});
