import { describe, expect, test } from "vitest";
import { extendNeighbours } from "../core/knn/extend";
import type { Matrix } from "../core/matrix";
import { nearestNeighbours } from "../core/nearest";
import { clusters } from "./clusters.fixture";
import { JobRunner } from "./job.fixture";
import type { ProjectionMethod } from "./types";

/** Items of cluster i % 6, and the first `before` of them laid out. */
async function standing(before: number, after: number, method: ProjectionMethod, dimensions: 2 | 3 = 2) {
  const all = clusters(after, 32, 6, 3, 0.8);
  const runner = new JobRunner();
  const few: Matrix = { ...all, data: all.data.slice(0, before * 32), rows: before };
  runner.hold(few);
  const first = await runner.run({ method, dimensions, epochs: 200 });
  const start = new Float32Array(after * dimensions).fill(Number.NaN);
  start.set(first.positions);
  return { runner, all, first, start };
}

describe("adding to a map that stands", () => {
  test.each([
    ["umap", 2],
    ["umap", 3],
    ["tsne", 2],
    ["pca", 2],
  ] as const)(
    "%s in %d dimensions leaves every item exactly where it is, and sets new ones by their like",
    async (method, dimensions) => {
      const { runner, all, first, start } = await standing(240, 252, method, dimensions);
      runner.hold(all, 240);
      const frames: Float32Array[] = [];
      const result = await runner.run({ method, dimensions }, { start, keep: true }, ({ positions }) => {
        if (positions) frames.push(positions);
      });
      expect(result.placed).toBe(12);
      expect(result.method).toBe(method);
      expect(result.positions.slice(0, first.positions.length)).toEqual(first.positions);
      // Shown before quality is measured.
      expect(frames[0]).toEqual(result.positions);
      expect(result.trust).toHaveLength(252);
      expect(result.trustworthiness).toBeGreaterThan(first.trustworthiness - 0.03);
      // Placed as a whole new layout would: near enough to their like that they can be trusted as much as the others.
      const added = result.trust.slice(240).reduce((sum, value) => sum + value / 12, 0);
      expect(added).toBeGreaterThan(first.trustworthiness - 0.1);
    },
  );

  test("by PCA puts an item where its own coordinates are", async () => {
    const { runner, all, start } = await standing(100, 101, "pca");
    // The last one is a copy of the first.
    all.data.copyWithin(100 * 32, 0, 32);
    runner.hold(all, 100);
    const { positions } = await runner.run({ method: "pca" }, { start, keep: true });
    expect(positions[200]).toBeCloseTo(positions[0], 4);
    expect(positions[201]).toBeCloseTo(positions[1], 4);
  });

  test("works without memory of the map: after a reload only the places are known", async () => {
    const { all, start } = await standing(100, 104, "umap");
    const runner = new JobRunner();
    runner.hold(all);
    const { positions, placed } = await runner.run({}, { start, keep: true });
    expect(placed).toBe(4);
    expect(positions.slice(0, 200)).toEqual(start.slice(0, 200));
    expect(positions.every(Number.isFinite)).toBe(true);
  });

  test("makes a whole layout when many are new, when another method is asked for, or when not asked to keep", async () => {
    const many = await standing(40, 90, "umap");
    many.runner.hold(many.all, 40);
    expect((await many.runner.run({}, { start: many.start, keep: true })).placed).toBeUndefined();
    const other = await standing(100, 101, "pca");
    other.runner.hold(other.all, 100);
    expect((await other.runner.run({}, { start: other.start, keep: true })).placed).toBeUndefined();
    const free = await standing(100, 101, "umap");
    free.runner.hold(free.all, 100);
    const again = await free.runner.run({}, { start: free.start });
    expect(again.placed).toBeUndefined();
    expect(again.positions.slice(0, 200)).not.toEqual(free.start.slice(0, 200));
  });

  test("with nothing new changes nothing", async () => {
    const { runner, first } = await standing(60, 60, "umap");
    const result = await runner.run({}, { start: first.positions, keep: true });
    expect(result).toMatchObject({ placed: 0, trustworthiness: first.trustworthiness });
    expect(result.positions).toEqual(first.positions);
  });

  test("time and again, with the neighbours of all known exactly", async () => {
    const { runner, all, start } = await standing(100, 110, "umap");
    let positions: Float32Array = start.slice(0, 200);
    for (let rows = 101; rows <= 110; rows++) {
      runner.hold({ ...all, data: all.data.slice(0, rows * 32), rows }, rows - 1);
      const next = new Float32Array(rows * 2).fill(Number.NaN);
      next.set(positions);
      positions = (await runner.run({}, { start: next, keep: true })).positions;
    }
    const known = runner.memory.before("cosine");
    const fresh = await nearestNeighbours(all, known!.k, "cosine");
    expect(known!.indices).toEqual(fresh.indices);
  });
});

test("lists completed by new rows are those of a fresh search", async () => {
  for (const metric of ["cosine", "euclidean", "dot"] as const) {
    const all = clusters(90, 7, 4);
    all.data.copyWithin(80 * 7, 0, 14);
    const few = { ...all, data: all.data.slice(0, 70 * 7), rows: 70 };
    const extended = await extendNeighbours(await nearestNeighbours(few, 6, metric), all, metric);
    expect(extended.indices).toEqual((await nearestNeighbours(all, 6, metric)).indices);
  }
});

describe("true neighbours", () => {
  test("are ranked on the map, and say which were torn away", async () => {
    const { runner } = await standing(60, 60, "pca");
    const { trueNeighbours } = await import("./true-neighbours");
    const found = await trueNeighbours(runner.memory, 5);
    expect(found).toHaveLength(8);
    const near = await nearestNeighbours(runner.memory.matrix, 8, "cosine");
    expect(found.map(({ index }) => index)).toEqual(Array.from(near.indices.subarray(40, 48)));
    const { positions } = runner.memory.layout!;
    for (const { index, rank, torn } of found) {
      const distance = (j: number) =>
        Math.hypot(positions[2 * j] - positions[10], positions[2 * j + 1] - positions[11]);
      const nearer = Array.from({ length: 60 }, (_, j) => j).filter(
        (j) => j !== 5 && distance(j) < distance(index),
      );
      expect(rank).toBe(nearer.length + 1);
      expect(torn).toBe(rank > 24);
    }
    await expect(trueNeighbours(runner.memory, 60)).rejects.toMatchObject({ name: "UnknownItem" });
    await expect(trueNeighbours(new JobRunner().memory, 0)).rejects.toMatchObject({ name: "NotReady" });
  });
});
