import fc from "fast-check";
import { expect, test } from "vitest";
import type { Matrix } from "./matrix";
import { row } from "./matrix";
import { nearestNeighbours } from "./nearest";
import { gaussian, seededRandom } from "./random";
import { similarityBlocks } from "./similarity-rows";
import type { Metric } from "./space";
import { similarity } from "./vectors";

const METRICS: readonly Metric[] = ["cosine", "euclidean", "dot"];

function randomMatrix(rows: number, dimension: number, seed: number): Matrix {
  const random = seededRandom(seed);
  return { data: Float32Array.from({ length: rows * dimension }, () => gaussian(random)), rows, dimension };
}

function bruteForce(matrix: Matrix, i: number, k: number, metric: Metric): number[] {
  return Array.from({ length: matrix.rows }, (_, j) => j)
    .filter((j) => j !== i)
    .map((j) => ({ j, s: similarity(metric, row(matrix, i), row(matrix, j)) }))
    .sort((a, b) => b.s - a.s || a.j - b.j)
    .slice(0, k)
    .map(({ j }) => j);
}

test("finds what comparing every pair one by one finds, across tile borders", async () => {
  for (const metric of METRICS) {
    for (const rows of [1, 2, 5, 63, 64, 65, 131]) {
      const matrix = randomMatrix(rows, 7, rows);
      const near = await nearestNeighbours(matrix, 6, metric);
      expect(near.k).toBe(Math.min(6, rows - 1));
      for (let i = 0; i < rows; i++) {
        expect(Array.from(near.indices.subarray(i * near.k, (i + 1) * near.k))).toEqual(
          bruteForce(matrix, i, near.k, metric),
        );
      }
    }
  }
});

test("ties stand in row order: equal vectors, zero vectors, small whole numbers", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 4, maxLength: 150 }),
      fc.constantFrom<Metric>("euclidean", "dot"),
      async (numbers, metric) => {
        const rows = Math.floor(numbers.length / 2);
        const matrix: Matrix = { data: Float32Array.from(numbers.slice(0, 2 * rows)), rows, dimension: 2 };
        const near = await nearestNeighbours(matrix, 3, metric);
        for (let i = 0; i < rows; i++) {
          expect(Array.from(near.indices.subarray(i * near.k, (i + 1) * near.k))).toEqual(
            bruteForce(matrix, i, near.k, metric),
          );
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("similarities agree with the metric's definition; copies are at distance 0 exactly", () => {
  const matrix = randomMatrix(9, 33, 4);
  matrix.data.copyWithin(0, 33, 66);
  for (const metric of METRICS) {
    const block = similarityBlocks(matrix, metric)(2, 7, 1, 9);
    for (let i = 2, at = 0; i < 7; i++) {
      for (let j = 1; j < 9; j++, at++) {
        // Where i = j the Euclidean difference of squares is exact; elsewhere it is good to 1e-7.
        expect(block[at]).toBeCloseTo(similarity(metric, row(matrix, i), row(matrix, j)), 7);
      }
    }
  }
  expect(similarityBlocks(matrix, "euclidean")(0, 1, 1, 2)[0]).toBe(0);
});

test("a zero vector has cosine 0 to all", async () => {
  const matrix: Matrix = { data: Float32Array.of(0, 0, 1, 0, -1, 0), rows: 3, dimension: 2 };
  const near = await nearestNeighbours(matrix, 2, "cosine");
  expect(Array.from(near.similarities)).toEqual([0, 0, 0, -1, 0, -1]);
});

test("can be stopped between tiles, and reports growing shares", async () => {
  const shares: number[] = [];
  const matrix = randomMatrix(300, 3, 1);
  await nearestNeighbours(matrix, 3, "cosine", (share) => void shares.push(share));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBeGreaterThan(0.9);
  const stop = new Error("stop");
  await expect(
    nearestNeighbours(matrix, 3, "cosine", () => {
      throw stop;
    }),
  ).rejects.toBe(stop);
});
