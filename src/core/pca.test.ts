import { describe, expect, test } from "vitest";
import type { Matrix } from "./matrix";
import { principalComponents } from "./pca";
import { gaussian, seededRandom } from "./random";

function waves(rows: number, dimension: number): Matrix {
  const data = new Float32Array(rows * dimension);
  for (let i = 1; i <= rows; i++) {
    for (let t = 1; t <= dimension; t++) {
      data[(i - 1) * dimension + t - 1] = Math.sin(0.7 * i * t + 0.3 * i * i);
    }
  }
  return { data, rows, dimension };
}

/**
 * From scikit-learn 1.9.1: PCA(3, svd_solver="full") on x[i, t] = sin(0.7 i t + 0.3 i²), i and t from 1, as float32;
 * explained_variance_ratio_ and the absolute values of the first three rows of transform().
 */
const SCIKIT_LEARN = [
  {
    shape: [30, 4],
    explained: [0.4141864622812859, 0.23850038108139593, 0.1897339924719121],
    scores: [
      0.33671184, 1.563091273, 0.382103052, 0.990441829, 0.308612383, 0.065267425, 1.755634733, 0.025609871,
      0.048308629,
    ],
  },
  {
    shape: [6, 20],
    explained: [0.3895292052014557, 0.24580088454666185, 0.18506809507873662],
    scores: [
      0.009798349, 0.490480664, 2.244987651, 0.667040679, 0.039840632, 2.285091312, 1.020833379, 2.71182961,
      0.296639682,
    ],
  },
] as const;

describe("principal components", () => {
  test.each(SCIKIT_LEARN)(
    "of $shape vectors are those of scikit-learn",
    async ({ shape, explained, scores }) => {
      const found = await principalComponents(waves(shape[0], shape[1]), 3);
      explained.forEach((share, c) => {
        expect(found.explained[c]).toBeCloseTo(share, 7);
      });
      scores.forEach((score, at) => {
        expect(Math.abs(found.scores[at])).toBeCloseTo(score, 5);
      });
    },
  );

  test("the score farthest from 0 is positive", async () => {
    const { data, rows, dimension } = waves(40, 5);
    const { scores } = await principalComponents({ data, rows, dimension }, 3);
    const turned = await principalComponents({ data: data.map((x) => -x), rows, dimension }, 3);
    for (let c = 0; c < 3; c++) {
      for (const found of [scores, turned.scores]) {
        const column = Array.from({ length: rows }, (_, i) => found[i * 3 + c]);
        expect(Math.max(...column)).toBeGreaterThan(-Math.min(...column));
      }
    }
  });

  test("the three ways to multiply agree: columns, rows, and forming nothing", async () => {
    // 1,100 rows and columns are more than are formed; padding with zero columns changes no component.
    const narrow = waves(1100, 12);
    const wide = new Float32Array(1100 * 1100);
    for (let i = 0; i < 1100; i++) wide.set(narrow.data.subarray(i * 12, (i + 1) * 12), i * 1100);
    const formed = await principalComponents(narrow, 3);
    const unformed = await principalComponents({ data: wide, rows: 1100, dimension: 1100 }, 3);
    for (let c = 0; c < 3; c++) expect(unformed.explained[c]).toBeCloseTo(formed.explained[c], 9);
    for (let at = 0; at < 300; at++) expect(unformed.scores[at]).toBeCloseTo(formed.scores[at], 5);
  });

  test.each([
    ["no rows", { data: new Float32Array(0), rows: 0, dimension: 4 }],
    ["one row", { data: Float32Array.of(1, 2, 3), rows: 1, dimension: 3 }],
    ["equal rows", { data: Float32Array.of(1, 2, 1, 2, 1, 2), rows: 3, dimension: 2 }],
    ["zero rows", { data: new Float32Array(12), rows: 4, dimension: 3 }],
  ])("%s have no variance: everything is 0", async (_, matrix) => {
    const { scores, explained } = await principalComponents(matrix, 2);
    expect(Array.from(scores)).toEqual(new Array(matrix.rows * 2).fill(0));
    expect(explained).toEqual([0, 0]);
  });

  test("components beyond the rank are exactly 0", async () => {
    const line = {
      data: Float32Array.from({ length: 60 }, (_, i) => (i % 3) * Math.floor(i / 3)),
      rows: 20,
      dimension: 3,
    };
    const { scores, explained } = await principalComponents(line, 3);
    expect(explained[0]).toBeCloseTo(1, 12);
    expect(explained.slice(1)).toEqual([0, 0]);
    for (let i = 0; i < 20; i++) expect([scores[i * 3 + 1], scores[i * 3 + 2]]).toEqual([0, 0]);
    const single = await principalComponents({ data: Float32Array.of(5, 1, 3), rows: 3, dimension: 1 }, 2);
    expect(Array.from(single.scores, Math.abs)).toEqual([2, 0, 2, 0, 0, 0]);
  });

  test("10,000 × 384 take less than 3 s of processor time (about 0.7 s where nothing else runs)", async () => {
    const random = seededRandom(1);
    const scale = Array.from({ length: 384 }, (_, t) => 1 / Math.sqrt(t + 1));
    const data = Float32Array.from({ length: 3_840_000 }, (_, at) => scale[at % 384] * gaussian(random));
    const before = process.cpuUsage();
    const { explained } = await principalComponents({ data, rows: 10000, dimension: 384 }, 3);
    // Processor time, because other tests run beside this one; in microseconds.
    expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
    // Variances fall as 1/t, so the first takes about 1 / H(384) = 0.153 of them.
    expect(explained[0]).toBeCloseTo(0.153, 2);
  }, 20000);
});
