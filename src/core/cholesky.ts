import type { Matrix } from "./matrix";
import type { Step } from "./step";

/** Rows added to a covariance in one step: 64 × 384² / 2 products take about 4 ms. */
const BLOCK = 64;

/**
 * The covariance of rows about an origin for each, `dimension²` numbers, both halves filled: the mean of the products of the
 * columns. `originOf` gives the point that a row is taken from, or undefined where it does not count.
 */
export async function covariance(
  { data, rows, dimension }: Matrix,
  originOf: (row: number) => Float64Array | undefined,
  step?: Step,
): Promise<Float64Array> {
  const products = new Float64Array(dimension * dimension);
  const own = new Float64Array(dimension);
  let counted = 0;
  for (let i = 0; i < rows; i++) {
    const origin = originOf(i);
    if (!origin) continue;
    counted++;
    for (let t = 0; t < dimension; t++) own[t] = data[i * dimension + t] - origin[t];
    for (let s = 0; s < dimension; s++) {
      const value = own[s];
      if (value === 0) continue;
      for (let t = s, at = s * dimension + s; t < dimension; t++, at++) products[at] += value * own[t];
    }
    const waiting = i % BLOCK === 0 ? step?.(i / rows) : undefined;
    if (waiting) await waiting;
  }
  for (let s = 0; s < dimension; s++) {
    for (let t = s; t < dimension; t++) {
      products[s * dimension + t] /= Math.max(1, counted);
      products[t * dimension + s] = products[s * dimension + t];
    }
  }
  return products;
}

/**
 * Mixes the covariance of some rows with a ball of the same total variance, so that it can be inverted though rows are fewer
 * than columns (Ledoit & Wolf, 2004, "A well-conditioned estimator for large-dimensional covariance matrices", §2). The ball's
 * share is size / (size + rows): nearly nothing where rows are many, all where there are none.
 */
export function shrink(matrix: Float64Array, size: number, rows: number): Float64Array {
  const share = size / (size + rows);
  let trace = 0;
  for (let t = 0; t < size; t++) trace += matrix[t * size + t] / size;
  return matrix.map((value, at) => (1 - share) * value + (at % (size + 1) === 0 ? share * trace : 0));
}

/** The lower triangle L with L Lᵀ = A of a symmetric, positive definite matrix (Golub & Van Loan, algorithm 4.2.1), row-major. */
export function cholesky(a: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * size + j];
      for (let t = 0; t < j; t++) sum -= lower[i * size + t] * lower[j * size + t];
      lower[i * size + j] = i === j ? Math.sqrt(sum) : sum / lower[j * size + j];
    }
  }
  return lower;
}

/** Solves L y = x for a lower triangle, in place. */
export function solveLower(lower: Float64Array, size: number, x: Float64Array): Float64Array {
  for (let i = 0; i < size; i++) {
    let sum = x[i];
    for (let t = 0; t < i; t++) sum -= lower[i * size + t] * x[t];
    x[i] = sum / lower[i * size + i];
  }
  return x;
}

/** Solves Lᵀ y = x for a lower triangle, in place. */
export function solveUpper(lower: Float64Array, size: number, x: Float64Array): Float64Array {
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i];
    for (let t = i + 1; t < size; t++) sum -= lower[t * size + i] * x[t];
    x[i] = sum / lower[i * size + i];
  }
  return x;
}
