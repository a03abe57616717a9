import { ReferenceRows } from "./knn/reference";
import { mapNeighbours } from "./map-neighbours";
import type { Matrix } from "./matrix";
import type { NearestNeighbours } from "./nearest";
import { largestExcess, type ProjectionQuality } from "./quality";
import { sampleWithoutReplacement, seededRandom } from "./random";
import type { Metric } from "./space";
import type { Step } from "./step";

/**
 * Rows by which ranks are estimated. The share of all rows that are nearer than a given one is then known to within
 * 1 / √512 = 0.044 with 95 % probability, at worst.
 */
const REFERENCES = 512;

/** The references are dealt into this many groups, whose disagreement says how well the whole is known. */
const GROUPS = 8;

/** Standard errors on either side that hold the truth with 95 % probability. */
export const CONFIDENCE = 2;

/**
 * As `projectionQuality`, for many rows. Which points are neighbours is known exactly, in the space (`near`) and on the map; how
 * far a wrong one is off, its rank, is estimated from how many of 512 reference rows are nearer: O(512 n d) instead of
 * O(n² d). Every row counts, so that every row's own trust is known too.
 *
 * `near` lists at least `k` neighbours of each row, exact or nearly so; there must be more than `2 k` rows. The default of `count`,
 * the number of references, is 512; with as many as there are rows, the result is exact.
 */
export async function estimateQuality(
  matrix: Matrix,
  positions: Float32Array,
  dimensions: 2 | 3,
  metric: Metric,
  near: NearestNeighbours,
  k: number,
  step?: Step,
  count = REFERENCES,
): Promise<ProjectionQuality> {
  const { rows } = matrix;
  const every = Uint32Array.from({ length: rows }, (_, i) => i);
  const onMap = mapNeighbours(positions, dimensions, k);
  const map = { positions, dimensions };
  const { intruders, missing, trust, shared } = await rankEstimates(
    matrix,
    map,
    metric,
    { rows: every, near, onMap },
    k,
    step,
    count,
  );
  const isExact = count >= rows;
  const [trustworthiness, continuity] = [groupMean(intruders), groupMean(missing)];
  return {
    trustworthiness: trustworthiness.mean,
    continuity: continuity.mean,
    preservation: shared / (rows * k),
    neighbours: k,
    error: isExact ? 0 : CONFIDENCE * Math.max(trustworthiness.deviation, continuity.deviation),
    trust,
    // A rank is at most half a standard deviation of a coin's toss off, relative to the rows.
    trustError: isExact ? 0 : (CONFIDENCE * 0.5) / Math.sqrt(Math.min(count, rows)),
  };
}

/** Rows that are looked at, in increasing order, and at least `k` neighbours of each: `rows.length × k` row numbers, nearest first. */
export interface MeasuredRows {
  readonly rows: Uint32Array;
  readonly near: Neighbours;
  readonly onMap: Neighbours;
}

interface Neighbours {
  readonly k: number;
  readonly indices: Uint32Array;
}

/** What was estimated of some rows. */
export interface RankEstimates {
  /** Of each row that was looked at, in [0, 1]. */
  readonly trust: Float32Array;
  readonly continuity: Float32Array;
  /** Trustworthiness and continuity of these rows together, as each group of references has it. */
  readonly intruders: Float64Array;
  readonly missing: Float64Array;
  /** Neighbours in the space that are neighbours on the map, of all of them. */
  readonly shared: number;
}

