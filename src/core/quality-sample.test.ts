import { describe, expect, test } from "vitest";
import { MapTree } from "./map-neighbours";
import type { Matrix } from "./matrix";
import { nearestNeighbours } from "./nearest";
import { projectionQuality } from "./quality";
import { sampleQuality } from "./quality-sample";
import { gaussian, sampleWithoutReplacement, seededRandom } from "./random";

const rows = 3000;

/** A cloud in six dimensions, and its map: its first two, the left half thrown together at random. */
function halfTorn(): { matrix: Matrix; positions: Float32Array; isTorn: (row: number) => boolean } {
  const random = seededRandom(12);
  const data = Float32Array.from({ length: rows * 6 }, (_, at) => gaussian(random) * (at % 6 < 2 ? 1 : 0.2));
  const isTorn = (row: number) => row % 2 === 0;
  const positions = Float32Array.from({ length: rows * 2 }, (_, at) => {
    const row = at >> 1;
    if (isTorn(row)) return gaussian(random) - (at % 2 === 0 ? 8 : 0);
    return data[row * 6 + (at & 1)];
  });
  return { matrix: { data, rows, dimension: 6 }, positions, isTorn };
}

describe("the quality of a sample", () => {
  test.each(["cosine", "euclidean", "dot"] as const)(
    "agrees with that of all rows as closely as it says: %s",
    async (metric) => {
      const { matrix, positions } = halfTorn();
      const exact = await projectionQuality(matrix, positions, 2, metric, 15);
      const found = await sampleQuality(matrix, positions, 2, metric, undefined, 15);
      expect(found).toMatchObject({ measured: 1024, neighbours: 15 });
      expect(found.error).toBeGreaterThan(0);
      expect(found.error).toBeLessThan(0.031);
      // Twice the stated half width: the interval holds the truth 19 times of 20, and here on every machine alike.
      expect(Math.abs(found.trustworthiness - exact.trustworthiness)).toBeLessThan(2 * found.error);
      expect(Math.abs(found.continuity - exact.continuity)).toBeLessThan(2 * found.error);
      expect(Math.abs(found.preservation - exact.preservation)).toBeLessThan(0.03);
      // Whether neighbours were known or had to be looked for is no matter.
      const near = await nearestNeighbours(matrix, 20, metric);
      const again = await sampleQuality(matrix, positions, 2, metric, near, 15);
      expect(again.trustworthiness).toBeCloseTo(found.trustworthiness, 3);
      expect(again.continuity).toBeCloseTo(found.continuity, 3);
    },
  );

  test("gives drawn rows their own trust, and others that of the drawn ones around them, as far off as it says", async () => {
    const { matrix, positions, isTorn } = halfTorn();
    const exact = await projectionQuality(matrix, positions, 2, "euclidean", 15);
    const found = await sampleQuality(matrix, positions, 2, "euclidean", undefined, 15, undefined, 500);
    const drawn = sampleWithoutReplacement(rows, 500, seededRandom(2));
    const isDrawn = new Set(drawn);
    const tree = new MapTree(positions, 2, 5, drawn);
    let off = 0;
    let within = 0;
    const sums = { torn: 0, kept: 0 };
    found.trust.forEach((value, row) => {
      sums[isTorn(row) ? "torn" : "kept"] += value / (rows / 2);
      if (isDrawn.has(row)) {
        off = Math.max(off, Math.abs(value - exact.trust[row]));
        return;
      }
      const around = Array.from(tree.nearest(row), (other) => found.trust[other]);
      expect(value).toBeCloseTo(around.reduce((sum, each) => sum + each, 0) / 5, 6);
      if (Math.abs(value - exact.trust[row]) <= found.trustError) within++;
    });
    // 512 references know a rank to within 0.044 at worst; a row's trust is a mean of fifteen.
    expect(off).toBeLessThan(0.05);
    // Two standard deviations hold three quarters of whatever is spread, and more of what is spread about its mean.
    expect(within / (rows - 500)).toBeGreaterThan(0.85);
    const truth = { torn: 0, kept: 0 };
    exact.trust.forEach((value, row) => {
      truth[isTorn(row) ? "torn" : "kept"] += value / (rows / 2);
    });
    expect(truth.kept - truth.torn).toBeGreaterThan(0.2);
    expect(sums.torn).toBeCloseTo(truth.torn, 1);
    expect(sums.kept).toBeCloseTo(truth.kept, 1);
  });

  test("of all rows is the quality of all rows, and waits and stops where it is told to", async () => {
    const { matrix, positions } = halfTorn();
    const exact = await projectionQuality(matrix, positions, 2, "cosine", 15);
    const found = await sampleQuality(matrix, positions, 2, "cosine", undefined, 15, undefined, rows);
    expect(found.preservation).toBeCloseTo(exact.preservation, 3);
    const shares: number[] = [];
    const stop = (share: number) => {
      shares.push(share);
      if (share > 0.8) throw new Error("stopped");
    };
    await expect(sampleQuality(matrix, positions, 2, "cosine", undefined, 15, stop)).rejects.toThrow(
      "stopped",
    );
    expect(shares.slice().sort((a, b) => a - b)).toEqual(shares);
  });
});
