import type { Matrix } from "./matrix";
import { similarityBlocks } from "./similarity-rows";
import type { Metric } from "./space";
import type { Step } from "./step";
import { TopK } from "./top-k";

/** The nearest other rows of every row of a matrix. */
export interface NearestNeighbours {
  readonly rows: number;
  /** Neighbours per row; the row itself is not among them. */
  readonly k: number;
  /** `rows × k` row numbers, best first, ties in row order. */
  readonly indices: Uint32Array;
  /** `rows × k` similarities, larger is nearer. */
  readonly similarities: Float64Array;
}

/**
 * Rows per side of a tile. Two blocks of 64 rows × 384 float32 numbers take 192 KiB and stay in a second-level
 * cache, and a tile of 4,096 products takes about a millisecond: often enough to give way in between.
 */
const TILE = 64;

/**
 * Finds the `k` most similar other rows of every row, exactly, by comparing every pair once: O(n² d) time and
 * O(n k) memory. `k` is clipped to the number of rows less one.
 */
export async function nearestNeighbours(
  matrix: Matrix,
  k: number,
  metric: Metric,
  step?: Step,
): Promise<NearestNeighbours> {
  const { rows } = matrix;
  const kept = Math.max(0, Math.min(k, rows - 1));
  const best = Array.from({ length: rows }, () => new TopK(kept));
  const block = similarityBlocks(matrix, metric);
  for (let from = 0; from < rows; from += TILE) {
    const to = Math.min(rows, from + TILE);
    for (let first = from; first < rows; first += TILE) {
      const last = Math.min(rows, first + TILE);
      offerTile(best, block(from, to, first, last), from, to, first, last);
      // Blocks of rows still to compare shrink as `from` grows, so the share of pairs done is quadratic.
      const waiting = step?.(from === 0 && first === 0 ? 0 : 1 - ((rows - from) / rows) ** 2);
      if (waiting) await waiting;
    }
  }
  return collect(best, rows, kept);
}

/** Offers each pair of a tile to both of its rows; the pairs below the diagonal of a square tile are skipped. */
function offerTile(
  best: TopK[],
  tile: Float64Array,
  from: number,
  to: number,
  first: number,
  last: number,
): void {
  const width = last - first;
  for (let i = from; i < to; i++) {
    const own = best[i];
    for (let j = from === first ? i + 1 : first, at = (i - from) * width + j - first; j < last; j++, at++) {
      const similarity = tile[at];
      if (similarity >= own.threshold) own.offer(j, similarity);
      if (similarity >= best[j].threshold) best[j].offer(i, similarity);
    }
  }
}

function collect(best: TopK[], rows: number, k: number): NearestNeighbours {
  const indices = new Uint32Array(rows * k);
  const similarities = new Float64Array(rows * k);
  best.forEach((top, i) => {
    top.sorted().forEach(({ index, similarity }, j) => {
      indices[i * k + j] = index;
      similarities[i * k + j] = similarity;
    });
  });
  return { rows, k, indices, similarities };
}
