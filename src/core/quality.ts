import type { Matrix } from "./matrix";
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
  /** Share of the points' neighbours in the space that are among their neighbours on the map. NaN below 4 rows. */
  readonly preservation: number;
  /** The neighbourhood size it was computed with. */
  readonly neighbours: number;
  /**
   * Half the width of the interval that holds trustworthiness and continuity with 95 % probability; 0 where every rank was
   * counted.
   */
  readonly error: number;
  /**
   * Trust of each row, in [0, 1]: 1 when all its neighbours on the map are its neighbours in the space, 0 when they are its
   * farthest. Their mean is the trustworthiness. Empty below 4 rows.
   */
  readonly trust: Float32Array;
  /** As `error`, of a single row's trust. */
  readonly trustError: number;
  /** How many rows were measured, drawn at random; absent where all were. */
  readonly measured?: number;
}

/** The usual neighbourhood, that of UMAP's own default. */
const MOST_NEIGHBOURS = 15;

/** Query rows per block: a block of 8 × 1,000 similarities takes some 2 ms at 384 dimensions. */
const BLOCK = 8;

/**
 * The neighbourhood size that quality is measured with: 15, and the square root of the rows where there are few. Of 45
 * points, 15 would be a third: a map thrown together at random would keep a third of the neighbours. With the root it is
 * never more than one in √n.
 */
export function qualityNeighbours(rows: number): number {
  return Math.max(1, Math.min(MOST_NEIGHBOURS, Math.round(Math.sqrt(rows)), Math.ceil(rows / 2) - 1));
}

/** What is known of a map below 4 rows: nothing. */
export function undefinedQuality(neighbours: number): ProjectionQuality {
  const unknown = Number.NaN;
  const [trustworthiness, continuity, preservation] = [unknown, unknown, unknown];
  const trust = new Float32Array(0);
  return { trustworthiness, continuity, preservation, neighbours, error: 0, trust, trustError: 0 };
}

/** The largest sum of excess ranks that one point can have, for k < n / 2 (Venna & Kaski, 2001, eq. 3). */
export function largestExcess(rows: number, k: number): number {
  return (k * (2 * rows - 3 * k - 1)) / 2;
}

/**
 * Trustworthiness and continuity of a map, exactly, from all ranks: O(n² d). `matrix` holds the vectors, `positions` the map
 * (`rows × dimensions`), `metric` ranks in the space; on the map the Euclidean distance does. `neighbours` is clipped to less
 * than half the rows, where the measure is defined. Ties rank in row order.
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
  if (rows < 4 || k < 1) return undefinedQuality(k);
  const inSpace = similarityBlocks(matrix, metric);
  const map: Matrix = { data: positions, rows, dimension: dimensions };
  const onMap = new Float64Array(rows);
  const largest = largestExcess(rows, k);
  const trust = new Float32Array(rows);
  let intruders = 0;
  let missing = 0;
  let shared = 0;
  for (let from = 0; from < rows; from += BLOCK) {
    const to = Math.min(rows, from + BLOCK);
    const block = inSpace(from, to, 0, rows);
    for (let own = from; own < to; own++) {
      const space = block.subarray((own - from) * rows, (own - from + 1) * rows);
      mapSimilarities(map, own, onMap);
      const { excess, missing: torn, shared: kept } = rowQuality(space, onMap, own, k);
      trust[own] = 1 - excess / largest;
      intruders += excess;
      missing += torn;
      shared += kept;
    }
    const waiting = step?.(to / rows);
    if (waiting) await waiting;
  }
  return {
    trustworthiness: 1 - intruders / (rows * largest),
    continuity: 1 - missing / (rows * largest),
    preservation: shared / (rows * k),
    neighbours: k,
    error: 0,
    trust,
    trustError: 0,
  };
}

/** One row's part in the quality of a map. */
export interface RowQuality {
  /** Σ (rank − k) of the neighbours on the map that are not neighbours in the space, ranked in the space. */
  readonly excess: number;
  /** Σ (rank − k) of the neighbours in the space that are not neighbours on the map, ranked on the map. */
  readonly missing: number;
  /** Neighbours in the space that are neighbours on the map. */
  readonly shared: number;
}

/** A row's part, from its likeness to all rows in the space and on the map, larger is nearer, by counting ranks. */
export function rowQuality(space: Float64Array, onMap: Float64Array, own: number, k: number): RowQuality {
  const nearInSpace = nearest(space, own, k);
  const nearOnMap = nearest(onMap, own, k);
  return {
    excess: excessRanks(space, own, nearOnMap, nearInSpace, k),
    missing: excessRanks(onMap, own, nearInSpace, nearOnMap, k),
    shared: nearOnMap.filter((j) => nearInSpace.includes(j)).length,
  };
}

/** Minus the squared distance on the map of one row to all rows: ranks as the distance does. */
export function mapSimilarities({ data, rows, dimension }: Matrix, own: number, out: Float64Array): void {
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
export function rankOf(similarities: Float64Array, own: number, j: number): number {
  const similarity = similarities[j];
  let rank = 1;
  for (let other = 0; other < similarities.length; other++) {
    if (similarities[other] < similarity || other === own) continue;
    if (similarities[other] > similarity || other < j) rank++;
  }
  return rank;
}
