import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { fastNearestNeighbours } from "../knn/fast-nearest";
import { type NearestNeighbours, nearestNeighbours } from "../nearest";
import { gaussian, seededRandom } from "../random";
import { fitCurve } from "./curve";
import { forceTables } from "./force-table";
import { fuzzyGraph } from "./fuzzy-graph";
import { memberships } from "./memberships";
import { neighbourDistances } from "./neighbour-distances";
import { Optimiser } from "./optimiser";
import { Rounds } from "./rounds";

function cloud(rows: number, dimension: number, seed: number) {
  const random = seededRandom(seed);
  return { data: Float32Array.from({ length: rows * dimension }, () => gaussian(random)), rows, dimension };
}

describe("the curve of likeness on the map", () => {
  // umap-learn 0.5.12: find_ab_params(1.0, min_dist).
  test.each([
    [0.0, 1.932808398, 0.790494974],
    [0.1, 1.57694346, 0.895060878],
    [0.5, 0.58303002, 1.334166993],
    [0.99, 0.1193053, 1.916390416],
  ])("is umap-learn's for a minimum distance of %d", (minDistance, a, b) => {
    const curve = fitCurve(minDistance);
    expect(curve.a).toBeCloseTo(a, 4);
    expect(curve.b).toBeCloseTo(b, 4);
  });
});

describe("memberships", () => {
  test("sum to log₂(k + 1), the nearest belongs fully, and fall with distance", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), { minLength: 3, maxLength: 40 }),
        (gaps) => {
          let sum = 0;
          const distances = Float64Array.from(gaps, (gap) => {
            sum += gap;
            return sum;
          });
          const strengths = Array.from(memberships(distances, 1, gaps.length));
          expect(strengths[0]).toBe(1);
          expect(strengths).toEqual(strengths.toSorted((a, b) => b - a));
          const total = strengths.reduce((all, value) => all + value, 0);
          expect(total).toBeCloseTo(Math.log2(gaps.length + 1), 3);
        },
      ),
    );
  });

  test("copies belong fully, also where all distances are 0", () => {
    expect(Array.from(memberships(new Float64Array(4), 1, 4))).toEqual([1, 1, 1, 1]);
    const strengths = memberships(Float64Array.of(0, 0, 0.5, 0.7), 1, 4);
    expect(Array.from(strengths.subarray(0, 3))).toEqual([1, 1, 1]);
  });
});

describe("distances for UMAP", () => {
  test("are never negative and grow with the rank", async () => {
    for (const metric of ["cosine", "euclidean", "dot"] as const) {
      const near = await nearestNeighbours(cloud(20, 3, 11), 6, metric);
      const distances = neighbourDistances(near, metric);
      for (let i = 0; i < 20; i++) {
        const own = Array.from(distances.subarray(i * 6, (i + 1) * 6));
        expect(own).toEqual(own.toSorted((a, b) => a - b));
        expect(own[0]).toBeGreaterThan(0);
      }
    }
  });

  test("are 0 for copies, and all the same where every dot product is", async () => {
    const matrix = { data: new Float32Array(8).fill(1), rows: 4, dimension: 2 };
    const byDot = neighbourDistances(await nearestNeighbours(matrix, 3, "dot"), "dot");
    expect(Array.from(byDot.subarray(0, 3))).toEqual([1, 1, 1]);
    const apart = neighbourDistances(await nearestNeighbours(matrix, 3, "euclidean"), "euclidean");
    expect(Array.from(apart.subarray(6, 9))).toEqual([0, 0, 0]);
  });
});

