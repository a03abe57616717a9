import { describe, expect, test } from "vitest";
import type { Matrix } from "../core/matrix";
import { gaussian, seededRandom } from "../core/random";
import { clusters } from "./clusters.fixture";
import { DEFAULT_PROJECTION } from "./defaults";
import { Gate } from "./gate";
import { runJob } from "./job";
import { JobMemory } from "./memory";
import type { Report } from "./progress";
import type { ProjectionJob } from "./protocol";
import type { ProjectionOptions, ProjectionProgress } from "./types";
import { checkRows } from "./validate";

const never = new AbortController().signal;

/** Runs a job on a worker's handlers without the worker. */
async function run(
  matrix: Matrix,
  job: ProjectionJob,
  signal: AbortSignal,
  report: Report,
  memory = new JobMemory(),
) {
  checkRows(matrix, 0, matrix.rows);
  memory.hold(matrix, 0, matrix.rows);
  return runJob(job, { signal, gate: new Gate() }, report, memory);
}

function project(matrix: Matrix, options: Partial<ProjectionOptions> = {}, start?: Float32Array) {
  return run(matrix, { options: { ...DEFAULT_PROJECTION, ...options }, start }, never, () => undefined);
}

const zeros = (rows: number, dimension: number): Matrix => ({
  data: new Float32Array(rows * dimension),
  rows,
  dimension,
});

/** The first rows of a matrix. */
const head = ({ data, dimension }: Matrix, rows: number): Matrix => ({
  data: data.slice(0, rows * dimension),
  rows,
  dimension,
});

function radius(positions: Float32Array, rows: number): number {
  return Math.sqrt(positions.reduce((sum, value) => sum + value * value, 0) / rows);
}

/** Distances that the first rows have moved between two 2-D layouts, in increasing order. */
function moves(before: Float32Array, after: Float32Array): number[] {
  return Array.from({ length: before.length / 2 }, (_, i) =>
    Math.hypot(after[2 * i] - before[2 * i], after[2 * i + 1] - before[2 * i + 1]),
  ).sort((a, b) => a - b);
}

describe("UMAP", () => {
  test("sets clusters apart in 2-D and 3-D, for every metric, and says how far to trust it", async () => {
    const matrix = clusters(150, 24, 5);
    for (const dimensions of [2, 3] as const) {
      for (const metric of ["cosine", "euclidean", "dot"] as const) {
        const result = await project(matrix, { dimensions, metric, epochs: 100 });
        expect(result.method).toBe("umap");
        expect(result.note).toBeUndefined();
        expect(result.positions.length).toBe(150 * dimensions);
        expect(radius(result.positions, 150)).toBeCloseTo(1, 5);
        // Inside a cluster of 30 the order is noise, so that a perfect map of clusters still scores about 0.95.
        // The dot product favours long vectors of other clusters, which no map can show.
        expect(result.trustworthiness).toBeGreaterThan(metric === "dot" ? 0.8 : 0.93);
        expect(result.continuity).toBeGreaterThan(metric === "dot" ? 0.8 : 0.93);
        expect(result.qualityNeighbours).toBe(12);
      }
    }
  });

  test("is the same for the same seed and another for another", async () => {
    const matrix = clusters(60, 8, 3);
    const first = await project(matrix, { epochs: 50 });
    expect((await project(matrix, { epochs: 50 })).positions).toEqual(first.positions);
    expect((await project(matrix, { epochs: 50, seed: 43 })).positions).not.toEqual(first.positions);
  });

  test("takes more neighbours than there are items, very few items, one dimension, and 4,096", async () => {
    const cases: [Matrix, Partial<ProjectionOptions>][] = [
      [clusters(16, 8, 2), { neighbours: 500 }],
      [clusters(15, 8, 2), { neighbours: 2 }],
      [clusters(40, 1, 4), {}],
      [clusters(40, 1, 4), { metric: "euclidean", dimensions: 3 }],
      [clusters(30, 4096, 3), {}],
    ];
    for (const [matrix, options] of cases) {
      const result = await project(matrix, { epochs: 60, ...options });
      expect(result.method).toBe("umap");
      expect(result.positions.every(Number.isFinite)).toBe(true);
      expect(radius(result.positions, matrix.rows)).toBeCloseTo(1, 5);
    }
  });

  test("parts copies and stands zero vectors somewhere", async () => {
    const matrix = clusters(40, 6, 4);
    matrix.data.copyWithin(0, 6, 12);
    matrix.data.fill(0, 60, 72);
    const { positions } = await project(matrix, { epochs: 100 });
    expect(positions.every(Number.isFinite)).toBe(true);
    const distance = Math.hypot(positions[0] - positions[2], positions[1] - positions[3]);
    expect(distance).toBeLessThan(0.5);
  });
});

