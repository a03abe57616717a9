import { describe, expect, test } from "vitest";
import type { Matrix } from "./matrix";
import { EXACT_UP_TO, projectionQuality, SAMPLE_SIZE } from "./quality";
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

  test("a sample estimates the whole, with ranks among all rows", async () => {
    // A tenth more points of the same kind hardly change the measure, but there are too many then to look at all.
    const random = seededRandom(8);
    const half = EXACT_UP_TO;
    const data = Float32Array.from({ length: half * 5 }, () => gaussian(random));
    const flat = Float32Array.from({ length: half * 2 }, (_, at) => data[(at >> 1) * 5 + (at & 1)]);
    const exact = await projectionQuality({ data, rows: half, dimension: 5 }, flat, 2, "euclidean", 15);
    expect(exact.sampled).toBe(half);
    const randomOfTheRest = seededRandom(18);
    const more = Float32Array.from(
      { length: (half + 100) * 5 },
      (_, at) => data[at] ?? gaussian(randomOfTheRest),
    );
    const moreFlat = Float32Array.from(
      { length: (half + 100) * 2 },
      (_, at) => more[(at >> 1) * 5 + (at & 1)],
    );
    const sampled = await projectionQuality(
      { data: more, rows: half + 100, dimension: 5 },
      moreFlat,
      2,
      "euclidean",
      15,
    );
    expect(sampled.sampled).toBe(SAMPLE_SIZE);
    expect(Math.abs(sampled.trustworthiness - exact.trustworthiness)).toBeLessThan(0.01);
    expect(Math.abs(sampled.continuity - exact.continuity)).toBeLessThan(0.01);
  });
});