describe("the fuzzy graph", () => {
  /** a + b − a b over a full matrix: the definition. */
  function bruteForce(near: NearestNeighbours): Map<string, number> {
    const { rows, k, indices } = near;
    const strengths = memberships(neighbourDistances(near, "euclidean"), rows, k);
    const directed = new Map<string, number>();
    for (let at = 0; at < indices.length; at++)
      directed.set(`${Math.floor(at / k)} ${indices[at]}`, strengths[at]);
    const edges = new Map<string, number>();
    for (let i = 0; i < rows; i++) {
      for (let j = i + 1; j < rows; j++) {
        const a = directed.get(`${i} ${j}`) ?? 0;
        const b = directed.get(`${j} ${i}`) ?? 0;
        if (a + b > 0) edges.set(`${i} ${j}`, a + b - a * b);
      }
    }
    return edges;
  }

  test("is the union of what both ends say, each pair once, in order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 3, max: 60 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 1e6 }),
        async (rows, k, seed) => {
          const near = await nearestNeighbours(cloud(rows, 3, seed), k, "euclidean");
          const graph = fuzzyGraph(near, "euclidean");
          const expected = bruteForce(near);
          expect(graph.heads.length).toBe(expected.size);
          let last = -1;
          graph.heads.forEach((head, edge) => {
            const tail = graph.tails[edge];
            expect(head * rows + tail).toBeGreaterThan(last);
            last = head * rows + tail;
            expect(graph.weights[edge]).toBeCloseTo(expected.get(`${head} ${tail}`)!, 6);
          });
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("the force tables", () => {
  test("hold UMAP's forces within a percent, at any distance", () => {
    const curve = fitCurve(0.1);
    const { a, b } = curve;
    const { pull, push, base, shift } = forceTables(curve);
    const bits = new Int32Array(1);
    const float = new Float32Array(bits.buffer);
    for (let d = 0.002; d < 3000; d *= 1.037) {
      float[0] = d * d;
      const at = (bits[0] >> shift) - base;
      const bent = 1 + a * d ** (2 * b);
      expect(pull[at] / ((-2 * a * b * d ** (2 * b - 2)) / bent)).toBeCloseTo(1, 1.7);
      const wanted = Math.min((2 * b) / ((0.001 + d * d) * bent), 4 / d);
      expect(push[at] / wanted).toBeCloseTo(1, 1.5);
    }
    // Infinity, the largest that can be looked up, pushes no more.
    float[0] = Number.POSITIVE_INFINITY;
    expect(push[(bits[0] >> shift) - base]).toBe(0);
  });
});

describe("the optimiser", () => {
  async function input(dimensions: 2 | 3, seed = 1) {
    const near = await nearestNeighbours(cloud(60, 4, 5), 8, "euclidean");
    const random = seededRandom(seed);
    const start = Float32Array.from({ length: 60 * dimensions }, () => 5 * gaussian(random));
    const graph = fuzzyGraph(near, "euclidean");
    return {
      graph,
      curve: fitCurve(0.1),
      dimensions,
      start,
      epochs: 60,
      learningRate: 1,
      isFresh: true,
      random,
    };
  }

  test("repeats itself for the same seed, and brings neighbours together", async () => {
    for (const dimensions of [2, 3] as const) {
      const run = async (seed: number) => {
        const given = await input(dimensions, seed);
        const optimiser = new Optimiser(given);
        while (optimiser.progress < 1) optimiser.step();
        return { given, end: optimiser.positions().slice() };
      };
      const { given, end } = await run(1);
      expect((await run(1)).end).toEqual(end);
      expect((await run(2)).end).not.toEqual(end);
      expect(end.every(Number.isFinite)).toBe(true);
      const length = (positions: Float32Array) => {
        let sum = 0;
        given.graph.heads.forEach((head, edge) => {
          const tail = given.graph.tails[edge];
          for (let t = 0; t < dimensions; t++)
            sum += (positions[head * dimensions + t] - positions[tail * dimensions + t]) ** 2;
        });
        return Math.sqrt(sum / given.graph.heads.length);
      };
      expect(length(end)).toBeLessThan(length(given.start) / 1.5);
    }
  });

  test("ends the same whoever takes the blocks", async () => {
    const rows = 6000;
    const near = await fastNearestNeighbours(cloud(rows, 3, 8), 8, "euclidean");
    const given = () => {
      const random = seededRandom(5);
      const start = Float32Array.from({ length: rows * 2 }, () => 5 * gaussian(random));
      const graph = fuzzyGraph(near, "euclidean");
      return {
        graph,
        curve: fitCurve(0.1),
        dimensions: 2 as const,
        start,
        epochs: 12,
        learningRate: 1,
        isFresh: true,
        random,
      };
    };
    const alone = new Optimiser(given());
    while (alone.progress < 1) alone.step();

    const leader = new Optimiser(given(), true);
    const other = new Rounds(leader.shared!);
    // The other one works when it is told that a round has begun: before the leader does.
    let helped = 0;
    const notify = vi.spyOn(Atomics, "notify").mockImplementation(() => {
      if (helped++ % 3 === 0) other.takeBlocks();
      return 0;
    });
    while (leader.progress < 1) leader.step();
    notify.mockRestore();
    expect(helped).toBeGreaterThanOrEqual(12);
    expect(leader.positions().slice()).toEqual(alone.positions().slice());
  });

  test("says so when somebody took a block and does not come back", async () => {
    const leader = new Optimiser(await input(2), true);
    const integers = new Int32Array(leader.shared!.memory.buffer, leader.shared!.control, 3);
    const notify = vi.spyOn(Atomics, "notify").mockImplementation(() => {
      Atomics.add(integers, 1, 1);
      return 0;
    });
    expect(() => leader.step()).toThrow(expect.objectContaining({ name: "WorkerCrashed" }));
    notify.mockRestore();
  });

  test("moves only those that may move", async () => {
    const given = await input(2);
    // Edges come in the order of their heads.
    const count = given.graph.heads.findIndex((head) => head >= 10);
    const [heads, tails] = [given.graph.heads.subarray(0, count), given.graph.tails.subarray(0, count)];
    const graph = { ...given.graph, heads, tails, weights: given.graph.weights.subarray(0, count) };
    const optimiser = new Optimiser({ ...given, graph, movable: 10 });
    for (let epoch = 0; epoch < 20; epoch++) optimiser.step();
    expect(optimiser.positions().slice(20)).toEqual(given.start.slice(20));
    expect(optimiser.positions().slice(0, 20)).not.toEqual(given.start.slice(0, 20));
  });

  test("stays finite where all points coincide", async () => {
    const given = await input(2);
    const optimiser = new Optimiser({ ...given, start: new Float32Array(120) });
    for (let epoch = 0; epoch < 60; epoch++) optimiser.step();
    expect(optimiser.positions().every(Number.isFinite)).toBe(true);
  });
});