describe("PCA", () => {
  test("is shown below 15 items, with a note, and from 15 on only when asked for", async () => {
    const few = await project(clusters(14, 8, 2));
    expect(few.method).toBe("pca");
    expect(few.note).toBe("UMAP needs at least 15 items; PCA is shown.");
    expect((await project(clusters(14, 8, 2), { method: "pca" })).note).toBeUndefined();
    const asked = await project(clusters(30, 8, 2), { method: "pca" });
    expect(asked.method).toBe("pca");
    expect(asked.explained).toHaveLength(2);
    expect(asked.explained![0]).toBeGreaterThan(0.6);
  });

  test.each([0, 1, 2, 3])("lays out %i items; quality is undefined", async (rows) => {
    for (const dimensions of [2, 3] as const) {
      const result = await project(clusters(rows, 5, 2), { dimensions });
      expect(result.method).toBe("pca");
      expect(result.positions.length).toBe(rows * dimensions);
      expect(result.positions.every(Number.isFinite)).toBe(true);
      expect(result.trustworthiness).toBeNaN();
      expect(result.continuity).toBeNaN();
      if (rows > 1) expect(radius(result.positions, rows)).toBeCloseTo(1, 5);
    }
  });

  test("stands equal vectors at one place, and says so where UMAP was asked for", async () => {
    for (const matrix of [
      zeros(3, 4),
      zeros(40, 4),
      { ...zeros(40, 4), data: new Float32Array(160).fill(0.3) },
    ]) {
      const result = await project(matrix);
      expect(Array.from(result.positions)).toEqual(new Array(matrix.rows * 2).fill(0));
      if (matrix.rows >= 15) expect(result.note).toMatch(/All vectors are equal/);
    }
  });

  test("keeps its axes' direction when an item is added", async () => {
    const random = seededRandom(2);
    const before = await project(clusters(13, 6, 3));
    for (let i = 0; i < 10; i++) {
      const more = clusters(14, 6, 3);
      for (let t = 13 * 6; t < 14 * 6; t++) more.data[t] = 0.5 * gaussian(random);
      const start = new Float32Array(28).fill(Number.NaN);
      start.set(before.positions.map((value) => -value));
      const after = await project(more, {}, start);
      for (const axis of [0, 1]) {
        let agreement = 0;
        for (let at = axis; at < 26; at += 2) agreement += start[at] * after.positions[at];
        expect(agreement).toBeGreaterThan(0);
      }
    }
  });
});

describe("going on from where items stand", () => {
  test.each([
    [20, 21, 0.3],
    [120, 132, 0.12],
    [300, 330, 0.08],
  ])("%i items hardly move when there are %i", async (before, after, bound) => {
    const all = clusters(after, 32, 6, 3, 0.8);
    const first = await project(head(all, before), { epochs: 250 });
    const start = new Float32Array(2 * after).fill(Number.NaN);
    start.set(first.positions);
    const second = await project(all, {}, start);
    const fresh = await project(all, { epochs: 250 });
    const moved = moves(first.positions, second.positions);
    expect(moved[before >> 1]).toBeLessThan(bound);
    // As good a map as a fresh one, in which the items moved several times as far.
    expect(second.trustworthiness).toBeGreaterThan(fresh.trustworthiness - 0.05);
    expect(moves(first.positions, fresh.positions)[before >> 1]).toBeGreaterThan(1.5 * moved[before >> 1]);
  });

  test("a PCA map unfolds to what UMAP makes of a fresh start", async () => {
    const matrix = clusters(500, 32, 15, 5, 0.8);
    const flat = await project(matrix, { method: "pca" });
    const fresh = await project(matrix, { epochs: 250 });
    const unfolded = await project(matrix, {}, flat.positions);
    expect(fresh.trustworthiness).toBeGreaterThan(flat.trustworthiness + 0.05);
    expect(unfolded.trustworthiness).toBeGreaterThan(fresh.trustworthiness - 0.01);
  }, 30000);

  test("frames on the way neither flip nor jump: each is close to the one before", async () => {
    const matrix = clusters(300, 32, 6, 3, 0.8);
    const first = await project(matrix, { epochs: 250 });
    // Asked to start from the mirror image, the layout stays there.
    const start = first.positions.map((value, at) => (at % 2 === 0 ? -value : value));
    const frames: Float32Array[] = [start];
    const result = await run(matrix, { options: DEFAULT_PROJECTION, start }, never, ({ positions }) => {
      if (positions) frames.push(positions);
    });
    frames.push(result.positions);
    for (let i = 1; i < frames.length; i++) {
      expect(moves(frames[i - 1], frames[i])[150]).toBeLessThan(0.1);
      expect(radius(frames[i], 300)).toBeCloseTo(1, 4);
    }
  });

  test("a start without any place, or with all items at one, is a fresh start", async () => {
    const matrix = clusters(40, 8, 4);
    const fresh = await project(matrix, { epochs: 150 });
    const nowhere = await project(matrix, { epochs: 150 }, new Float32Array(80).fill(Number.NaN));
    expect(nowhere.positions).toEqual(fresh.positions);
    const heap = await project(matrix, { epochs: 150 }, new Float32Array(80));
    expect(heap.trustworthiness).toBeCloseTo(fresh.trustworthiness, 2);
  });
});

