import type { Matrix } from "../matrix";
import { type NearestNeighbours, nearestNeighbours } from "../nearest";
import type { Metric } from "../space";
import type { Step } from "../step";
import { SimilarityKernel } from "./kernel";
import { refineCandidates } from "./refine";

/**
 * Candidates kept beyond `k`. float32 may put near ties in another order than double precision; the exact order is restored
 * among the candidates, so a neighbour is missed only where more rows than this crowd within 10⁻⁶ of the last place.
 */
export const MARGIN = 4;

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
  sharers = 0,
): SimilarityKernel | undefined {
  return SimilarityKernel.open(matrix, metric, Math.min(k + MARGIN, matrix.rows - 1), sharers);
}

/**
 * As `nearestNeighbours`, some nine times faster where the browser has WebAssembly's SIMD instructions: candidates are
 * found in float32, the best of them in double precision.
 */
export async function fastNearestNeighbours(
  matrix: Matrix,
  k: number,
  metric: Metric,
  step?: Step,
): Promise<NearestNeighbours> {
  const wanted = Math.max(0, Math.min(k, matrix.rows - 1));
  const kernel = wanted > 0 ? openKernel(matrix, metric, wanted) : undefined;
  if (!kernel) return nearestNeighbours(matrix, k, metric, step);
  for (let stripe = 0; stripe < kernel.stripes; stripe++) {
    kernel.compareStripe(stripe);
    const waiting = step?.(COMPARISON_SHARE * stripeShare(stripe, kernel.stripes));
    if (waiting) await waiting;
  }
  const rest = step && ((share: number) => step(COMPARISON_SHARE + (1 - COMPARISON_SHARE) * share));
  return refineCandidates(matrix, metric, wanted, [kernel.candidates()], rest);
}

/** Share of all pairs that are compared after a stripe: the rows still to compare with shrink. */
export function stripeShare(stripe: number, stripes: number): number {
  return 1 - ((stripes - stripe - 1) / stripes) ** 2;
}
