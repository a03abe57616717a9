import type { NearestNeighbours } from "../nearest";
import type { Metric } from "../space";
import { neighbourDistances } from "../umap/neighbour-distances";

/** Who attracts each point, and how strongly: compressed rows. */
export interface Affinities {
  readonly offsets: Int32Array;
  readonly others: Int32Array;
  /** Symmetric, all together 1. */
  readonly weights: Float64Array;
}

/** Rounds of the bisection for a point's precision, and how near to the wanted entropy it must come; scikit-learn's. */
const ROUNDS = 100;
const TOLERANCE = 1e-5;

/**
 * t-SNE's joint probabilities over nearest neighbours (van der Maaten & Hinton, 2008, §3.1; 2014, §4.1): each row's are a Gaussian
 * of the distance with the given perplexity, and the two ends of a pair share evenly. The usual number of neighbours is three
 * times the perplexity.
 */
export function affinities(near: NearestNeighbours, metric: Metric, perplexity: number): Affinities {
  const { rows, k, indices } = near;
  const distances = neighbourDistances(near, metric);
  const conditional = new Float64Array(rows * k);
  for (let i = 0; i < rows; i++)
    writeConditional(distances.subarray(i * k, (i + 1) * k), Math.log(perplexity), conditional, i * k);

  const offsets = new Int32Array(rows + 1);
  for (let at = 0; at < indices.length; at++) {
    offsets[indices[at] + 1]++;
    offsets[Math.floor(at / k) + 1]++;
  }
  for (let i = 0; i < rows; i++) offsets[i + 1] += offsets[i];
  const next = offsets.slice();
  const others = new Int32Array(2 * rows * k);
  const weights = new Float64Array(2 * rows * k);
  // A pair that is near both ways stands twice in each row, with half its weight each time, which sums to the same.
  for (let at = 0; at < indices.length; at++) {
    const i = Math.floor(at / k);
    const j = indices[at];
    const weight = conditional[at] / (2 * rows);
    others[next[i]] = j;
    weights[next[i]++] = weight;
    others[next[j]] = i;
    weights[next[j]++] = weight;
  }
  return { offsets, others, weights };
}

/** Bisection for the precision at which exp(−β d²) has the wanted entropy (its logarithm's base does not matter). */
function writeConditional(distances: Float64Array, entropy: number, out: Float64Array, first: number): void {
  // Only differences count, so that the nearest is at 0 and nothing underflows.
  const squares = distances.map((distance) => distance ** 2 - distances[0] ** 2);
  const mean = squares.reduce((sum, square) => sum + square, 0) / squares.length;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let beta = mean > 0 ? 1 / mean : 1;
  let total = 1;
  for (let round = 0; round < ROUNDS; round++) {
    total = 0;
    let weighted = 0;
    for (const square of squares) {
      const value = Math.exp(-beta * square);
      total += value;
      weighted += value * square;
    }
    const excess = Math.log(total) + (beta * weighted) / total - entropy;
    if (Math.abs(excess) < TOLERANCE) break;
    if (excess > 0) low = beta;
    else high = beta;
    beta = high === Number.POSITIVE_INFINITY ? beta * 2 : (low + high) / 2;
  }
  squares.forEach((square, at) => {
    out[first + at] = Math.exp(-beta * square) / total;
  });
}
