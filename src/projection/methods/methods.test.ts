import { describe, expect, test } from "vitest";
import type { Matrix } from "../../core/matrix";
import { gaussian, seededRandom } from "../../core/random";
import { clusters } from "../clusters.fixture";
import { JobRunner } from "../job.fixture";
import type { ProjectionOptions, ProjectOptions } from "../types";

function project(matrix: Matrix, options: Partial<ProjectionOptions>, job: ProjectOptions = {}) {
  const runner = new JobRunner();
  runner.hold(matrix);
  const { start, classes, pairs } = job;
  return runner.run(options, { start, classes, pairs });
}

/** Correlation of one axis of a map with given numbers. */
function correlation(
  positions: Float32Array,
  axis: number,
  dimensions: number,
  wanted: readonly number[],
): number {
  let [xx, xy, yy] = [0, 0, 0];
  const mean = wanted.reduce((sum, value) => sum + value, 0) / wanted.length;
  wanted.forEach((value, i) => {
    const x = positions[i * dimensions + axis];
    xx += x * x;
    xy += x * (value - mean);
    yy += (value - mean) ** 2;
  });
  return xy / Math.sqrt(xx * yy);
}

describe("PCA", () => {
  test("shows any components as axes, with their own shares of the variance", async () => {
    const matrix = clusters(60, 8, 5);
    const first = await project(matrix, { method: "pca", dimensions: 3 });
    const chosen = await project(matrix, { method: "pca", components: [2, 0] });
    expect(chosen.explained).toEqual([first.explained![2], first.explained![0]]);
    const third = Array.from({ length: 60 }, (_, i) => first.positions[3 * i + 2]);
    expect(correlation(chosen.positions, 0, 2, third)).toBeCloseTo(1, 5);
  });

  test("components beyond the rank are 0, not an error", async () => {
    const result = await project(clusters(20, 3, 2), { method: "pca", components: [0, 7] });
    expect(result.explained![1]).toBe(0);
    expect(result.positions.every(Number.isFinite)).toBe(true);
  });

  test.each([[[0]], [[0, 1, 2]], [[0, -1]], [[0, 0.5]]])(
    "refuses the components %j in the plane",
    async (components) => {
      await expect(project(clusters(20, 3, 2), { method: "pca", components })).rejects.toMatchObject({
        name: "ProjectionFailed",
      });
    },
  );
});

describe("t-SNE", () => {
  test("keeps neighbours together, in the plane and in space, the same every time", async () => {
    const matrix = clusters(150, 24, 5);
    for (const dimensions of [2, 3] as const) {
      const result = await project(matrix, { method: "tsne", dimensions, epochs: 400 });
      expect(result.method).toBe("tsne");
      expect(result.trustworthiness).toBeGreaterThan(0.93);
      expect(result.continuity).toBeGreaterThan(0.9);
    }
    const again = () => project(matrix, { method: "tsne", epochs: 100 });
    expect((await again()).positions).toEqual((await again()).positions);
  });

  test("stands copies at finite places, and takes very few items with any perplexity", async () => {
    const copies = clusters(40, 6, 4);
    copies.data.copyWithin(0, 6, 12);
    copies.data.fill(0, 60, 90);
    for (const perplexity of [2, 30, 500]) {
      const result = await project(copies, { method: "tsne", epochs: 150, perplexity });
      expect(result.positions.every(Number.isFinite)).toBe(true);
    }
    expect((await project(clusters(15, 4, 2), { method: "tsne", epochs: 100 })).method).toBe("tsne");
  });
});

describe("LDA", () => {
  /** Two classes that differ a little in one direction, amid much noise in the others. */
  function hidden(rows: number) {
    const random = seededRandom(6);
    const data = Float32Array.from({ length: rows * 6 }, (_, at) => {
      const [row, axis] = [Math.floor(at / 6), at % 6];
      return axis === 4 ? 0.3 * gaussian(random) + (row % 2) : 2 * gaussian(random);
    });
    const classes = Array.from({ length: rows }, (_, row) => (row % 2 ? "odd" : "even"));
    return { matrix: { data, rows, dimension: 6 }, classes };
  }

  test("finds the direction that parts classes, where PCA sees noise", async () => {
    const { matrix, classes } = hidden(200);
    const wanted = classes.map((name) => (name === "odd" ? 1 : 0));
    const flat = await project(matrix, { method: "pca" });
    expect(Math.abs(correlation(flat.positions, 0, 2, wanted))).toBeLessThan(0.3);
    const result = await project(matrix, { method: "lda" }, { classes });
    expect(result.method).toBe("lda");
    expect(Math.abs(correlation(result.positions, 0, 2, wanted))).toBeGreaterThan(0.8);
    // Two classes differ along one line only.
    expect(result.explained![0]).toBeCloseTo(1, 5);
    expect(result.explained![1]).toBeCloseTo(0, 5);
  });

  test("shows items without a class, one class with PCA and a note, and copies", async () => {
    const { matrix, classes } = hidden(40);
    const some = classes.map((name, row) => (row < 20 ? name : undefined));
    const result = await project(matrix, { method: "lda" }, { classes: some });
    expect(result.method).toBe("lda");
    expect(result.positions.every(Number.isFinite)).toBe(true);
    const one = await project(matrix, { method: "lda" }, { classes: classes.map(() => "all") });
    expect(one).toMatchObject({ method: "pca", note: "LDA needs at least 2 classes; PCA is shown." });
    // Copies inside each class: there is no spread to divide by.
    const data = Float32Array.from({ length: 40 * 2 }, (_, at) => (at >> 1) % 2);
    const rigid = await project({ data, rows: 40, dimension: 2 }, { method: "lda" }, { classes });
    expect(rigid.method).toBe("lda");
    expect(rigid.positions.every(Number.isFinite)).toBe(true);
  });
});

