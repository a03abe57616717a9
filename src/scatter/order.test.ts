import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { descendingKeys, orderByKey, spreadOrder } from "./order";
import { exhaust } from "./steps";

describe("orderByKey", () => {
  it("sorts as comparing does, and keeps the order of equal keys", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(5), fc.nat(0xffffffff)), { maxLength: 200 }), (numbers) => {
        const keys = Uint32Array.from(numbers);
        const expected = [...numbers.keys()].sort((a, b) => keys[a] - keys[b]);
        expect([...orderByKey(keys, numbers.length)]).toEqual(expected);
      }),
    );
  });

  it("breaks ties by the order it is given", () => {
    expect([...orderByKey(Uint32Array.of(7, 1, 7, 7), 4, Uint32Array.of(3, 2, 1, 0))]).toEqual([1, 3, 2, 0]);
  });
});

describe("spreadOrder", () => {
  it("holds every index once", () => {
    for (const count of [0, 1, 2, 3, 10, 1_000, 65_536, 99_991]) {
      expect(new Set(exhaust(spreadOrder(count))).size).toBe(count);
    }
  });

  it("begins all over the place", () => {
    const first = [...exhaust(spreadOrder(1_000)).subarray(0, 50)].sort((a, b) => a - b);
    const gaps = first.slice(1).map((index, at) => index - first[at]);
    expect(Math.max(...gaps)).toBeLessThan(60);
  });
});

describe("descendingKeys", () => {
  it("puts the largest number first, and what is no number last", () => {
    const numbers = Float32Array.of(-3, 0.5, Number.NaN, 1e30, -0.25, 0, Number.NEGATIVE_INFINITY);
    const order = orderByKey(descendingKeys(numbers, numbers.length), numbers.length);
    expect([...order]).toEqual([3, 1, 5, 4, 0, 6, 2]);
  });
});
