import { UMAP } from "umap-js";
import { type NearestNeighbours, nearestNeighbours } from "../../core/nearest";
import { principalComponents } from "../../core/pca";
import { gaussian, seededRandom } from "../../core/random";
import type { LayoutInput, LayoutMethod, LayoutRun } from "./method";
import { neighbourDistances } from "./neighbour-distances";
import { type UmapStart, warmStart } from "./warm-start";

/** Rounds up to 2,000 items: those of the reference implementation (umap-learn) for small data. */
const MOST_EPOCHS = 500;
const MOST_EPOCHS_UP_TO = 2000;

/** Rounds however many items: those of umap-learn for large data. */
const LEAST_EPOCHS = 200;

/** Largest coordinate of a fresh start, the range that umap-learn's own starts have. */
const START_RANGE = 10;

/** Noise on a fresh start, relative to `START_RANGE`, that parts items with equal vectors; umap-learn's. */
const START_NOISE = 1e-4;

/**
 * Uniform manifold approximation and projection (McInnes, Healy & Melville, 2018, arXiv:1802.03426) by umap-js, from
 * exact nearest neighbours and a PCA start, or from where the items stood.
 */
export const umap: LayoutMethod = {
  alignment: "rotation",
  async layOut(input, run) {
    const { matrix, options } = input;
    run.enter("neighbours");
    // As in umap-learn, a point counts as its own first neighbour.
    const size = Math.max(2, Math.min(Math.round(options.neighbours), matrix.rows - 1));
    const near = await nearestNeighbours(matrix, size - 1, options.metric, run.step);
    run.enter("prepare");
    const start =
      (input.start && warmStart(input.start, options.dimensions, near, options)) ??
      (await coldStart(input, run));
    run.enter("layout");
    return { positions: await optimise(input, near, start, run) };
  },
};

/** The default number of rounds: 500 up to 2,000 items, then in inverse proportion to their number down to 200. */
export function defaultEpochs(items: number): number {
  return Math.round(Math.max(LEAST_EPOCHS, Math.min(MOST_EPOCHS, (MOST_EPOCHS * MOST_EPOCHS_UP_TO) / items)));
}

/** The principal components, which keep the large-scale order (Kobak & Linderman, 2021, on initialisation). */
async function coldStart({ matrix, options }: LayoutInput, run: LayoutRun): Promise<UmapStart> {
  const { scores } = await principalComponents(matrix, options.dimensions, run.step);
  let largest = 0;
  for (const value of scores) largest = Math.max(largest, Math.abs(value));
  const random = seededRandom(options.seed);
  const positions = scores.map(
    (value) => START_RANGE * ((largest > 0 ? value / largest : 0) + START_NOISE * gaussian(random)),
  );
  return { positions, learningRate: 1, epochs: defaultEpochs(matrix.rows) };
}

/** Runs umap-js' rounds from a start, giving way between rounds. */
async function optimise(
  { matrix, options }: LayoutInput,
  near: NearestNeighbours,
  start: UmapStart,
  run: LayoutRun,
): Promise<Float64Array> {
  const { dimensions } = options;
  const engine = new UMAP({
    nComponents: dimensions,
    nNeighbors: near.k + 1,
    minDist: options.minDistance,
    nEpochs: Math.max(1, Math.round(options.epochs ?? start.epochs)),
    learningRate: start.learningRate,
    random: seededRandom(options.seed),
  });
  const { indices, distances } = neighbourDistances(near, options.metric);
  engine.setPrecomputedKNN(indices, distances);
  // With the neighbours given, the engine reads only how many vectors there are.
  const epochs = engine.initializeFit(Array.from({ length: matrix.rows }, () => []));
  const embedding = engine.getEmbedding();
  embedding.forEach((point, i) => {
    for (let t = 0; t < dimensions; t++) point[t] = start.positions[i * dimensions + t];
  });
  const positions = new Float64Array(matrix.rows * dimensions);
  const read = () => {
    embedding.forEach((point, i) => {
      for (let t = 0; t < dimensions; t++) positions[i * dimensions + t] = point[t];
    });
    return positions;
  };
  for (let epoch = 0; epoch < epochs; epoch++) {
    engine.step();
    if (run.wantsFrame()) run.frame(read());
    const waiting = run.step((epoch + 1) / epochs);
    if (waiting) await waiting;
  }
  return read();
}
