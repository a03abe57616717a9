import { dotProducts } from "./dot-products";
import { type ApplyMatrix, type Eigenpairs, largestEigenpairs } from "./eigen";
import type { Matrix } from "./matrix";
import { seededRandom } from "./random";
import type { Step } from "./step";

/** The first principal components of a matrix's rows. */
export interface PrincipalComponents {
  /** `rows × count` coordinates on the components, row-major; columns beyond the rank are 0. */
  readonly scores: Float64Array;
  /** Share of the total variance per component, in [0, 1], decreasing; all 0 when the rows are equal. */
  readonly explained: number[];
  /** How a vector gets its coordinates: (x − origin) · axis. Axes are of length 1, or 0 beyond the rank. */
  readonly linear: { readonly origin: Float64Array; readonly axes: Float64Array };
}

/**
 * Up to this many rows or columns (whichever are fewer) the matrix of their products is formed: 8 MiB, and cheaper
 * than some 30 passes over the vectors. Beyond it the vectors themselves are multiplied in every round.
 */
const LARGEST_FORMED = 1024;

/** Rows per side of a tile of products: about a millisecond's work, after which others may have a turn. */
const TILE = 32;

/** Share of a component's largest possible length below which it is rounding noise of a lower rank. */
const NOISE = 1e-7;

/**
 * Principal component analysis (Pearson, 1901) of the centred rows, exact to float32's precision: the largest
 * eigenvectors of the covariance of the columns, or of the products of the rows when those are fewer
 * (Turk & Pentland, 1991, §2.2).
 *
 * A component's sign is arbitrary in principle; here the score farthest from 0 is positive, the first such row
 * deciding ties, so that the same vectors always give the same picture.
 */
export async function principalComponents(
  matrix: Matrix,
  count: number,
  step?: Step,
): Promise<PrincipalComponents> {
  const { rows } = matrix;
  const scores = new Float64Array(rows * count);
  const explained = new Array<number>(count).fill(0);
  const origin = columnMeans(matrix);
  const axes = new Float64Array(count * matrix.dimension);
  const linear = { origin, axes };
  const centred = centre(matrix, origin);
  const total = sumOfSquares(centred.data);
  if (rows < 2 || total === 0) return { scores, explained, linear };

  const byRows = rows < matrix.dimension;
  const size = Math.min(rows, matrix.dimension);
  const apply =
    size <= LARGEST_FORMED
      ? multiplyFormed(await formProducts(byRows ? centred : transpose(centred), step), size)
      : multiplyTwice(centred, byRows);
  // The start only steers convergence, not the result: any fixed seed will do.
  const pairs = await largestEigenpairs(
    apply,
    size,
    count,
    seededRandom(1),
    step && ((f) => step(0.5 + f / 2)),
  );
  for (let c = 0; c < pairs.values.length; c++) {
    const value = pairs.values[c];
    if (Math.sqrt(value) <= NOISE * Math.sqrt(total)) continue;
    explained[c] = Math.min(1, value / total);
    writeScores(scores, count, c, centred, pairs, byRows);
    writeAxis(axes, c, scores, count, centred);
  }
  return { scores, explained, linear };
}

/** The mean of each column; zeros where there are no rows. */
export function columnMeans({ data, rows, dimension }: Matrix): Float64Array {
  const means = new Float64Array(dimension);
  for (let i = 0, at = 0; i < rows; i++) for (let t = 0; t < dimension; t++, at++) means[t] += data[at];
  for (let t = 0; t < dimension; t++) means[t] /= Math.max(1, rows);
  return means;
}

/** A copy whose columns have mean 0. */
function centre({ data, rows, dimension }: Matrix, mean: Float64Array): Matrix {
  const centred = new Float32Array(data.length);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let t = 0; t < dimension; t++, at++) centred[at] = data[at] - mean[t];
  }
  return { data: centred, rows, dimension };
}

function transpose({ data, rows, dimension }: Matrix): Matrix {
  const turned = new Float32Array(data.length);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let t = 0; t < dimension; t++, at++) turned[t * rows + i] = data[at];
  }
  return { data: turned, rows: dimension, dimension: rows };
}

