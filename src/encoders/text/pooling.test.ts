import { describe, expect, it } from "vitest";
import { finishVector } from "../finish-vector";
import { poolRow } from "./pooling";

/** Two rows of three tokens in two dimensions; the last token of the second row is padding. */
const states = {
  data: Float32Array.of(1, 2, 3, 4, 5, 9, /**/ 10, -20, 30, -40, 999, 999),
  length: 3,
  dimension: 2,
};

const pooled = (...[given, row, tokens, pooling]: Parameters<typeof poolRow>) =>
  poolRow(given, row, tokens, pooling).map((vector) => Array.from(vector));

describe("poolRow", () => {
  it("averages the tokens that are no padding", () => {
    expect(pooled(states, 0, 3, "mean")).toEqual([[3, 5]]);
    expect(pooled(states, 1, 2, "mean")).toEqual([[20, -30]]);
  });

  it("takes the largest of each dimension, or the first token", () => {
    expect(pooled(states, 1, 2, "max")).toEqual([[30, -20]]);
    expect(pooled(states, 1, 2, "cls")).toEqual([[10, -20]]);
  });

  it("gives each token that is no padding by itself", () => {
    expect(pooled(states, 1, 2, "none")).toEqual([
      [10, -20],
      [30, -40],
    ]);
  });

  it("takes a row that is a vector already as it is", () => {
    expect(pooled({ ...states, length: undefined }, 4, 1, "none")).toEqual([[30, -40]]);
  });

  it("copies", () => {
    poolRow(states, 0, 3, "cls")[0][0] = 77;
    expect(states.data[0]).toBe(1);
  });
});

describe("finishVector", () => {
  it("scales to length 1 when asked to", () => {
    const [x, y] = finishVector(Float32Array.of(3, 4), true) ?? [];
    expect(x).toBeCloseTo(0.6, 6);
    expect(y).toBeCloseTo(0.8, 6);
    expect(finishVector(Float32Array.of(3, 4), false)).toEqual(Float32Array.of(3, 4));
  });

  it.each([[[0, 0]], [[NaN, 1]], [[1, Infinity]]])("refuses %j", (numbers) => {
    expect(finishVector(Float32Array.from(numbers), true)).toBeUndefined();
  });
});
