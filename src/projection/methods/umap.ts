import { UMAP } from "umap-js";
import { type NearestNeighbours, nearestNeighbours } from "../../core/nearest";
import { principalComponents } from "../../core/pca";
import { knownRows } from "../../core/procrustes";
import { gaussian, seededRandom } from "../../core/random";
import { balancedScale } from "./map-scale";
import type { LayoutInput, LayoutMethod, LayoutRun } from "./method";
import { neighbourDistances } from "./neighbour-distances";
import { placeNewItems } from "./warm-start";

/** Rounds for few items, where they cost nothing: umap-learn's number for small data. */
const MOST_EPOCHS = 500;

/** Rounds however many items: umap-learn's number for large data. */
const LEAST_EPOCHS = 200;

/**
 * Items times rounds that a layout may take, some 2 s of umap-js. From a PCA start trustworthiness is the same to 0.001
 * after 200 rounds as after 500 (measured at 300, 1,000 and 2,000 items), so the rest would be spent on nothing.
 */
const BUDGET = 250_000;

/** Largest coordinate of a fresh start, the range that umap-learn's own starts have. */
const START_RANGE = 10;

/** Noise on a fresh start, relative to `START_RANGE`, that parts items with equal vectors; umap-learn's. */
const START_NOISE = 1e-4;

/** Rounds when going on from where the items stood: enough for new items to settle, and as good after as 200. */
const CONTINUED_EPOCHS = 100;

/**
 * Learning rate per unit of the map's radius when going on. Steps then have the same length on the map however many
 * items it holds: known items move by about a tenth of the radius at 20 items and 0.04 at 300, while even a PCA map
 * still unfolds to UMAP's trustworthiness (measured on 15 to 1,000 items).
 */
const CONTINUED_RATE = 0.005;

/** Below this share of items with a place, the map is theirs no more and a fresh start serves better. */
const LEAST_KNOWN = 0.5;

/** Where the optimisation begins and how it goes on from there. */
interface UmapStart {
  /** `rows × dimensions`, in UMAP's own scale. */
  readonly positions: Float64Array;
  readonly learningRate: number;
  readonly epochs: number;
}

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
    const start = continuedStart(input, near) ?? (await freshStart(input, run));
    const epochs = Math.max(1, Math.round(options.epochs ?? start.epochs));
    const engine = createEngine(input, near, start, epochs);
    run.enter("layout");
    return { positions: await optimise(engine, epochs, input, run) };
  },
};

/** The default number of rounds: 500 up to 500 items, then fewer in proportion, down to 200 from 1,250 items on. */
export function defaultEpochs(items: number): number {
  return Math.round(Math.max(LEAST_EPOCHS, Math.min(MOST_EPOCHS, BUDGET / items)));
}

/** Where the items stood, new ones among their neighbours; undefined when too few have a place, or all the same. */
function continuedStart({ start, options }: LayoutInput, near: NearestNeighbours): UmapStart | undefined {
  const { dimensions, minDistance, seed } = options;
  if (!start || knownRows(start, dimensions).length < LEAST_KNOWN * near.rows) return undefined;
  const random = seededRandom(seed);
  const placed = placeNewItems(start, dimensions, near, random);
  const scale = balancedScale(placed, dimensions, near, minDistance, random);
  if (scale === undefined) return undefined;
  return {
    positions: placed.map((value) => value * scale),
    learningRate: Math.min(1, CONTINUED_RATE * scale),
    epochs: CONTINUED_EPOCHS,
  };
}

/** The principal components, which keep the large-scale order (Kobak & Linderman, 2021, on initialisation). */
async function freshStart({ matrix, options }: LayoutInput, run: LayoutRun): Promise<UmapStart> {
  const { scores } = await principalComponents(matrix, options.dimensions, run.step);
  let largest = 0;
  for (const value of scores) largest = Math.max(largest, Math.abs(value));
  const random = seededRandom(options.seed);
  const positions = scores.map(
    (value) => START_RANGE * ((largest > 0 ? value / largest : 0) + START_NOISE * gaussian(random)),
  );
  return { positions, learningRate: 1, epochs: defaultEpochs(matrix.rows) };
}

/** umap-js with its graph built and its points at the start. */
function createEngine(
  { matrix, options }: LayoutInput,
  near: NearestNeighbours,
  start: UmapStart,
  epochs: number,
): UMAP {
  const { dimensions } = options;
  const engine = new UMAP({
    nComponents: dimensions,
    nNeighbors: near.k + 1,
    minDist: options.minDistance,
    nEpochs: epochs,
    learningRate: start.learningRate,
    random: seededRandom(options.seed),
  });
  const { indices, distances } = neighbourDistances(near, options.metric);
  engine.setPrecomputedKNN(indices, distances);
  // One long step: umap-js builds its graph in maps with text keys (0.3 s for 1,000 items, 4 s for 10,000).
  // With the neighbours given, it reads only how many vectors there are.
  engine.initializeFit(Array.from({ length: matrix.rows }, () => []));
  engine.getEmbedding().forEach((point, i) => {
    for (let t = 0; t < dimensions; t++) point[t] = start.positions[i * dimensions + t];
  });
  return engine;
}

/** Runs umap-js' rounds, giving way in between. */
async function optimise(
  engine: UMAP,
  epochs: number,
  { matrix, options }: LayoutInput,
  run: LayoutRun,
): Promise<Float64Array> {
  const { dimensions } = options;
  const embedding = engine.getEmbedding();
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
