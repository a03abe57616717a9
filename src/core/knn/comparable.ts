import type { Matrix } from "../matrix";
import { columnMeans } from "../pca";
import type { Metric } from "../space";

/**
 * Rows changed so that larger dot products, less a penalty of the other row, mean nearer rows, under any metric. None is longer than 1.
 */
export interface ComparableRows {
  /** Copies the changed row to `to` from `at` on. */
  write(row: number, to: Float32Array | Float64Array, at: number): void;
  /** False when float32 cannot tell the rows apart well enough: their lengths differ too much. */
  readonly isPrecise: boolean;
  /** True when rows are ranked by their products less half their squared lengths: the Euclidean distance. */
  readonly hasPenalties: boolean;
}

/** Lengths up to this many times the middle length leave float32 four digits for the others. */
const WIDEST_RANGE = 1000;

/**
 * Prepares rows for comparison in float32. "cosine": divided by their length, zero rows stay zero. "dot": divided by the
 * greatest length. "euclidean": taken from their mean, then divided by the greatest length; |a − b|² = |a|² + |b|² − 2 a·b,
 * so that b is nearer to a the larger a·b − |b|² / 2 is.
 */
export function comparableRows(matrix: Matrix, metric: Metric): ComparableRows {
  const { data, dimension } = matrix;
  const origin = new Float64Array(dimension);
  const centre = metric === "euclidean" ? columnMeans(matrix) : origin;
  const lengths = lengthsFrom(matrix, origin);
  const centred = metric === "euclidean" ? lengthsFrom(matrix, centre) : lengths;
  const greatest = largest(centred);
  return {
    isPrecise: metric === "cosine" || largest(lengths) <= WIDEST_RANGE * middle(lengths),
    hasPenalties: metric === "euclidean",
    write(row, to, at) {
      const length = metric === "cosine" ? lengths[row] : greatest;
      const scale = length > 0 ? 1 / length : 0;
      for (let t = 0, from = row * dimension; t < dimension; t++, from++)
        to[at + t] = (data[from] - centre[t]) * scale;
    },
  };
}

/** Distance of each row from a point. */
function lengthsFrom({ data, rows, dimension }: Matrix, point: Float64Array): Float64Array {
  const lengths = new Float64Array(rows);
  for (let i = 0, at = 0; i < rows; i++) {
    let sum = 0;
    for (let t = 0; t < dimension; t++, at++) sum += (data[at] - point[t]) ** 2;
    lengths[i] = Math.sqrt(sum);
  }
  return lengths;
}

function largest(lengths: Float64Array): number {
  let found = 0;
  for (const length of lengths) found = Math.max(found, length);
  return found;
}

/** The middle of the lengths that are not 0; 0 when all are. */
function middle(lengths: Float64Array): number {
  const sorted = lengths.filter((length) => length > 0).sort();
  return sorted[sorted.length >> 1] ?? 0;
}
