import { describe, expect, it } from "vitest";
import { poolImage } from "./pooling";

const numbers = (vectors: readonly Float32Array[]) => vectors.map((vector) => Array.from(vector));

/** CLS, one register, then a row of two patches, in two dimensions. */
const tokens = {
  data: Float32Array.of(9, 9, 7, 7, 1, -2, 3, 4),
  layout: "tokens",
  dimension: 2,
  grid: { rows: 1, columns: 2, prefix: 2 },
} as const;

/** Two channels of one row of three cells. */
const map = {
  data: Float32Array.of(1, 2, 6, /**/ -1, -5, 0),
  layout: "map",
  dimension: 2,
  grid: { rows: 1, columns: 3, prefix: 0 },
} as const;

describe("poolImage", () => {
  it("counts patches alone, and CLS for itself", () => {
    expect(numbers(poolImage(tokens, "mean"))).toEqual([[2, 1]]);
    expect(numbers(poolImage(tokens, "max"))).toEqual([[3, 4]]);
    expect(numbers(poolImage(tokens, "cls"))).toEqual([[9, 9]]);
    expect(numbers(poolImage(tokens, "none"))).toEqual([
      [1, -2],
      [3, 4],
    ]);
  });

  it("takes a map's cells together, or each by itself", () => {
    expect(numbers(poolImage(map, "mean"))).toEqual([[3, -2]]);
    expect(numbers(poolImage(map, "max"))).toEqual([[6, 0]]);
    expect(numbers(poolImage(map, "none"))).toEqual([
      [1, -1],
      [2, -5],
      [6, 0],
    ]);
  });

  it("takes a vector as it is", () => {
    const vector = { data: Float32Array.of(1, 2), layout: "vector", dimension: 2 } as const;
    expect(numbers(poolImage(vector, "none"))).toEqual([[1, 2]]);
  });
});