function sumOfSquares(data: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i] * data[i];
  return sum;
}

/** Dot products of all pairs of rows, each computed once. */
async function formProducts(matrix: Matrix, step?: Step): Promise<Float64Array> {
  const size = matrix.rows;
  const products = new Float64Array(size * size);
  const tile = new Float64Array(TILE * TILE);
  for (let from = 0; from < size; from += TILE) {
    const to = Math.min(size, from + TILE);
    for (let first = from; first < size; first += TILE) {
      const last = Math.min(size, first + TILE);
      dotProducts(matrix, from, to, matrix, first, last, tile);
      for (let i = from, at = 0; i < to; i++) {
        for (let j = first; j < last; j++, at++) {
          products[i * size + j] = tile[at];
          products[j * size + i] = tile[at];
        }
      }
      const waiting = step?.(0.5 * (1 - ((size - from) / size) ** 2));
      if (waiting) await waiting;
    }
  }
  return products;
}

function multiplyFormed(products: Float64Array, size: number): ApplyMatrix {
  return (vectors, count, out) => {
    for (let i = 0; i < size; i++) {
      const row = products.subarray(i * size, (i + 1) * size);
      for (let c = 0; c < count; c++) {
        let sum = 0;
        for (let j = 0, at = c * size; j < size; j++, at++) sum += row[j] * vectors[at];
        out[c * size + i] = sum;
      }
    }
  };
}

/** Multiplies by the centred rows and then by their transpose (or the other way round), forming nothing. */
function multiplyTwice({ data, rows, dimension }: Matrix, byRows: boolean): ApplyMatrix {
  const across = (vector: Float64Array, out: Float64Array) => {
    for (let i = 0, at = 0; i < rows; i++) {
      let sum = 0;
      for (let t = 0; t < dimension; t++, at++) sum += data[at] * vector[t];
      out[i] = sum;
    }
  };
  const down = (vector: Float64Array, out: Float64Array) => {
    out.fill(0);
    for (let i = 0, at = 0; i < rows; i++) {
      const weight = vector[i];
      for (let t = 0; t < dimension; t++, at++) out[t] += data[at] * weight;
    }
  };
  const [first, second] = byRows ? [down, across] : [across, down];
  const size = byRows ? rows : dimension;
  const between = new Float64Array(byRows ? dimension : rows);
  return (vectors, count, out) => {
    for (let c = 0; c < count; c++) {
      first(vectors.subarray(c * size, (c + 1) * size), between);
      second(between, out.subarray(c * size, (c + 1) * size));
    }
  };
}

/** Fills column `c` of the scores and turns its sign by the convention. */
function writeScores(
  scores: Float64Array,
  count: number,
  c: number,
  { data, rows, dimension }: Matrix,
  { values, vectors }: Eigenpairs,
  byRows: boolean,
): void {
  const length = Math.sqrt(values[c]);
  let farthest = 0;
  for (let i = 0; i < rows; i++) {
    let score = 0;
    if (byRows) score = vectors[c * rows + i] * length;
    else for (let t = 0; t < dimension; t++) score += data[i * dimension + t] * vectors[c * dimension + t];
    scores[i * count + c] = score;
    if (Math.abs(score) > Math.abs(farthest)) farthest = score;
  }
  if (farthest < 0) for (let i = 0; i < rows; i++) scores[i * count + c] *= -1;
}

/** The direction along which the rows have their scores: Xᵀ s, brought to length 1. Its sign is that of the scores. */
function writeAxis(
  axes: Float64Array,
  c: number,
  scores: Float64Array,
  count: number,
  { data, rows, dimension }: Matrix,
): void {
  const axis = axes.subarray(c * dimension, (c + 1) * dimension);
  for (let i = 0, at = 0; i < rows; i++) {
    const score = scores[i * count + c];
    for (let t = 0; t < dimension; t++, at++) axis[t] += score * data[at];
  }
  let square = 0;
  for (const value of axis) square += value * value;
  if (square === 0) return;
  const length = Math.sqrt(square);
  for (let t = 0; t < dimension; t++) axis[t] /= length;
}
