import type { NearestNeighbours } from "../../core/nearest";
import { principalComponents } from "../../core/pca";
import { knownRows } from "../../core/procrustes";
import { gaussian, sampleWithoutReplacement, seededRandom } from "../../core/random";
import type { Step } from "../../core/step";
import { applyLinearMap } from "./linear-map";
import { balancedScale } from "./map-scale";
import type { LayoutInput } from "./method";
import { placeNewItems } from "./warm-start";

/** Rounds up to `MANY` items, and above: umap-learn's numbers. */
const MOST_EPOCHS = 500;
const LEAST_EPOCHS = 200;
const MANY = 10_000;

/** Largest coordinate of a fresh start, the range that umap-learn's own starts have. */
const START_RANGE = 10;

/** Noise on a fresh start, relative to `START_RANGE`, that parts items with equal vectors; umap-learn's. */
const START_NOISE = 1e-4;

/**
 * Rows from which a start's components are computed: their direction is known well enough, for a fraction of the time. From 200 as
 * from 1,000, maps of 5,000 and 10,000 words and glosses end equally good.
 */
const START_SAMPLE = 200;

/** Rounds when going on from where the items stood: enough for new items to settle, and as good after as 200. */
const CONTINUED_EPOCHS = 100;

/**
 * Learning rate per unit of the map's radius when going on. Steps then have the same length on the map however many
 * items it holds: known items move by about a tenth of the radius at 20 items and 0.04 at 300, while even a PCA map
 * still unfolds to UMAP's trustworthiness (measured on 15 to 1,000 items).
 */
const CONTINUED_RATE = 0.005;

/**
 * From this share of new items on the map is not what it was, and is let go further: words that are encoded one batch after the
 * other would else stay in the shape of the first few. Measured on the article's 45 words, from the first 10 to 40 of them:
 * trustworthiness 0.94 to 0.95, as of a fresh map, against 0.83 to 0.94.
 */
const GROWN = 0.1;
const GROWN_EPOCHS = 300;
const GROWN_RATE = 0.015;

/** Below this share of items with a place, the map is theirs no more and a fresh start serves better. */
const LEAST_KNOWN = 0.5;

/** Where the optimisation begins and how it goes on from there. */
export interface UmapStart {
  /** `rows × dimensions`, in UMAP's own scale. */
  readonly positions: Float64Array;
  readonly learningRate: number;
  readonly epochs: number;
  /** False where the items stood somewhere before. */
  readonly isFresh: boolean;
}

/** The default number of rounds: 500 up to 10,000 items, 200 above. */
export function defaultEpochs(items: number): number {
  return items <= MANY ? MOST_EPOCHS : LEAST_EPOCHS;
}

/** Where the items stood, new ones among their neighbours; a fresh start when too few have a place, or all the same. */
export async function umapStart(input: LayoutInput, near: NearestNeighbours, step: Step): Promise<UmapStart> {
  return continuedStart(input, near) ?? (await freshStart(input, step));
}

function continuedStart({ start, options }: LayoutInput, near: NearestNeighbours): UmapStart | undefined {
  const { dimensions, minDistance, seed } = options;
  const known = start ? knownRows(start, dimensions).length / near.rows : 0;
  if (!start || known < LEAST_KNOWN) return undefined;
  const random = seededRandom(seed);
  const placed = placeNewItems(start, dimensions, near, random);
  const scale = balancedScale(placed, dimensions, near, minDistance, random);
  if (scale === undefined) return undefined;
  const hasGrown = known <= 1 - GROWN;
  return {
    positions: placed.map((value) => value * scale),
    learningRate: Math.min(1, (hasGrown ? GROWN_RATE : CONTINUED_RATE) * scale),
    epochs: hasGrown ? Math.min(GROWN_EPOCHS, defaultEpochs(near.rows)) : CONTINUED_EPOCHS,
    isFresh: false,
  };
}

/** The principal components, which keep the large-scale order (Kobak & Linderman, 2021, on initialisation). */
async function freshStart({ matrix, options }: LayoutInput, step: Step): Promise<UmapStart> {
  const random = seededRandom(options.seed);
  const { data, rows, dimension } = matrix;
  const sample = sampleWithoutReplacement(rows, START_SAMPLE, random);
  const chosen = new Float32Array(sample.length * dimension);
  sample.forEach((row, to) => {
    chosen.set(data.subarray(row * dimension, (row + 1) * dimension), to * dimension);
  });
  const few = { data: chosen, rows: sample.length, dimension };
  const { linear } = await principalComponents(few, options.dimensions, step);
  const scores = applyLinearMap(linear, matrix);
  let largest = 0;
  for (const value of scores) largest = Math.max(largest, Math.abs(value));
  const positions = scores.map(
    (value) => START_RANGE * ((largest > 0 ? value / largest : 0) + START_NOISE * gaussian(random)),
  );
  return { positions, learningRate: 1, epochs: defaultEpochs(rows), isFresh: true };
}
