import type { Matrix } from "../matrix";
import { type NearestNeighbours, nearestNeighbours } from "../nearest";
import type { Metric } from "../space";
import type { Step } from "../step";
import { neighboursOf } from "./extend";
import { type Candidates, SimilarityKernel } from "./kernel";
import type { Precision } from "./memory-plan";
import { mergeCandidates } from "./merge";
import { refineCandidates } from "./refine";

/**
 * Candidates kept beyond `k`. float32 may put near ties in another order than double precision; the exact order is restored
 * among the candidates, so a neighbour is missed only where more rows than this crowd within 10⁻⁶ of the last place.
 */
export const MARGIN = 4;

/**
 * Likewise of 16 bits. Rows whose last places are crowded closer than these leave open, some 7 · 10⁻⁴, are searched again; with so many
 * more candidates that is hardly one of 20,000 words and glosses.
 */
const WIDE_MARGIN = 8;

/** Searching a row again costs so many times more than comparing it once more with all others in float32. */
const COST_OF_ROW = 16;

/** Share of the whole search that the comparison takes; the rest restores the exact order. */
export const COMPARISON_SHARE = 0.9;

/**
 * A search with WebAssembly where it can be used, else undefined. `k` counts neighbours, without the row itself; `sharers` are
 * kernels on other threads that will work on the same rows, where threads can share memory.
 */
export function openKernel(
  matrix: Matrix,
  metric: Metric,
  k: number,
  precision: Precision,
  sharers = 0,
): SimilarityKernel | undefined {
  const margin = precision === "int16" ? WIDE_MARGIN : MARGIN;
  return SimilarityKernel.open(matrix, metric, Math.min(k + margin, matrix.rows - 1), precision, sharers);
}

/**
 * As `nearestNeighbours`, many times faster where the browser has WebAssembly's SIMD instructions: candidates are found with whole
 * numbers of 16 bits, the best of them in double precision.
 */
export async function fastNearestNeighbours(
  matrix: Matrix,
  k: number,
  metric: Metric,
  step?: Step,
): Promise<NearestNeighbours> {
  const wanted = Math.max(0, Math.min(k, matrix.rows - 1));
  const kernel = wanted > 0 ? openKernel(matrix, metric, wanted, "int16") : undefined;
  if (!kernel) return nearestNeighbours(matrix, k, metric, step);
  await compareAll(kernel, step);
  return settleCandidates(matrix, metric, wanted, [kernel.candidates()], kernel.keyError, step);
}

/**
 * The exact neighbours from candidates of one or several kernels of 16 bits that have together compared all rows. Where the bits
 * cannot tell which rows are nearest, these are searched again: row by row, or with float32 when they are many.
 */
export async function settleCandidates(
  matrix: Matrix,
  metric: Metric,
  k: number,
  sets: readonly Candidates[],
  keyError: number,
  step?: Step,
): Promise<NearestNeighbours> {
  const candidates = mergeCandidates(sets);
  const rest = step && ((share: number) => step(COMPARISON_SHARE + (1 - COMPARISON_SHARE) * share));
  const open = openRows(candidates, matrix.rows, k, 2 * keyError);
  if (open.length * COST_OF_ROW > matrix.rows) return byFloats(matrix, k, metric, rest);
  const near = await refineCandidates(matrix, metric, k, candidates, 2 * keyError, rest);
  if (open.length === 0) return near;
  const again = await neighboursOf(matrix, open, k, metric, () => rest?.(1));
  open.forEach((row, list) => {
    near.indices.set(again.indices.subarray(list * k, (list + 1) * k), row * k);
    near.similarities.set(again.similarities.subarray(list * k, (list + 1) * k), row * k);
  });
  return near;
}

/** Rows of which one that was not kept may be nearer than the `k`-th: their keys are within `slack`. */
function openRows({ kept, keys }: Candidates, rows: number, k: number, slack: number): Uint32Array {
  const open: number[] = [];
  if (kept >= rows - 1) return Uint32Array.from(open);
  for (let row = 0; row < rows; row++)
    if (keys[row * kept + k - 1] - keys[(row + 1) * kept - 1] <= slack) open.push(row);
  return Uint32Array.from(open);
}

async function byFloats(matrix: Matrix, k: number, metric: Metric, step?: Step): Promise<NearestNeighbours> {
  const kernel = openKernel(matrix, metric, k, "float32");
  if (!kernel) return nearestNeighbours(matrix, k, metric, step);
  await compareAll(kernel, step);
  return refineCandidates(matrix, metric, k, kernel.candidates(), Number.POSITIVE_INFINITY, () => step?.(1));
}

async function compareAll(kernel: SimilarityKernel, step?: Step): Promise<void> {
  for (let stripe = 0; stripe < kernel.stripes; stripe++) {
    kernel.compareStripe(stripe);
    const waiting = step?.(COMPARISON_SHARE * stripeShare(stripe, kernel.stripes));
    if (waiting) await waiting;
  }
}

/** Share of all pairs that are compared after a stripe: the rows still to compare with shrink. */
export function stripeShare(stripe: number, stripes: number): number {
  return 1 - ((stripes - stripe - 1) / stripes) ** 2;
}
