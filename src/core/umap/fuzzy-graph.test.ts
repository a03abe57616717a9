import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Matrix, row } from "../matrix";
import { nearestNeighbours } from "../nearest";
import type { Metric } from "../space";
import { cosine, euclidean } from "../vectors";
import { type FuzzyGraph, fuzzyGraph } from "./fuzzy-graph";

/** umap-learn's floor for a row's scale, as a share of a mean distance; the paper has none, but copies would make it vanish. */
const leastScale = 1e-3;

const distance = {
  cosine: (a: Float32Array, b: Float32Array) => Math.max(0, 1 - cosine(a, b)),
  euclidean,
};

/**
 * The graph straight from the paper (McInnes, Healy & Melville, 2018, algorithms 2 and 3), as a full matrix in double
 * precision: ρ is the distance of the nearest neighbour that is no copy, σ solves Σ exp(−max(0, d − ρ) / σ) = log₂(k + 1),
 * where a point counts as its own first neighbour, and B = A + Aᵀ − A ∘ Aᵀ. `lists` holds each row's neighbours.
 */
function fromPaper(matrix: Matrix, lists: readonly (readonly number[])[], metric: "cosine" | "euclidean") {
  const { rows } = matrix;
  const distances = lists.map((list, i) =>
    list.map((j) => distance[metric](row(matrix, i), row(matrix, j))).sort((a, b) => a - b),
  );
  const k = lists[0].length;
  const meanOfAll = distances.flat().reduce((sum, d) => sum + d, 0) / (rows * (k + 1));
  const A = Array.from({ length: rows }, () => new Float64Array(rows));
  lists.forEach((list, i) => {
    const own = distances[i];
    const rho = own.find((d) => d > 0) ?? 0;
    const sum = (sigma: number) =>
      own.reduce((all, d) => all + (d > rho ? Math.exp(-(d - rho) / sigma) : 1), 0);
    let [low, high] = [0, 1e6];
    for (let round = 0; round < 200; round++) {
      const middle = (low + high) / 2;
      if (sum(middle) > Math.log2(k + 1)) high = middle;
      else low = middle;
    }
    const mean = rho > 0 ? own.reduce((all, d) => all + d, 0) / (k + 1) : meanOfAll;
    const sigma = Math.max(high, leastScale * mean);
    for (const j of list) {
      const excess = distance[metric](row(matrix, i), row(matrix, j)) - rho;
      A[i][j] = excess <= 0 || sigma === 0 ? 1 : Math.exp(-excess / sigma);
    }
  });
  return A.map((own, i) => own.map((a, j) => a + A[j][i] - a * A[j][i]));
}

/** The graph as a full symmetric matrix; fails when a pair comes twice, joins a row to itself, or is out of order. */
function full({ rows, heads, tails, weights }: FuzzyGraph) {
  const B = Array.from({ length: rows }, () => new Float64Array(rows));
  heads.forEach((head, edge) => {
    expect(head).toBeLessThan(tails[edge]);
    expect(B[head][tails[edge]]).toBe(0);
    B[head][tails[edge]] = weights[edge];
    B[tails[edge]][head] = weights[edge];
  });
  return B;
}

/** Rows of small whole numbers: many are copies of others, many are zero. */
const matrices = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 9, maxLength: 120 }),
  )
  .map(([dimension, numbers]): Matrix => {
    const rows = Math.floor(numbers.length / dimension);
    return { data: Float32Array.from(numbers.slice(0, rows * dimension)), rows, dimension };
  });

describe("the fuzzy graph of any rows, copies and zero rows among them", () => {
  test("is the paper's, by cosine and by Euclidean distance", async () => {
    await fc.assert(
      fc.asyncProperty(
        matrices,
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom("cosine" as const, "euclidean" as const),
        async (matrix, wanted, metric) => {
          const near = await nearestNeighbours(matrix, wanted, metric);
          const lists = Array.from({ length: near.rows }, (_, i) =>
            Array.from(near.indices.subarray(i * near.k, (i + 1) * near.k)),
          );
          const expected = fromPaper(matrix, lists, metric);
          const B = full(fuzzyGraph(near, metric));
          for (let i = 0; i < matrix.rows; i++)
            for (let j = 0; j < matrix.rows; j++)
              expect(Math.abs(B[i][j] - expected[i][j])).toBeLessThan(1e-3);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("has memberships in (0, 1], and an edge wherever one end names the other, by every metric", async () => {
    await fc.assert(
      fc.asyncProperty(
        matrices,
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom<Metric>("cosine", "euclidean", "dot"),
        async (matrix, wanted, metric) => {
          const near = await nearestNeighbours(matrix, wanted, metric);
          const { heads, tails, weights } = fuzzyGraph(near, metric);
          const pairs = new Set(Array.from(heads, (head, edge) => `${head} ${tails[edge]}`));
          expect(pairs.size).toBe(heads.length);
          expect(weights.every((weight) => weight > 0 && weight <= 1)).toBe(true);
          for (let i = 0; i < near.rows; i++) {
            // The nearest belongs fully, whatever the scale.
            const first = near.indices[i * near.k];
            expect(pairs.has(`${Math.min(i, first)} ${Math.max(i, first)}`)).toBe(true);
          }
          for (const pair of pairs) {
            const [a, b] = pair.split(" ").map(Number);
            const names = (from: number, to: number) =>
              near.indices.subarray(from * near.k, (from + 1) * near.k).includes(to);
            expect(names(a, b) || names(b, a)).toBe(true);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
