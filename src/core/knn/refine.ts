import type { Matrix } from "../matrix";
import type { NearestNeighbours } from "../nearest";
import type { Metric } from "../space";
import type { Step } from "../step";
import { cosineFromDot } from "../vectors";
import type { Candidates } from "./kernel";

/** Rows after which others may have a turn: 64 × 20 products of 384 numbers take about a millisecond. */
const BLOCK = 64;

/**
 * The `k` best of each row's candidates by their similarities in double precision, best first, ties in row order. Candidates
 * whose key is more than `slack` below that of the `k`-th are not looked at: ∞ looks at all. Every row must have at least `k` candidates.
 */
export async function refineCandidates(
  matrix: Matrix,
  metric: Metric,
  k: number,
  { kept, keys, ids }: Candidates,
  slack: number,
  step?: Step,
): Promise<NearestNeighbours> {
  const { rows } = matrix;
  const indices = new Uint32Array(rows * k);
  const similarities = new Float64Array(rows * k);
  const exact = pairSimilarity(matrix, metric);
  for (let i = 0; i < rows; i++) {
    const first = i * k;
    const least = Math.max(keys[i * kept + k - 1] - slack, -Number.MAX_VALUE);
    let count = 0;
    for (let from = i * kept; from < (i + 1) * kept && keys[from] >= least; from++) {
      const id = ids[from];
      const value = exact(i, id);
      // Insertion: candidates come almost in order, so that few are moved.
      let at = first + Math.min(count, k);
      while (at > first && isBefore(value, id, similarities[at - 1], indices[at - 1])) at--;
      if (at === first + k) continue;
      const last = first + Math.min(count, k - 1);
      similarities.copyWithin(at + 1, at, last);
      indices.copyWithin(at + 1, at, last);
      similarities[at] = value;
      indices[at] = id;
      count++;
    }
    if (i % BLOCK === 0) {
      const waiting = step?.(i / rows);
      if (waiting) await waiting;
    }
  }
  return { rows, k, indices, similarities };
}

function isBefore(value: number, id: number, otherValue: number, otherId: number): boolean {
  return value > otherValue || (value === otherValue && id < otherId);
}

/** Similarity of two rows, in four running sums: measured nearly twice as fast as one sum. */
function pairSimilarity({ data, rows, dimension }: Matrix, metric: Metric): (i: number, j: number) => number {
  const whole = dimension - (dimension % 4);
  const product = (i: number, j: number) => {
    let p = i * dimension;
    let q = j * dimension;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let t = 0;
    for (; t < whole; t += 4, p += 4, q += 4) {
      a += data[p] * data[q];
      b += data[p + 1] * data[q + 1];
      c += data[p + 2] * data[q + 2];
      d += data[p + 3] * data[q + 3];
    }
    for (; t < dimension; t++, p++, q++) a += data[p] * data[q];
    return a + b + (c + d);
  };
  if (metric === "dot") return product;
  if (metric === "cosine") {
    const norms = Float64Array.from({ length: rows }, (_, i) => Math.sqrt(product(i, i)));
    return (i, j) => cosineFromDot(product(i, j), norms[i], norms[j]);
  }
  return (i, j) => {
    let sum = 0;
    for (let t = 0, p = i * dimension, q = j * dimension; t < dimension; t++, p++, q++)
      sum += (data[p] - data[q]) ** 2;
    return 0 - Math.sqrt(sum);
  };
}
