import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../matrix";
import { nearestNeighbours } from "../nearest";
import { gaussian, seededRandom } from "../random";
import type { Metric } from "../space";
import { comparableRows } from "./comparable";
import { fastNearestNeighbours, openKernel, settleCandidates } from "./fast-nearest";
import type { Candidates } from "./kernel";
import { mergeCandidates } from "./merge";

/** Rows around a few centres; `spread` is how far, relative to how far these are apart. */
function crowds(rows: number, dimension: number, spread: number, seed: number): Matrix {
  const random = seededRandom(seed);
  const centres = Float64Array.from({ length: 3 * dimension }, () => gaussian(random));
  const data = new Float32Array(rows * dimension);
  for (let i = 0, at = 0; i < rows; i++)
    for (let t = 0; t < dimension; t++, at++)
      data[at] = centres[(i % 3) * dimension + t] + spread * gaussian(random);
  return { data, rows, dimension };
}

const metrics = fc.constantFrom<Metric>("cosine", "euclidean", "dot");

describe("comparison by whole numbers of 16 bits", () => {
  test("says how far its keys may be off", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 1, max: 70 }),
        fc.constantFrom(1e-4, 0.1, 3),
        metrics,
        fc.integer({ min: 1, max: 1e6 }),
        (rows, dimension, spread, metric, seed) => {
          const matrix = crowds(rows, dimension, spread, seed);
          const kernel = openKernel(matrix, metric, rows - 1, "int16")!;
          for (let stripe = 0; stripe < kernel.stripes; stripe++) kernel.compareStripe(stripe);
          const { kept, keys, ids } = kernel.candidates();
          const { write, hasPenalties } = comparableRows(matrix, metric);
          const row = (i: number) => {
            const numbers = new Float64Array(dimension);
            write(i, numbers, 0);
            return numbers;
          };
          const product = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, t) => sum + x * b[t], 0);
          expect(kernel.keyError).toBeLessThan(0.001);
          for (let at = 0; at < keys.length; at++) {
            const [a, b] = [row(Math.floor(at / kept)), row(ids[at])];
            const key = product(a, b) - (hasPenalties ? product(b, b) / 2 : 0);
            expect(Math.abs(keys[at] - key)).toBeLessThanOrEqual(kernel.keyError);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("finds the same neighbours as double precision, however closely rows are crowded", async () => {
    for (const metric of ["cosine", "euclidean", "dot"] as const) {
      // Of the first 16 bits decide all or nearly all, of the last next to none.
      for (const spread of [0.3, 0.05, 0.01]) {
        const matrix = crowds(500, 24, spread, 4);
        const fast = await fastNearestNeighbours(matrix, 10, metric);
        expect(fast.indices).toEqual((await nearestNeighbours(matrix, 10, metric)).indices);
      }
    }
  });

  test("searches the rows again that it leaves open, and only those", async () => {
    const matrix = crowds(400, 16, 0.5, 9);
    const truth = await nearestNeighbours(matrix, 6, "cosine");
    const kernel = openKernel(matrix, "cosine", 6, "int16")!;
    for (let stripe = 0; stripe < kernel.stripes; stripe++) kernel.compareStripe(stripe);
    const { kept, keys, ids } = kernel.candidates();
    // Row 7 lost its nearest ones, and the keys of the others are as good as equal.
    for (let at = 7 * kept; at < 8 * kept; at++) keys[at] = 0.5;
    const lost = new Set(truth.indices.subarray(7 * 6, 8 * 6));
    const others = Array.from({ length: 400 }, (_, row) => row).filter((row) => row !== 7 && !lost.has(row));
    ids.set(others.slice(0, kept), 7 * kept);
    const found = await settleCandidates(matrix, "cosine", 6, [kernel.candidates()], kernel.keyError);
    expect(found.indices).toEqual(truth.indices);
  });

  test("two kernels find together what one finds", () => {
    const matrix = crowds(300, 8, 0.3, 2);
    const open = () => openKernel(matrix, "cosine", 5, "int16")!;
    const [one, even, odd] = [open(), open(), open()];
    for (let stripe = 0; stripe < one.stripes; stripe++) {
      one.compareStripe(stripe);
      (stripe % 2 ? odd : even).compareStripe(stripe);
    }
    const plain = ({ keys, ids }: Candidates) => [Array.from(keys), Array.from(ids)];
    expect(plain(mergeCandidates([odd.candidates(), even.candidates()]))).toEqual(plain(one.candidates()));
  });
});