/** Trust and continuity of some rows, their wrong neighbours' ranks estimated by `count` reference rows out of all. */
export async function rankEstimates(
  matrix: Matrix,
  { positions, dimensions }: { readonly positions: Float32Array; readonly dimensions: 2 | 3 },
  metric: Metric,
  { rows: measured, near, onMap }: MeasuredRows,
  k: number,
  step?: Step,
  count = REFERENCES,
): Promise<RankEstimates> {
  const { rows } = matrix;
  const references = dealt(sampleWithoutReplacement(rows, count, seededRandom(1)));
  const areAll = measured.length === rows;
  const inSpace = new ReferenceRows(matrix, metric, references, areAll ? undefined : 1);
  const largest = largestExcess(rows, k);
  const trust = new Float32Array(measured.length);
  const continuity = new Float32Array(measured.length);
  const intruders = new Float64Array(GROUPS);
  const missing = new Float64Array(GROUPS);
  const own = new Float64Array(GROUPS);
  const distances = new Float32Array(references.length);
  const isNear = new Int32Array(rows).fill(-1);
  const isNearOnMap = new Int32Array(rows).fill(-1);
  let shared = 0;
  const excess = new ExcessRanks(rows, k, references);
  /** Adds a row's own sums to those of all, and says how far it is from the largest excess. */
  const settle = (all: Float64Array) => {
    let sum = 0;
    for (let g = 0; g < GROUPS; g++) {
      sum += own[g] / GROUPS;
      all[g] += own[g];
    }
    own.fill(0);
    return Math.max(0, 1 - sum / largest);
  };
  for (let place = 0; place < measured.length; place++) {
    const i = measured[place];
    for (let at = 0; at < k; at++) {
      isNear[near.indices[place * near.k + at]] = i;
      isNearOnMap[onMap.indices[place * onMap.k + at]] = i;
    }
    let isRanked = false;
    for (let at = place * onMap.k; at < place * onMap.k + k; at++) {
      const j = onMap.indices[at];
      if (isNear[j] === i) {
        shared++;
        continue;
      }
      if (!isRanked) excess.rank(inSpace.keys(i), i, isNear);
      isRanked = true;
      excess.add(own, inSpace.key(i, j));
    }
    trust[place] = settle(intruders);
    isRanked = false;
    for (let at = place * near.k; at < place * near.k + k; at++) {
      const j = near.indices[at];
      if (isNearOnMap[j] === i) continue;
      if (!isRanked) {
        mapKeys(positions, dimensions, i, references, distances);
        excess.rank(distances, i, isNearOnMap);
      }
      isRanked = true;
      excess.add(own, mapKey(positions, dimensions, i, j));
    }
    continuity[place] = settle(missing);
    const waiting = place % 64 === 0 ? step?.(place / measured.length) : undefined;
    if (waiting) await waiting;
  }
  const share = (sums: Float64Array) => sums.map((sum) => 1 - sum / (measured.length * largest));
  return { trust, continuity, intruders: share(intruders), missing: share(missing), shared };
}

/** The references in an order in which each group stands together. They come sorted, and are dealt like cards. */
function dealt(sorted: Uint32Array): Uint32Array {
  const order = new Uint32Array(sorted.length);
  let to = 0;
  for (let g = 0; g < GROUPS; g++) for (let r = g; r < sorted.length; r += GROUPS) order[to++] = sorted[r];
  return order;
}

/** Estimates by how much the ranks of rows exceed `k`, once by each group of references. */
class ExcessRanks {
  readonly #rows: number;
  readonly #k: number;
  readonly #references: Uint32Array;
  /** Where each group begins, and the last one ends. */
  readonly #bounds: number[] = [0];
  readonly #counted = new Int32Array(GROUPS);
  #keys = new Float32Array(0) as Float32Array;

  constructor(rows: number, k: number, references: Uint32Array) {
    this.#rows = rows;
    this.#k = k;
    this.#references = references;
    for (let g = 0; g < GROUPS; g++)
      this.#bounds.push(this.#bounds[g] + Math.ceil((references.length - g) / GROUPS));
  }

  /**
   * Takes the keys by which a row ranks the references; larger is nearer. Those that are near come before any that is not for
   * certain, and are counted with k: their keys, and the row's own, are taken out.
   */
  rank(keys: Float32Array, own: number, isNear: Int32Array): void {
    const references = this.#references;
    this.#keys = keys;
    for (let g = 0; g < GROUPS; g++) {
      let counted = 0;
      for (let r = this.#bounds[g]; r < this.#bounds[g + 1]; r++) {
        const reference = references[r];
        if (reference === own || isNear[reference] === own) keys[r] = Number.NEGATIVE_INFINITY;
        else counted++;
      }
      this.#counted[g] = counted;
    }
  }

  /** Adds to `sums` the excess rank of a row that is not near, by its key. */
  add(sums: Float64Array, key: number): void {
    const keys = this.#keys;
    for (let g = 0; g < GROUPS; g++) {
      const end = this.#bounds[g + 1];
      let nearer = 0;
      // Added, not branched on: which way the branch goes is chance, and a wrong guess costs ten additions.
      for (let r = this.#bounds[g]; r < end; r++) nearer += Number(keys[r] > key);
      sums[g] += 1 + (nearer / Math.max(1, this.#counted[g])) * (this.#rows - 2 - this.#k);
    }
  }
}

/** Minus the squared distance on the map: ranks as the distance does. */
function mapKey(positions: Float32Array, dimensions: number, i: number, j: number): number {
  let sum = 0;
  for (let t = 0; t < dimensions; t++)
    sum += (positions[i * dimensions + t] - positions[j * dimensions + t]) ** 2;
  return -sum;
}

function mapKeys(
  positions: Float32Array,
  dimensions: number,
  i: number,
  references: Uint32Array,
  out: Float32Array,
): void {
  for (let r = 0; r < references.length; r++) out[r] = mapKey(positions, dimensions, i, references[r]);
}

/** The mean of the groups, and the standard deviation of that mean. */
export function groupMean(values: Float64Array): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1) / values.length) };
}
