import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Matrix, matrixFromRows, row } from "../core/matrix";
import { gaussian, seededRandom } from "../core/random";
import type { Metric } from "../core/space";
import { similarity } from "../core/vectors";
import { compareRows, holdMatrix, rankRows } from "./ranking";

const METRICS: readonly Metric[] = ["cosine", "euclidean", "dot"];

function randomMatrix(rows: number, dimension: number, seed: number): Matrix {
  const random = seededRandom(seed);
  return { data: Float32Array.from({ length: rows * dimension }, () => gaussian(random)), rows, dimension };
}

describe("ranking", () => {
  test("is what sorting all similarities gives, for any k, subset, exclusion and dimension", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 19 }),
        fc.nat(80),
        fc.constantFrom(...METRICS),
        fc.option(fc.array(fc.nat(59), { maxLength: 30 }), { nil: undefined }),
        fc.array(fc.nat(70), { maxLength: 5 }),
        (rows, dimension, k, metric, subset, exclude) => {
          const matrix = randomMatrix(rows, dimension, rows * 31 + dimension);
          const among = subset?.map((index) => index % rows);
          const query = row(randomMatrix(1, dimension, 7), 0);
          const expected = Array.from({ length: rows }, (_, index) => index)
            .filter((index) => !exclude.includes(index) && (among?.includes(index) ?? true))
            .map((index) => ({ index, similarity: similarity(metric, query, row(matrix, index)) }))
            .sort((a, b) => b.similarity - a.similarity || a.index - b.index)
            .slice(0, k);
          const found = rankRows(holdMatrix(matrix), query, { k, metric, exclude, among });
          expect(found.map(({ index }) => index)).toEqual(expected.map(({ index }) => index));
          found.forEach(({ similarity: value }, i) => {
            expect(value).toBeCloseTo(expected[i].similarity, 10);
          });
        },
      ),
    );
  });

  test("ties stand in row order", () => {
    const held = holdMatrix({ data: Float32Array.of(2, 0, 1, 0, 0, 1, 5, 0), rows: 4, dimension: 2 });
    const ranking = rankRows(held, Float32Array.of(1, 0), { k: 4, metric: "cosine" });
    expect(ranking.map(({ index }) => index)).toEqual([0, 1, 3, 2]);
  });

  test("a zero vector has cosine 0, as a row and as the query", () => {
    const held = holdMatrix({ data: Float32Array.of(0, 0, -1, 0), rows: 2, dimension: 2 });
    expect(rankRows(held, Float32Array.of(1, 0), { k: 2, metric: "cosine" })).toEqual([
      { index: 0, similarity: 0 },
      { index: 1, similarity: -1 },
    ]);
    expect(rankRows(held, new Float32Array(2), { k: 1, metric: "cosine" })).toEqual([
      { index: 0, similarity: 0 },
    ]);
  });

  test("leaves rows out that hold no finite number, and refuses such a query by name", () => {
    const held = holdMatrix({ data: Float32Array.of(Number.NaN, 1, 1, 1), rows: 2, dimension: 2 });
    for (const metric of METRICS) {
      const found = rankRows(held, Float32Array.of(1, 1), { k: 5, metric });
      expect(found.map(({ index }) => index)).toEqual([1]);
      expect(() => rankRows(held, Float32Array.of(1, Number.POSITIVE_INFINITY), { k: 1, metric })).toThrow(
        expect.objectContaining({ name: "InvalidVectors" }),
      );
    }
    expect(() => rankRows(held, new Float32Array(3), { k: 1, metric: "dot" })).toThrow(
      /3 numbers, the space has 2/,
    );
    expect(() => rankRows(held, new Float32Array(2), { k: 1, metric: "dot", among: [2] })).toThrow(
      expect.objectContaining({ name: "UnknownItem" }),
    );
  });

  test("no vectors, or none asked for, give an empty ranking", () => {
    const empty = holdMatrix({ data: new Float32Array(0), rows: 0, dimension: 3 });
    expect(rankRows(empty, new Float32Array(3), { k: 5, metric: "cosine" })).toEqual([]);
    expect(rankRows(holdMatrix(randomMatrix(3, 2, 1)), new Float32Array(2), { k: 0, metric: "dot" })).toEqual(
      [],
    );
  });

  test("numbers at the ends of float32's range give finite cosines", () => {
    for (const size of [3e38, 1e-38]) {
      const held = holdMatrix({ data: Float32Array.of(size, size, -size, size), rows: 2, dimension: 2 });
      const found = rankRows(held, Float32Array.of(size, size), { k: 2, metric: "cosine" });
      expect(found[0].similarity).toBeCloseTo(1, 6);
      expect(found[1].similarity).toBeCloseTo(0, 6);
    }
  });

  test("one query over 10,000 × 384 takes less than 15 ms of processor time", () => {
    const held = holdMatrix(randomMatrix(10000, 384, 2));
    const query = row(held.matrix, 17);
    rankRows(held, query, { k: 10, metric: "cosine" });
    const before = process.cpuUsage();
    for (let i = 0; i < 20; i++) rankRows(held, query, { k: 10, metric: "cosine" });
    // Processor time, because other tests run beside this one; in microseconds.
    expect(process.cpuUsage(before).user / 20).toBeLessThan(15_000);
  });
});

describe("the similarity matrix", () => {
  test("is symmetric, has the metric's own diagonal, and agrees with each pair", () => {
    const held = holdMatrix(randomMatrix(12, 9, 3));
    const rows = [4, 0, 11, 4, 7];
    for (const metric of METRICS) {
      const all = compareRows(held, rows, metric);
      rows.forEach((a, i) => {
        rows.forEach((b, j) => {
          expect(all[i * 5 + j]).toBe(all[j * 5 + i]);
          expect(all[i * 5 + j]).toBeCloseTo(similarity(metric, row(held.matrix, a), row(held.matrix, b)), 5);
        });
      });
    }
  });

  test("is empty for no rows; refuses rows that are not there or not finite", () => {
    const held = holdMatrix(matrixFromRows([Float32Array.of(1, 2), Float32Array.of(Number.NaN, 0)]));
    expect(compareRows(held, [], "cosine")).toEqual(new Float32Array(0));
    expect(() => compareRows(held, [0, 1], "cosine")).toThrow(
      expect.objectContaining({ name: "InvalidVectors" }),
    );
    for (const index of [2, -1, 0.5]) {
      expect(() => compareRows(held, [index], "dot")).toThrow(
        expect.objectContaining({ name: "UnknownItem" }),
      );
    }
  });
});
