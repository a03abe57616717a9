import { describe, expect, test } from "vitest";
import { nearestNeighbours } from "../../core/nearest";
import { gaussian, seededRandom } from "../../core/random";
import { fitCurve } from "../../core/umap/curve";
import { fuzzyGraph } from "../../core/umap/fuzzy-graph";
import { Optimiser } from "../../core/umap/optimiser";
import { clusters } from "../clusters.fixture";
import { balancedScale } from "./map-scale";
import { placeNewItems } from "./warm-start";

describe("new items", () => {
  test("begin among their nearest neighbours; the others stay exactly where they are", async () => {
    const matrix = clusters(40, 6, 4);
    const near = await nearestNeighbours(matrix, 8, "cosine");
    // Item i belongs to cluster i % 4; each cluster stands at a corner of its own.
    const start = Float32Array.from({ length: 80 }, (_, at) => {
      const cluster = (at >> 1) % 4;
      return at % 2 === 0 ? cluster % 2 : cluster >> 1;
    });
    const expected = start.slice();
    for (const row of [3, 8, 21]) start.fill(Number.NaN, 2 * row, 2 * row + 2);
    const placed = placeNewItems(start, 2, near, seededRandom(1));
    placed.forEach((value, at) => {
      if (Number.isNaN(start[at])) expect(Math.abs(value - expected[at])).toBeLessThan(0.02);
      else expect(value).toBe(expected[at]);
    });
  });

  test("whose neighbours are all new wait for those; unreachable ones begin at the centre", () => {
    // 0 has a place; 1 knows 0; 2 knows only 1; 3 and 4 know only each other.
    const near = {
      rows: 5,
      k: 1,
      indices: Uint32Array.of(1, 0, 1, 4, 3),
      similarities: Float64Array.of(1, 1, 1, 1, 1),
    };
    const start = new Float32Array(10).fill(Number.NaN);
    start.set([3, 4]);
    const placed = placeNewItems(start, 2, near, seededRandom(1));
    for (const row of [0, 1, 2]) {
      expect(Math.hypot(placed[2 * row] - 3, placed[2 * row + 1] - 4)).toBeLessThan(0.02);
    }
    for (const row of [3, 4]) expect(Math.hypot(placed[2 * row], placed[2 * row + 1])).toBeLessThan(0.02);
    expect(placed[6]).not.toBe(placed[8]);
  });
});

describe("the balanced scale", () => {
  test("finds the size of a layout that UMAP has come to rest at, from the layout at any other size", async () => {
    const random = seededRandom(3);
    for (const rows of [30, 120]) {
      // Clusters that overlap: ones without a link between them drift apart for ever and never come to rest.
      const matrix = clusters(rows, 16, 3, 1, 1);
      const near = await nearestNeighbours(matrix, 9, "cosine");
      const optimiser = new Optimiser({
        graph: fuzzyGraph(near, "cosine"),
        curve: fitCurve(0.1),
        dimensions: 2,
        start: Float32Array.from({ length: 2 * rows }, () => 5 * gaussian(random)),
        epochs: 250,
        learningRate: 1,
        isFresh: true,
        random,
      });
      while (optimiser.progress < 1) optimiser.step();
      const settled = optimiser.positions();
      for (const size of [0.01, 1, 100]) {
        const scale = balancedScale(
          settled.map((x) => x * size),
          2,
          near,
          0.1,
          seededRandom(5),
        );
        expect(scale! * size).toBeGreaterThan(0.5);
        expect(scale! * size).toBeLessThan(2);
      }
    }
  });

  test("is undefined where all points coincide", async () => {
    const near = await nearestNeighbours(clusters(20, 3, 2), 5, "cosine");
    expect(balancedScale(new Float32Array(40), 2, near, 0.1, seededRandom(1))).toBeUndefined();
  });
});