describe("bad input is refused by name", () => {
  const nan = clusters(20, 4, 2);
  nan.data[4 * 6 + 1] = Number.NaN;
  const infinite = clusters(20, 4, 2);
  infinite.data[0] = Number.POSITIVE_INFINITY;

  test.each([
    ["a NaN", nan, {}, undefined, "InvalidVectors", /Vector 7 of 20/],
    ["an infinity", infinite, {}, undefined, "InvalidVectors", /Vector 1 of 20/],
    ["too few numbers", { ...zeros(2, 4), rows: 3 }, {}, undefined, "InvalidVectors", /8 numbers/],
    ["a start of another shape", clusters(20, 4, 2), {}, new Float32Array(30), "InvalidVectors", /need 40/],
    ["one neighbour", clusters(20, 4, 2), { neighbours: 1 }, undefined, "ProjectionFailed", /neighbours/],
    ["a NaN seed", clusters(20, 4, 2), { seed: Number.NaN }, undefined, "ProjectionFailed", /seed/],
    ["a wild min_dist", clusters(20, 4, 2), { minDistance: 7 }, undefined, "ProjectionFailed", /minDistance/],
    ["no epochs", clusters(20, 4, 2), { epochs: 0 }, undefined, "ProjectionFailed", /epochs/],
  ] as const)("%s", async (_, matrix, options, start, name, message) => {
    await expect(project(matrix, options, start)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });
});

describe("while it runs", () => {
  test("progress only grows, passes every stage, shows frames; times add up", async () => {
    const reports: ProjectionProgress[] = [];
    const matrix = clusters(600, 64, 8);
    // Enough rounds for several frames on a fast machine too.
    const job = { options: { ...DEFAULT_PROJECTION, epochs: 5000 } };
    const result = await run(matrix, job, never, (report) => reports.push(report));
    const fractions = reports.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(new Set(reports.map(({ stage }) => stage))).toEqual(
      new Set(["neighbours", "prepare", "layout", "quality"]),
    );
    const frames = reports.filter(({ positions }) => positions);
    expect(frames.length).toBeGreaterThan(1);
    for (const { positions } of frames) expect(radius(positions!, 600)).toBeCloseTo(1, 4);
    const { total, ...stages } = result.milliseconds;
    expect(Object.values(stages).reduce((sum, value) => sum + value)).toBeCloseTo(total, 3);
  }, 30000);

  test.each(["neighbours", "prepare", "layout", "quality"] as const)(
    "can be cancelled in %s",
    async (stage) => {
      const controller = new AbortController();
      const matrix = clusters(1500, 256, 8);
      let asked = 0;
      const options = { ...DEFAULT_PROJECTION, epochs: 60 };
      const running = run(matrix, { options }, controller.signal, (report) => {
        if (report.stage !== stage || controller.signal.aborted) return;
        asked = performance.now();
        controller.abort();
      });
      await expect(running).rejects.toMatchObject({ name: "Cancelled" });
      // Everything lets go within a few slices of 30 ms.
      expect(performance.now() - asked).toBeLessThan(1000);
    },
    30000,
  );
});
