import { gaussian, type Random } from "./random";
import type { Step } from "./step";
import { dot } from "./vectors";

/** Multiplies a symmetric, positive semi-definite matrix with `count` vectors stored one after the other. */
export type ApplyMatrix = (vectors: Float64Array, count: number, out: Float64Array) => void;

export interface Eigenpairs {
  /** Decreasing. */
  readonly values: Float64Array;
  /** One orthonormal vector after the other. */
  readonly vectors: Float64Array;
}

/** Vectors iterated beyond those asked for: they absorb near-equal eigenvalues, which else slow convergence. */
const OVERSAMPLING = 5;

/** Residual at which an eigenpair counts as found, relative to the largest eigenvalue: below float32's precision. */
const TOLERANCE = 1e-8;

/** Stops hopeless cases (thousands of equal eigenvalues); real vectors take 10 to 60 rounds. */
const MAX_ROUNDS = 400;

/** A vector that loses this much of its length to orthogonalisation is rounding noise. */
const DEPENDENT = 1e-10;

/**
 * The `count` largest eigenpairs of a symmetric, positive semi-definite `size × size` matrix that is known only by
 * its products: the locally optimal block conjugate gradient method without preconditioner (Knyazev, 2001, "Toward
 * the optimal preconditioned eigensolver", algorithm 5.1), with a fully orthonormalised basis. Equal eigenvalues
 * are found as often as they occur. `count` is clipped to `size`.
 */
export async function largestEigenpairs(
  apply: ApplyMatrix,
  size: number,
  count: number,
  random: Random,
  step?: Step,
): Promise<Eigenpairs> {
  const wanted = Math.min(count, size);
  const block = Math.min(size, wanted + OVERSAMPLING);
  const basis = new Float64Array(3 * block * size);
  const product = new Float64Array(3 * block * size);
  for (let i = 0; i < block * size; i++) basis[i] = gaussian(random);
  let width = orthonormalise(basis, size, block);
  let values = new Float64Array(wanted);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    apply(basis, width, product);
    const small = rayleighQuotient(basis, product, size, width);
    const { values: ritz, vectors: weights } = jacobiEigenpairs(small, width);
    values = ritz.slice(0, wanted);
    const found = combine(basis, weights, size, width, block, 0);
    const image = combine(product, weights, size, width, block, 0);
    // The part of the new vectors that lies outside the former ones: the direction the search is moving in.
    const direction = combine(basis, weights, size, width, block, Math.min(block, width));
    const residual = subtractScaled(image, found, ritz, size, block);
    const done = largestNorm(residual, size, wanted) <= TOLERANCE * ritz[0];
    basis.set(found, 0);
    if (done || width === size) break;
    basis.set(residual, block * size);
    basis.set(direction, 2 * block * size);
    width = orthonormalise(basis, size, round === 0 ? 2 * block : 3 * block);
    // Nothing new to search in: the basis is invariant.
    if (width === block) break;
    const waiting = step?.(round / MAX_ROUNDS);
    if (waiting) await waiting;
  }
  return { values: values.map((value) => Math.max(0, value)), vectors: basis.slice(0, wanted * size) };
}

/**
 * All eigenpairs of a small symmetric matrix (row-major, `size²` numbers), largest first: the cyclic Jacobi method
 * (Golub & Van Loan, Matrix Computations, §8.5). Row i of `vectors` belongs to value i.
 */
export function jacobiEigenpairs(matrix: Float64Array, size: number): Eigenpairs {
  const a = matrix.slice();
  const v = new Float64Array(size * size);
  for (let i = 0; i < size; i++) v[i * size + i] = 1;
  // Convergence is quadratic; matrices of 24 rows need about 8 sweeps.
  for (let sweep = 0; sweep < 50; sweep++) {
    let off = 0;
    let diagonal = 0;
    for (let i = 0; i < size; i++) {
      diagonal += a[i * size + i] ** 2;
      for (let j = i + 1; j < size; j++) off += a[i * size + j] ** 2;
    }
    if (off <= 1e-30 * diagonal) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, v, size, p, q);
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => a[j * size + j] - a[i * size + i]);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    vectors.set(v.subarray(from * size, (from + 1) * size), to * size);
  });
  return { values: Float64Array.from(order, (i) => a[i * size + i]), vectors };
}

/** One Jacobi rotation that zeroes entry (p, q). Rows of `v` turn along. */
function rotate(a: Float64Array, v: Float64Array, size: number, p: number, q: number): void {
  const apq = a[p * size + q];
  if (apq === 0) return;
  const theta = (a[q * size + q] - a[p * size + p]) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < size; k++) {
    const akp = a[k * size + p];
    const akq = a[k * size + q];
    a[k * size + p] = c * akp - s * akq;
    a[k * size + q] = s * akp + c * akq;
  }
  for (let k = 0; k < size; k++) {
    const apk = a[p * size + k];
    const aqk = a[q * size + k];
    a[p * size + k] = c * apk - s * aqk;
    a[q * size + k] = s * apk + c * aqk;
    const vp = v[p * size + k];
    const vq = v[q * size + k];
    v[p * size + k] = c * vp - s * vq;
    v[q * size + k] = s * vp + c * vq;
  }
}

/** Gram–Schmidt, twice over, in place; dependent vectors are dropped and the rest moves up. Returns how many stay. */
function orthonormalise(vectors: Float64Array, size: number, count: number): number {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const vector = vectors.subarray(i * size, (i + 1) * size);
    const before = Math.sqrt(dot(vector, vector));
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < kept; j++) {
        const other = vectors.subarray(j * size, (j + 1) * size);
        const share = dot(vector, other);
        for (let t = 0; t < size; t++) vector[t] -= share * other[t];
      }
    }
    const after = Math.sqrt(dot(vector, vector));
    if (!(after > DEPENDENT * before)) continue;
    const target = vectors.subarray(kept * size, (kept + 1) * size);
    for (let t = 0; t < size; t++) target[t] = vector[t] / after;
    kept++;
  }
  return kept;
}

/** The matrix as the basis sees it, made exactly symmetric. */
function rayleighQuotient(
  basis: Float64Array,
  product: Float64Array,
  size: number,
  width: number,
): Float64Array {
  const small = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    const vector = basis.subarray(i * size, (i + 1) * size);
    for (let j = 0; j <= i; j++) {
      const value = dot(vector, product.subarray(j * size, (j + 1) * size));
      small[i * width + j] = value;
      small[j * width + i] = value;
    }
  }
  return small;
}

/** The first `count` weighted sums of the basis vectors from `skip` on. */
function combine(
  vectors: Float64Array,
  weights: Float64Array,
  size: number,
  width: number,
  count: number,
  skip: number,
): Float64Array {
  const sums = new Float64Array(count * size);
  for (let i = 0; i < count; i++) {
    const sum = sums.subarray(i * size, (i + 1) * size);
    for (let j = skip; j < width; j++) {
      const weight = weights[i * width + j];
      const vector = vectors.subarray(j * size, (j + 1) * size);
      for (let t = 0; t < size; t++) sum[t] += weight * vector[t];
    }
  }
  return sums;
}

function subtractScaled(
  image: Float64Array,
  found: Float64Array,
  values: Float64Array,
  size: number,
  count: number,
): Float64Array {
  return image.map((value, at) =>
    at < count * size ? value - values[Math.floor(at / size)] * found[at] : 0,
  );
}

function largestNorm(vectors: Float64Array, size: number, count: number): number {
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const vector = vectors.subarray(i * size, (i + 1) * size);
    largest = Math.max(largest, Math.sqrt(dot(vector, vector)));
  }
  return largest;
}
