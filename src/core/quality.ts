import type { Matrix } from "./matrix";
import { sampleWithoutReplacement, seededRandom } from "./random";
import { similarityBlocks } from "./similarity-rows";
import type { Metric } from "./space";
import type { Step } from "./step";
import { TopK } from "./top-k";

/** How far a map can be trusted (Venna & Kaski, 2001, "Neighborhood preservation in nonlinear projection methods"). */
export interface ProjectionQuality {
  /** In [0, 1]; below 1 when points are near on the map that are not near in the space. NaN below 4 rows. */
  readonly trustworthiness: number;
  /** In [0, 1]; below 1 when points near in the space were torn apart on the map. NaN below 4 rows. */
  readonly continuity: number;
  /** The neighbourhood size it was computed with. */
  readonly neighbours: number;
  /** Points whose neighbourhoods were looked at: all, or a sample. */
  readonly sampled: number;
}

/** Up to this many rows every point's neighbourhood is looked at: 4 · 10⁸ products at 384 dimensions, about 0.3 s. */
export const EXACT_UP_TO = 1000;

/**
 * Points looked at above `EXACT_UP_TO`, each ranked against all others. One point's penalty has a standard deviation
 * of about 0.03 on real maps, so that the mean over 500 is known to about 0.0015.
 */
export const SAMPLE_SIZE = 500;

/** Query rows per block: a block of 8 × 10,000 similarities takes some 20 ms at 384 dimensions. */
const BLOCK = 8;

/**
 * Trustworthiness and continuity of a map. `matrix` holds the vectors, `positions` the map (`rows × dimensions`),
 * `metric` ranks in the space; on the map the Euclidean distance does. `neighbours` is clipped to less than half the
 * rows, where the measure is defined. Exact up to `EXACT_UP_TO` rows; above, the mean over a seeded sample of
 * `SAMPLE_SIZE` points with ranks among all. Ties rank in row order.
 */
export async function projectionQuality(
  matrix: Matrix,
  positions: Float32Array,
  dimensions: 2 | 3,
  metric: Metric,
  neighbours: number,
  step?: Step,
): Promise<ProjectionQuality> {
  const { rows } = matrix;
  const k = Math.max(0, Math.min(neighbours, Math.ceil(rows / 2) - 1));
  if (rows < 4 || k < 1) {
    return { trustworthiness: Number.NaN, continuity: Number.NaN, neighbours: k, sampled: 0 };
  }
  const sample = sampleWithoutReplacement(rows, rows <= EXACT_UP_TO ? rows : SAMPLE_SIZE, seededRandom(1));
  const queries = gatherRows(matrix, sample);
  const inSpace = similarityBlocks(queries, metric, matrix);
  const map: Matrix = { data: positions, rows, dimension: dimensions };
  const onMap = new Float64Array(rows);
  let intruders = 0;
  let missing = 0;
  for (let from = 0; from < sample.length; from += BLOCK) {
    const to = Math.min(sample.length, from + BLOCK);
    const block = inSpace(from, to, 0, rows);
    for (let q = from; q < to; q++) {
      const own = sample[q];
      const space = block.subarray((q - from) * rows, (q - from + 1) * rows);
      mapSimilarities(map, own, onMap);
      const nearInSpace = nearest(space, own, k);
      const nearOnMap = nearest(onMap, own, k);
      intruders += excessRanks(space, own, nearOnMap, nearInSpace, k);
      missing += excessRanks(onMap, own, nearInSpace, nearOnMap, k);
    }
    const waiting = step?.(to / sample.length);
    if (waiting) await waiting;
  }
  // The largest sum of excess ranks that n points can have, for k < n / 2 (Venna & Kaski, 2001, eq. 3).
  const largest = (sample.length * k * (2 * rows - 3 * k - 1)) / 2;
  return {
    trustworthiness: 1 - intruders / largest,
    continuity: 1 - missing / largest,
    neighbours: k,
    sampled: sample.length,
  };
}

function gatherRows(matrix: Matrix, indices: Uint32Array): Matrix {
  if (indices.length === matrix.rows) return matrix;
  const { dimension } = matrix;
  const data = new Float32Array(indices.length * dimension);
  indices.forEach((index, to) => {
    data.set(matrix.data.subarray(index * dimension, (index + 1) * dimension), to * dimension);
  });
  return { data, rows: indices.length, dimension };
}

/** Minus the squared distance on the map of one row to all rows: ranks as the distance does. */
function mapSimilarities({ data, rows, dimension }: Matrix, own: number, out: Float64Array): void {
  for (let j = 0; j < rows; j++) {
    let sum = 0;
    for (let t = 0; t < dimension; t++) sum += (data[own * dimension + t] - data[j * dimension + t]) ** 2;
    out[j] = -sum;
  }
}

function nearest(similarities: Float64Array, own: number, k: number): number[] {
  const top = new TopK(k);
  for (let j = 0; j < similarities.length; j++) {
    if (similarities[j] >= top.threshold && j !== own) top.offer(j, similarities[j]);
  }
  return top.sorted().map(({ index }) => index);
}

/** Σ (rank − k) over the rows that are near in one ranking (`near`) but not in the other (`expected`), in the latter. */
function excessRanks(
  similarities: Float64Array,
  own: number,
  near: readonly number[],
  expected: readonly number[],
  k: number,
): number {
  let sum = 0;
  for (const j of near) if (!expected.includes(j)) sum += rankOf(similarities, own, j) - k;
  return sum;
}

/** 1 for the most similar other row; ties in row order. */
function rankOf(similarities: Float64Array, own: number, j: number): number {
  const similarity = similarities[j];
  let rank = 1;
  for (let other = 0; other < similarities.length; other++) {
    if (similarities[other] < similarity || other === own) continue;
    if (similarities[other] > similarity || other < j) rank++;
  }
  return rank;
}
