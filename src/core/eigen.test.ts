import { describe, expect, test } from "vitest";
import { jacobiEigenpairs, largestEigenpairs } from "./eigen";
import { gaussian, seededRandom } from "./random";
import { dot } from "./vectors";

/** Q diag(values) Qᵀ with a random orthogonal Q, and its product with vectors. */
function matrixWith(values: readonly number[], seed: number) {
  const size = values.length;
  const random = seededRandom(seed);
  const q: number[][] = [];
  while (q.length < size) {
    let v = Array.from({ length: size }, () => gaussian(random));
    for (let pass = 0; pass < 2; pass++) {
      for (const u of q) {
        const share = dot(u, v);
        v = v.map((x, i) => x - share * u[i]);
      }
    }
    const length = Math.sqrt(dot(v, v));
    q.push(v.map((x) => x / length));
  }
  const matrix = new Float64Array(size * size);
  q.forEach((v, c) => {
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) matrix[i * size + j] += values[c] * v[i] * v[j];
  });
  const apply = (vectors: Float64Array, count: number, out: Float64Array) => {
    for (let c = 0; c < count; c++) {
      for (let i = 0; i < size; i++) {
        out[c * size + i] = dot(
          matrix.subarray(i * size, (i + 1) * size),
          vectors.subarray(c * size, (c + 1) * size),
        );
      }
    }
  };
  return { matrix, apply, q };
}

describe("eigenpairs", () => {
  test("Jacobi finds all of a small matrix, largest first", () => {
    const values = [9, 4, 4, 1, 0, -2];
    const { matrix, q } = matrixWith(values, 3);
    const found = jacobiEigenpairs(matrix, 6);
    values.forEach((value, i) => {
      expect(found.values[i]).toBeCloseTo(value, 12);
    });
    for (const i of [0, 3, 4, 5]) {
      expect(Math.abs(dot(q[i], found.vectors.subarray(i * 6, (i + 1) * 6)))).toBeCloseTo(1, 12);
    }
  });

  test.each([
    ["well apart", [100, 50, 25, ...Array.from({ length: 57 }, (_, i) => 10 / (i + 1))]],
    ["close together", Array.from({ length: 120 }, (_, i) => 2 - i / 100)],
    ["equal at the top", [5, 5, 5, 5, ...new Array<number>(50).fill(1)]],
    ["all equal", new Array<number>(40).fill(3)],
    ["rank 1", [7, ...new Array<number>(30).fill(0)]],
    ["1 × 1", [2]],
    ["2 × 2", [2, 1]],
  ])("finds the largest three where they are %s", async (_, values) => {
    const size = values.length;
    const { apply } = matrixWith(values, 7);
    const found = await largestEigenpairs(apply, size, 3, seededRandom(1));
    expect(found.values.length).toBe(Math.min(3, size));
    found.values.forEach((value, i) => {
      expect(value).toBeCloseTo(values[i], 9);
      const vector = found.vectors.slice(i * size, (i + 1) * size);
      const image = new Float64Array(size);
      apply(vector, 1, image);
      for (let t = 0; t < size; t++) expect(image[t]).toBeCloseTo(value * vector[t], 5);
    });
  });
});
