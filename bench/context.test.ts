import { describe, expect, it } from "vitest";
import { benchRow, median } from "./context";

describe("a benchmark's row", () => {
  it("says how many times better ours is than the best peer", () => {
    const time = { case: "c", metric: "milliseconds", better: "lower", ours: 50 } as const;
    expect(benchRow("b", { ...time, peers: { slow: 400, quick: 100 } }).ratio).toBe(2);
    const rate = { case: "c", metric: "texts per second", better: "higher", ours: 50 } as const;
    expect(benchRow("b", { ...rate, peers: { slow: 10, quick: 100 } }).ratio).toBe(0.5);
  });

  it("has no ratio without a peer", () => {
    const row = benchRow("startup", {
      case: "cold",
      metric: "milliseconds",
      better: "lower",
      ours: 9,
      target: 10,
    });
    expect(row).toEqual({
      benchmark: "startup",
      case: "cold",
      metric: "milliseconds",
      ours: 9,
      peers: {},
      ratio: null,
      target: 10,
    });
  });
});

describe("the median", () => {
  it("is the middle value, or the mean of the two", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 3])).toBe(4);
    expect(() => median([])).toThrow(RangeError);
  });
});
