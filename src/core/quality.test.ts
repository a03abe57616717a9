import { describe, expect, test } from "vitest";
import type { Matrix } from "./matrix";
import { nearestNeighbours } from "./nearest";
import { projectionQuality, qualityNeighbours } from "./quality";
import { estimateQuality } from "./quality-estimate";
import { gaussian, seededRandom } from "./random";

const ROWS = 30;

/** x[i, t] = sin(0.7 i t + 0.3 i²), i and t from 1, as float32. */
function waves(): Matrix {
  const data = new Float32Array(ROWS * 4);
  for (let i = 1; i <= ROWS; i++) {
    for (let t = 1; t <= 4; t++) data[(i - 1) * 4 + t - 1] = Math.sin(0.7 * i * t + 0.3 * i * i);
  }
  return { data, rows: ROWS, dimension: 4 };
}

/** y[i, t] = x[i, t] + 0.5 cos(1.3 i + t), here with i and t from 0. */
function map({ data }: Matrix): Float32Array {
  return Float32Array.from({ length: ROWS * 2 }, (_, at) => {
    const i = at >> 1;
    const t = at & 1;
    return data[i * 4 + t] + 0.5 * Math.cos(1.3 * i + t);
  });
}

/**
 * From scikit-learn 1.9.1's sklearn.manifold.trustworthiness on these float32 numbers: trustworthiness(x, y), and
 * continuity as trustworthiness(y, x); for cosine with metric="cosine", and with the rows of x normalised.
 */
const SCIKIT_LEARN = [
  { metric: "euclidean", k: 1, trustworthiness: 0.7988095238095239, continuity: 0.8238095238095238 },
  { metric: "euclidean", k: 5, trustworthiness: 0.8463636363636364, continuity: 0.8560606060606061 },
  { metric: "euclidean", k: 14, trustworthiness: 0.8218487394957983, continuity: 0.8198879551820728 },
  { metric: "cosine", k: 1, trustworthiness: 0.7785714285714286, continuity: 0.7714285714285714 },
  { metric: "cosine", k: 5, trustworthiness: 0.8293939393939394, continuity: 0.8263636363636364 },
  { metric: "cosine", k: 14, trustworthiness: 0.7784313725490196, continuity: 0.7848739495798319 },
] as const;

describe("trustworthiness and continuity", () => {
  test.each(SCIKIT_LEARN)("are scikit-learn's: $metric, k = $k", async ({ metric, k, ...expected }) => {
    const matrix = waves();
    const found = await projectionQuality(matrix, map(matrix), 2, metric, k);
    expect(found.neighbours).toBe(k);
    expect(found.trustworthiness).toBeCloseTo(expected.trustworthiness, 12);
    expect(found.continuity).toBeCloseTo(expected.continuity, 12);
  });

  test("k is clipped to less than half the rows, where the measure is defined", async () => {
    const matrix = waves();
    const found = await projectionQuality(matrix, map(matrix), 2, "euclidean", 500);
    expect(found).toMatchObject({ neighbours: 14, trustworthiness: expect.closeTo(0.8218487394957983, 12) });
  });

  test("a map that is the space is perfect", async () => {
    const random = seededRandom(3);
    for (const rows of [4, 5, 200]) {
      const data = Float32Array.from({ length: rows * 3 }, () => gaussian(random));
      const found = await projectionQuality({ data, rows, dimension: 3 }, data, 3, "euclidean", 15);
      expect(found).toMatchObject({ trustworthiness: 1, continuity: 1 });
    }
  });

  test("is undefined below four rows", async () => {
    for (const rows of [0, 1, 2, 3]) {
      const matrix = { data: new Float32Array(rows * 2), rows, dimension: 2 };
      const found = await projectionQuality(matrix, new Float32Array(rows * 2), 2, "cosine", 15);
      expect(found.trustworthiness).toBeNaN();
      expect(found.continuity).toBeNaN();
    }
  });

  test("are undefined where nothing is known, and every row has a trust elsewhere, whose mean is the whole's", async () => {
    const matrix = waves();
    const found = await projectionQuality(matrix, map(matrix), 2, "euclidean", 5);
    const mean = found.trust.reduce((sum, value) => sum + value, 0) / ROWS;
    expect(mean).toBeCloseTo(found.trustworthiness, 6);
    for (const value of found.trust) expect(value >= 0 && value <= 1).toBe(true);
    expect(found.preservation).toBeGreaterThan(5 / (ROWS - 1));
    expect(found.preservation).toBeLessThan(1);
  });

  test.each([
    [4, 1],
    [9, 3],
    [45, 7],
    [150, 12],
    [10_000, 15],
  ])("of %d rows are measured with %d neighbours", (rows, neighbours) => {
    expect(qualityNeighbours(rows)).toBe(neighbours);
  });
});

describe("the estimate for many rows", () => {
  test.each(["cosine", "euclidean", "dot"] as const)(
    "agrees with counting every rank: %s",
    async (metric) => {
      const random = seededRandom(8);
      const rows = 1500;
      const data = Float32Array.from({ length: rows * 5 }, () => gaussian(random));
      const matrix = { data, rows, dimension: 5 };
      const flat = Float32Array.from({ length: rows * 2 }, (_, at) => data[(at >> 1) * 5 + (at & 1)]);
      const exact = await projectionQuality(matrix, flat, 2, metric, 15);
      const near = await nearestNeighbours(matrix, 15, metric);
      const found = await estimateQuality(matrix, flat, 2, metric, near, 15);
      expect(found.preservation).toBeCloseTo(exact.preservation, 3);
      expect(found.error).toBeGreaterThan(0);
      expect(found.error).toBeLessThan(0.02);
      // Twice the stated half width: the interval holds the truth 19 times of 20, and here on every machine alike.
      expect(Math.abs(found.trustworthiness - exact.trustworthiness)).toBeLessThan(2 * found.error);
      expect(Math.abs(found.continuity - exact.continuity)).toBeLessThan(2 * found.error);
      let within = 0;
      found.trust.forEach((value, i) => {
        if (Math.abs(value - exact.trust[i]) <= found.trustError) within++;
      });
      expect(within / rows).toBeGreaterThan(0.95);
    },
  );
});
