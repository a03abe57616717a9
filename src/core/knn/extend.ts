import type { Matrix } from "../matrix";
import type { NearestNeighbours } from "../nearest";
import { similarityBlocks } from "../similarity-rows";
import type { Metric } from "../space";
import type { Step } from "../step";
import { TopK } from "../top-k";

/** New rows compared in one step: 4 × 10,000 × 384 products take about 10 ms. */
const BLOCK = 4;

/** The nearest rows of some rows only. */
export interface RowNeighbours extends NearestNeighbours {
  /** The row of the matrix that each row of the lists stands for; `rows` is their number. */
  readonly of: Uint32Array;
}

/** Called with the similarities of one of the rows to all rows of the matrix. */
export type SeeSimilarities = (row: number, similarities: Float64Array) => void;

/** The `k` nearest other rows of some rows, exactly: O(rows asked for × n × d). */
export async function neighboursOf(
  matrix: Matrix,
  rows: Uint32Array,
  k: number,
  metric: Metric,
  step?: Step,
  see?: SeeSimilarities,
): Promise<RowNeighbours> {
  const kept = Math.max(0, Math.min(k, matrix.rows - 1));
  const queries = gather(matrix, rows);
  const block = similarityBlocks(queries, metric, matrix);
  const indices = new Uint32Array(rows.length * kept);
  const similarities = new Float64Array(rows.length * kept);
  for (let from = 0; from < rows.length; from += BLOCK) {
    const to = Math.min(rows.length, from + BLOCK);
    const values = block(from, to, 0, matrix.rows);
    for (let q = from; q < to; q++) {
      const own = values.subarray((q - from) * matrix.rows, (q - from + 1) * matrix.rows);
      const top = new TopK(kept);
      for (let j = 0; j < matrix.rows; j++)
        if (own[j] >= top.threshold && j !== rows[q]) top.offer(j, own[j]);
      top.sorted().forEach(({ index, similarity }, at) => {
        indices[q * kept + at] = index;
        similarities[q * kept + at] = similarity;
      });
      see?.(rows[q], own);
    }
    const waiting = step?.(to / rows.length);
    if (waiting) await waiting;
  }
  return { rows: rows.length, k: kept, indices, similarities, of: rows };
}

function gather({ data, dimension }: Matrix, rows: Uint32Array): Matrix {
  const chosen = new Float32Array(rows.length * dimension);
  rows.forEach((row, to) => {
    chosen.set(data.subarray(row * dimension, (row + 1) * dimension), to * dimension);
  });
  return { data: chosen, rows: rows.length, dimension };
}

/**
 * The neighbour lists of a matrix to which rows were appended, from those of its first rows: exact where those were. Only the
 * new rows are compared with all, and enter the old rows' lists where they are nearer.
 */
export async function extendNeighbours(
  near: NearestNeighbours,
  matrix: Matrix,
  metric: Metric,
  step?: Step,
): Promise<NearestNeighbours> {
  const { k } = near;
  const added = Uint32Array.from({ length: matrix.rows - near.rows }, (_, i) => near.rows + i);
  const indices = new Uint32Array(matrix.rows * k);
  const similarities = new Float64Array(matrix.rows * k);
  indices.set(near.indices);
  similarities.set(near.similarities);
  const own = await neighboursOf(matrix, added, k, metric, step, (row, values) => {
    for (let i = 0; i < near.rows; i++) {
      // A later row loses ties, as everywhere.
      if (!(values[i] > similarities[(i + 1) * k - 1])) continue;
      let at = (i + 1) * k - 1;
      for (; at > i * k && values[i] > similarities[at - 1]; at--) {
        similarities[at] = similarities[at - 1];
        indices[at] = indices[at - 1];
      }
      similarities[at] = values[i];
      indices[at] = row;
    }
  });
  indices.set(own.indices, near.rows * k);
  similarities.set(own.similarities, near.rows * k);
  return { rows: matrix.rows, k, indices, similarities };
}

/** Neighbour lists, some of which may have to be looked up again because rows were taken away. */
export interface KnownNeighbours {
  readonly near: NearestNeighbours;
  /** Rows that lost neighbours; their lists say nothing. */
  readonly incomplete: Uint32Array;
}

/** What is known of the rows that are kept (increasing row numbers), renumbered in their order: O(rows · k). */
export function keptNeighbours(known: KnownNeighbours, kept: Uint32Array): KnownNeighbours {
  const { rows, k, ...near } = known.near;
  const isIncomplete = new Uint8Array(rows);
  for (const row of known.incomplete) isIncomplete[row] = 1;
  const numbers = new Int32Array(rows).fill(-1);
  kept.forEach((row, number) => {
    numbers[row] = number;
  });
  const indices = new Uint32Array(kept.length * k);
  const similarities = new Float64Array(kept.length * k);
  const incomplete: number[] = [];
  kept.forEach((row, number) => {
    similarities.set(near.similarities.subarray(row * k, (row + 1) * k), number * k);
    let isComplete = !isIncomplete[row];
    for (let at = 0; at < k; at++) {
      const other = numbers[near.indices[row * k + at]];
      if (other < 0) isComplete = false;
      else indices[number * k + at] = other;
    }
    if (!isComplete) incomplete.push(number);
  });
  return { near: { rows: kept.length, k, indices, similarities }, incomplete: Uint32Array.from(incomplete) };
}

/** The lists with those of the incomplete rows looked up again, exactly. The matrix may have more rows after those. */
export async function completeNeighbours(
  { near, incomplete }: KnownNeighbours,
  matrix: Matrix,
  metric: Metric,
  step?: Step,
): Promise<NearestNeighbours> {
  if (incomplete.length === 0) return near;
  const { rows, k } = near;
  const kept = { data: matrix.data.subarray(0, rows * matrix.dimension), rows, dimension: matrix.dimension };
  const own = await neighboursOf(kept, incomplete, k, metric, step);
  const indices = near.indices.slice();
  const similarities = near.similarities.slice();
  incomplete.forEach((row, list) => {
    indices.set(own.indices.subarray(list * k, (list + 1) * k), row * k);
    similarities.set(own.similarities.subarray(list * k, (list + 1) * k), row * k);
  });
  return { rows, k, indices, similarities };
}

/** The first `k` of each row's neighbours. */
export function firstNeighbours(near: NearestNeighbours, k: number): NearestNeighbours {
  if (k >= near.k) return near;
  const indices = new Uint32Array(near.rows * k);
  const similarities = new Float64Array(near.rows * k);
  for (let i = 0; i < near.rows; i++) {
    indices.set(near.indices.subarray(i * near.k, i * near.k + k), i * k);
    similarities.set(near.similarities.subarray(i * near.k, i * near.k + k), i * k);
  }
  return { rows: near.rows, k, indices, similarities };
}