describe("axes", () => {
  const random = seededRandom(9);
  const matrix: Matrix = {
    data: Float32Array.from({ length: 300 }, () => gaussian(random)),
    rows: 50,
    dimension: 6,
  };
  const unit = (axis: number) => Float32Array.from({ length: 6 }, (_, t) => (t === axis ? 1 : 0));
  const column = (axis: number) => Array.from({ length: 50 }, (_, i) => matrix.data[i * 6 + axis]);
  const origin = new Float32Array(6);

  test("run from one item of a pair to the other", async () => {
    const pairs = [
      { from: unit(3), to: origin },
      { from: origin, to: unit(1) },
    ];
    const result = await project(matrix, { method: "axes" }, { pairs });
    expect(result.method).toBe("axes");
    expect(correlation(result.positions, 0, 2, column(3))).toBeCloseTo(-1, 5);
    expect(correlation(result.positions, 1, 2, column(1))).toBeCloseTo(1, 5);
  });

  test("are never turned to where the items stood", async () => {
    const pairs = [
      { from: origin, to: unit(0) },
      { from: origin, to: unit(1) },
    ];
    const { positions } = await project(matrix, { method: "axes" }, { pairs });
    const start = positions.map((value) => -value);
    expect((await project(matrix, { method: "axes" }, { pairs, start })).positions).toEqual(positions);
  });

  test("lose what they share with those before them, when asked", async () => {
    const diagonal = Float32Array.of(1, 1, 0, 0, 0, 0);
    const pairs = [
      { from: origin, to: unit(0) },
      { from: origin, to: diagonal },
    ];
    const plain = await project(matrix, { method: "axes" }, { pairs });
    expect(Math.abs(correlation(plain.positions, 1, 2, column(1)))).toBeLessThan(0.99);
    const result = await project(matrix, { method: "axes", orthogonal: true }, { pairs });
    expect(correlation(result.positions, 1, 2, column(1))).toBeCloseTo(1, 5);
  });

  test("are completed by what varies most beside them; equal ends give none; without pairs PCA is shown", async () => {
    const stretched = { ...matrix, data: matrix.data.map((value, at) => (at % 6 === 5 ? 9 * value : value)) };
    const one = await project(stretched, { method: "axes" }, { pairs: [{ from: origin, to: unit(2) }] });
    const last = column(5);
    expect(Math.abs(correlation(one.positions, 1, 2, last))).toBeGreaterThan(0.95);
    const none = await project(matrix, { method: "axes" }, { pairs: [{ from: unit(1), to: unit(1) }] });
    expect(none.positions.every(Number.isFinite)).toBe(true);
    expect((await project(matrix, { method: "axes" })).note).toMatch(/at least one pair/);
    const wrong = [{ from: new Float32Array(5), to: unit(1) }];
    await expect(project(matrix, { method: "axes" }, { pairs: wrong })).rejects.toMatchObject({
      name: "InvalidVectors",
    });
  });
});

describe("spherizing", () => {
  test("lets a direction of little variance count as much as one of much", async () => {
    const random = seededRandom(12);
    // Two groups along an axis that is small beside the noise of the others.
    const data = Float32Array.from({ length: 200 * 5 }, (_, at) =>
      at % 5 === 2 ? 0.05 * (2 * (Math.floor(at / 5) % 2) - 1) + 0.005 * gaussian(random) : gaussian(random),
    );
    const matrix = { data, rows: 200, dimension: 5 };
    const part = Array.from({ length: 200 }, (_, i) => i % 2);
    const strength = async (spherize: boolean) => {
      const { positions, method } = await project(matrix, { method: "pca", dimensions: 3, spherize });
      expect(method).toBe("pca");
      return Math.max(...[0, 1, 2].map((axis) => Math.abs(correlation(positions, axis, 3, part))));
    };
    expect(await strength(false)).toBeLessThan(0.3);
    expect((await project(matrix, { spherize: true, epochs: 50 })).method).toBe("umap");
  });

  test("stands equal vectors, one vector and none somewhere, and refuses very long ones by name", async () => {
    for (const rows of [0, 1, 30]) {
      const matrix = { data: new Float32Array(rows * 4).fill(0.5), rows, dimension: 4 };
      const result = await project(matrix, { method: "pca", spherize: true });
      expect(result.positions.every(Number.isFinite)).toBe(true);
    }
    await expect(project(clusters(20, 2048, 2), { spherize: true })).rejects.toMatchObject({
      name: "ProjectionFailed",
    });
  });
});

describe("umap-js", () => {
  test("makes of the same neighbours and start a map that is as good as ours", async () => {
    const matrix = clusters(150, 24, 5);
    const reference = await project(matrix, { method: "umap-js", epochs: 200 });
    const ours = await project(matrix, { method: "umap", epochs: 200 });
    expect(reference.method).toBe("umap-js");
    expect(ours.trustworthiness).toBeGreaterThan(reference.trustworthiness - 0.01);
    expect(ours.preservation).toBeGreaterThan(reference.preservation - 0.03);
  });
});
