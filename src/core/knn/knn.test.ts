import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Matrix, row } from "../matrix";
import { type NearestNeighbours, nearestNeighbours } from "../nearest";
import { gaussian, seededRandom } from "../random";
import type { Metric } from "../space";
import { similarity } from "../vectors";
import { fastNearestNeighbours, openKernel } from "./fast-nearest";
import { similarityModule } from "./module";
import { approximateNeighbours } from "./nn-descent";

const METRICS: readonly Metric[] = ["cosine", "euclidean", "dot"];

function randomMatrix(rows: number, dimension: number, seed: number): Matrix {
  const random = seededRandom(seed);
  return { data: Float32Array.from({ length: rows * dimension }, () => gaussian(random)), rows, dimension };
}

/** Share of the true neighbours that were found. */
function recall(found: NearestNeighbours, truth: NearestNeighbours): number {
  let hits = 0;
  for (let i = 0; i < truth.rows; i++) {
    const own = new Set(truth.indices.subarray(i * truth.k, (i + 1) * truth.k));
    for (const j of found.indices.subarray(i * found.k, (i + 1) * found.k)) if (own.has(j)) hits++;
  }
  return hits / (truth.rows * truth.k);
}

test("this machine has WebAssembly's SIMD, so that the kernel is what is tested here", () => {
  expect(similarityModule("int16")).toBeDefined();
});

describe("fast exact neighbours", () => {
  test("are those of the plain search, across stripes, tiles and padding", async () => {
    for (const metric of METRICS) {
      for (const [rows, dimension] of [
        [1, 3],
        [2, 1],
        [5, 4],
        [31, 5],
        [32, 9],
        [33, 16],
        [67, 7],
        [131, 33],
        [259, 384],
      ]) {
        const matrix = randomMatrix(rows, dimension, rows);
        const fast = await fastNearestNeighbours(matrix, 6, metric);
        const plain = await nearestNeighbours(matrix, 6, metric);
        expect(fast.k).toBe(plain.k);
        // One dimension leaves only two cosines: all ties, which may be cut anywhere.
        if (dimension > 1 || metric !== "cosine") expect(fast.indices).toEqual(plain.indices);
        fast.similarities.forEach((value, at) => {
          expect(value).toBeCloseTo(plain.similarities[at], 6);
        });
      }
    }
  });

  test("are as near as brute force says, for any rows: copies, zero rows, small whole numbers, any size", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 6, maxLength: 240 }),
        fc.constantFrom<Metric>(...METRICS),
        fc.constantFrom(1, 1e-20, 1e15),
        async (numbers, metric, scale) => {
          const rows = Math.floor(numbers.length / 3);
          const data = Float32Array.from(numbers.slice(0, rows * 3), (value) => value * scale);
          const matrix: Matrix = { data, rows, dimension: 3 };
          const near = await fastNearestNeighbours(matrix, 4, metric);
          for (let i = 0; i < rows; i++) {
            const own = Array.from(near.indices.subarray(i * near.k, (i + 1) * near.k));
            expect(new Set(own).size).toBe(near.k);
            expect(own).not.toContain(i);
            const best = Array.from({ length: rows }, (_, j) => j)
              .filter((j) => j !== i)
              .map((j) => similarity(metric, row(matrix, i), row(matrix, j)))
              .sort((a, b) => b - a)
              .slice(0, near.k);
            const size = Math.max(...best.map(Math.abs), 1e-30);
            own.forEach((j, at) => {
              const found = similarity(metric, row(matrix, i), row(matrix, j));
              expect(Math.abs(found - best[at]) / size).toBeLessThan(1e-6);
            });
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test("of copies are the first in row order", async () => {
    const matrix = { data: new Float32Array(100 * 8).fill(0.3), rows: 100, dimension: 8 };
    const near = await fastNearestNeighbours(matrix, 3, "cosine");
    expect(Array.from(near.indices.subarray(0, 9))).toEqual([1, 2, 3, 0, 2, 3, 0, 1, 3]);
    expect(Array.from(near.indices.subarray(297))).toEqual([0, 1, 2]);
  });

  test("fall back to the plain search where one row is millions of times longer than the others", async () => {
    const matrix = randomMatrix(60, 5, 2);
    matrix.data.fill(1e12, 0, 5);
    for (const metric of ["euclidean", "dot"] as const) {
      expect(openKernel(matrix, metric, 4, "int16")).toBeUndefined();
      const fast = await fastNearestNeighbours(matrix, 4, metric);
      expect(fast.indices).toEqual((await nearestNeighbours(matrix, 4, metric)).indices);
    }
  });

  test("report growing shares and can be stopped", async () => {
    const shares: number[] = [];
    const matrix = randomMatrix(700, 8, 1);
    await fastNearestNeighbours(matrix, 5, "cosine", (share) => void shares.push(share));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
    const stop = new Error("stop");
    const stopped = fastNearestNeighbours(matrix, 5, "cosine", () => {
      throw stop;
    });
    await expect(stopped).rejects.toBe(stop);
  });
});

describe("approximate neighbours", () => {
  /** Rows on a curved sheet of eight dimensions in 48, with noise: as hard as an encoder's vectors. */
  function sheet(rows: number, seed: number): Matrix {
    const random = seededRandom(seed);
    const mixing = Float64Array.from({ length: 16 * 48 }, () => gaussian(random));
    const data = new Float32Array(rows * 48);
    for (let i = 0; i < rows; i++) {
      const flat = Array.from({ length: 8 }, () => gaussian(random));
      const bent = [...flat, ...flat.map((x) => Math.sin(2 * x))];
      for (let t = 0; t < 48; t++) {
        let sum = 0.2 * gaussian(random);
        for (let s = 0; s < 16; s++) sum += bent[s] * mixing[s * 48 + t];
        data[i * 48 + t] = sum;
      }
    }
    return { data, rows, dimension: 48 };
  }

  test.each(METRICS)("find at least 95 of 100 true ones: %s", async (metric) => {
    const matrix = sheet(3000, 7);
    const truth = await fastNearestNeighbours(matrix, 15, metric);
    const found = await approximateNeighbours(matrix, 15, metric, 42);
    expect(recall(found!, truth)).toBeGreaterThan(0.95);
  });

  test("are the same for the same seed, best first, none twice, never the row itself", async () => {
    const matrix = sheet(1000, 3);
    const first = await approximateNeighbours(matrix, 10, "cosine", 42);
    expect(await approximateNeighbours(matrix, 10, "cosine", 42)).toEqual(first);
    const { indices, similarities, k } = first!;
    for (let i = 0; i < 1000; i++) {
      const own = Array.from(indices.subarray(i * k, (i + 1) * k));
      expect(new Set(own).size).toBe(10);
      expect(own).not.toContain(i);
      const values = Array.from(similarities.subarray(i * k, (i + 1) * k));
      expect(values).toEqual(values.toSorted((a, b) => b - a));
    }
  });

  test("end, and are complete, where all rows are copies or zero", async () => {
    for (const value of [0, 0.5]) {
      const matrix = { data: new Float32Array(500 * 6).fill(value), rows: 500, dimension: 6 };
      const found = await approximateNeighbours(matrix, 5, "cosine", 42);
      for (let i = 0; i < 500; i++) expect(new Set(found!.indices.subarray(i * 5, i * 5 + 5)).size).toBe(5);
    }
  });
});
