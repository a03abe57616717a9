import { NamedError } from "../../core/errors";
import { knownRows } from "../../core/procrustes";
import { seededRandom } from "../../core/random";
import { fitCurve } from "../../core/umap/curve";
import { fuzzyGraph } from "../../core/umap/fuzzy-graph";
import { memberships } from "../../core/umap/memberships";
import { neighbourDistances } from "../../core/umap/neighbour-distances";
import { Optimiser } from "../../core/umap/optimiser";
import { Team } from "../team/team";
import { balancedScale } from "./map-scale";
import type { LayoutMethod, LayoutRun, PlaceInput } from "./method";
import { umapStart } from "./umap-start";
import { placeNewItems } from "./warm-start";

/** Rounds for new items on a map that stands: they begin at the middle of their neighbours and have not far to go. */
const PLACE_EPOCHS = 50;

/** Learning rate for them, as when umap-learn transforms new points. */
const PLACE_RATE = 0.25;

/**
 * Uniform manifold approximation and projection (McInnes, Healy & Melville, 2018, arXiv:1802.03426), from a PCA start or
 * from where the items stood.
 */
export const method: LayoutMethod = {
  alignment: "rotation",

  async layOut(input, run) {
    const { options } = input;
    run.enter("neighbours");
    const near = await input.nearest(neighbourCount(input.matrix.rows, options.neighbours));
    run.enter("prepare");
    const team = new Team(near.rows);
    try {
      const start = await umapStart(input, near, run.step);
      const graph = fuzzyGraph(near, options.metric);
      const open = (isShared: boolean) =>
        new Optimiser(
          {
            graph,
            curve: fitCurve(options.minDistance),
            dimensions: options.dimensions,
            start: start.positions,
            epochs: Math.max(1, Math.round(options.epochs ?? start.epochs)),
            learningRate: start.learningRate,
            isFresh: start.isFresh,
            random: seededRandom(options.seed),
          },
          isShared,
        );
      const optimiser = open(team.isShared);
      run.enter("layout");
      if (optimiser.shared) team.join(optimiser.shared);
      try {
        return { positions: await optimise(optimiser, run) };
      } catch (thrown) {
        if (!(thrown instanceof NamedError && thrown.name === "WorkerCrashed")) throw thrown;
        // One that helped is gone with a share of the work: from the beginning, then, and alone.
        return { positions: await optimise(open(false), run) };
      }
    } finally {
      team.close();
    }
  },

  async place(input) {
    const { near, start, options } = input;
    const { dimensions, minDistance, seed } = options;
    const random = seededRandom(seed);
    const placed = placeNewItems(start, dimensions, near, random);
    const scale = input.graph && balancedScale(placed, dimensions, input.graph, minDistance, random);
    const news = Array.from(near.of);
    const own = (positions: ArrayLike<number>, row: number) =>
      Array.from({ length: dimensions }, (_, t) => positions[row * dimensions + t]);
    if (scale === undefined) return Float64Array.from(news.flatMap((row) => own(placed, row)));
    return settle(input, placed, scale, news);
  },
};

/** A point counts as its own first neighbour, as in umap-learn; clipped to the number of items less one. */
function neighbourCount(rows: number, neighbours: number): number {
  return Math.max(2, Math.min(Math.round(neighbours), rows - 1)) - 1;
}

/** Moves the new items alone, by the pull of their neighbours and the push of all. */
function settle(
  { near, start, options }: PlaceInput,
  placed: Float64Array,
  scale: number,
  news: readonly number[],
): Float64Array {
  const { dimensions } = options;
  const { rows: count, k } = near;
  // The optimiser moves the first points: new items first, then those that stay.
  const order = [...news, ...knownRows(start, dimensions)];
  const numbers = new Int32Array(placed.length / dimensions);
  order.forEach((row, number) => {
    numbers[row] = number;
  });
  const distances = neighbourDistances(near, options.metric);
  const optimiser = new Optimiser({
    graph: {
      rows: order.length,
      heads: Int32Array.from({ length: count * k }, (_, at) => Math.floor(at / k)),
      tails: Int32Array.from(near.indices, (row) => numbers[row]),
      weights: memberships(distances, count, k),
    },
    curve: fitCurve(options.minDistance),
    dimensions,
    start: Float64Array.from({ length: order.length * dimensions }, (_, at) => {
      const row = order[Math.floor(at / dimensions)];
      return scale * placed[row * dimensions + (at % dimensions)];
    }),
    epochs: PLACE_EPOCHS,
    learningRate: PLACE_RATE,
    isFresh: false,
    movable: count,
    random: seededRandom(options.seed),
  });
  while (optimiser.progress < 1) optimiser.step();
  return Float64Array.from(optimiser.positions().subarray(0, count * dimensions), (value) => value / scale);
}

/** Runs the rounds, giving way in between. */
async function optimise(optimiser: Optimiser, run: LayoutRun): Promise<Float32Array> {
  while (optimiser.progress < 1) {
    optimiser.step();
    if (run.wantsFrame()) run.frame(optimiser.positions());
    const waiting = run.step(optimiser.progress);
    if (waiting) await waiting;
  }
  return optimiser.positions();
}
