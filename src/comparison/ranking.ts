import { NamedError } from "../core/errors";
import { type Matrix, matrixFromRows, row } from "../core/matrix";
import { similarityBlocks } from "../core/similarity-rows";
import type { Metric } from "../core/space";
import { TopK } from "../core/top-k";
import { cosineFromDot, euclidean, isFiniteVector, norm } from "../core/vectors";
import type { Neighbour } from "./types";

/** A matrix made ready for questions: with the length of each row, NaN where a row holds a number that is not finite. */
export interface HeldMatrix {
  readonly matrix: Matrix;
  readonly norms: Float64Array;
}

/** Measures a matrix's rows once, so that questions need not. */
export function holdMatrix(matrix: Matrix): HeldMatrix {
  const norms = Float64Array.from({ length: matrix.rows }, (_, i) => {
    const length = norm(row(matrix, i));
    return Number.isFinite(length) ? length : Number.NaN;
  });
  return { matrix, norms };
}

/** What a ranking counts: meanings as in `NeighboursOptions`. */
export interface RankingOptions {
  readonly k: number;
  readonly metric: Metric;
  readonly exclude?: readonly number[];
  readonly among?: readonly number[];
}

/**
 * The `k` rows most similar to the query, best first, ties in row order; O(n d), exact. A zero vector has similarity 0
 * under "cosine"; a row that holds a number that is not finite is left out. Throws `InvalidVectors` for a query of
 * another dimension or with such a number, and `UnknownItem` for a row in `among` that does not exist.
 */
export function rankRows(
  { matrix, norms }: HeldMatrix,
  query: Float32Array,
  options: RankingOptions,
): Neighbour[] {
  const { rows } = matrix;
  checkQuery(matrix, query);
  const excluded = new Set(options.exclude);
  const similarity = similarityTo(matrix, norms, query, options.metric);
  const top = new TopK(Math.max(0, Math.min(Math.floor(options.k), rows)));
  const consider = (index: number) => {
    if (!Number.isNaN(norms[index]) && !excluded.has(index)) top.offer(index, similarity(index));
  };
  if (options.among) {
    for (const index of new Set(options.among)) {
      checkRow(matrix, index);
      consider(index);
    }
  } else for (let index = 0; index < rows; index++) consider(index);
  return top.sorted();
}

/**
 * The similarity of every row to the query, in the order of the rows; NaN for a row that holds a number that is not
 * finite. O(n d). Throws as `rankRows` does.
 */
export function likenessOfRows(
  { matrix, norms }: HeldMatrix,
  query: Float32Array,
  metric: Metric,
): Float32Array {
  checkQuery(matrix, query);
  const similarity = similarityTo(matrix, norms, query, metric);
  return Float32Array.from(norms, (length, index) => (Number.isNaN(length) ? Number.NaN : similarity(index)));
}

function checkQuery({ dimension }: Matrix, query: Float32Array): void {
  if (query.length !== dimension) {
    throw new NamedError(
      "InvalidVectors",
      `The query has ${query.length} numbers, the space has ${dimension}.`,
    );
  }
  if (!isFiniteVector(query)) {
    throw new NamedError("InvalidVectors", "The query holds a number that is not finite.");
  }
}

/**
 * Similarities of all pairs of the given rows, `rows.length²`, row-major, exactly symmetric. Throws `UnknownItem` for a row
 * that does not exist and `InvalidVectors` for one that holds a number that is not finite.
 */
export function compareRows(
  { matrix, norms }: HeldMatrix,
  rows: readonly number[],
  metric: Metric,
): Float32Array {
  for (const index of rows) {
    checkRow(matrix, index);
    if (Number.isNaN(norms[index])) {
      throw new NamedError("InvalidVectors", `Vector ${index + 1} holds a number that is not finite.`);
    }
  }
  const chosen = matrixFromRows(
    rows.map((index) => row(matrix, index)),
    matrix.dimension,
  );
  return Float32Array.from(similarityBlocks(chosen, metric)(0, rows.length, 0, rows.length));
}

function checkRow(matrix: Matrix, index: number): void {
  if (Number.isInteger(index) && index >= 0 && index < matrix.rows) return;
  throw new NamedError("UnknownItem", `There is no vector ${index} among ${matrix.rows}.`);
}

function similarityTo(
  { data, dimension }: Matrix,
  norms: Float64Array,
  query: Float32Array,
  metric: Metric,
): (index: number) => number {
  // The query as doubles, in four running sums: measured half again as fast as one sum over float32 numbers.
  const wide = Float64Array.from(query);
  const whole = dimension - (dimension % 4);
  const product = (index: number) => {
    let at = index * dimension;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let t = 0;
    for (; t < whole; t += 4, at += 4) {
      a += wide[t] * data[at];
      b += wide[t + 1] * data[at + 1];
      c += wide[t + 2] * data[at + 2];
      d += wide[t + 3] * data[at + 3];
    }
    for (; t < dimension; t++, at++) a += wide[t] * data[at];
    return a + b + (c + d);
  };
  if (metric === "dot") return product;
  if (metric === "euclidean") {
    return (index) => 0 - euclidean(wide, data.subarray(index * dimension, (index + 1) * dimension));
  }
  const length = norm(query);
  return (index) => cosineFromDot(product(index), length, norms[index]);
}
