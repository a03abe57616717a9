import { dotProducts } from "./dot-products";
import type { Matrix } from "./matrix";
import type { Metric } from "./space";
import { cosineFromDot } from "./vectors";

/**
 * Similarities of rows `from` … `to` − 1 of one matrix with rows `first` … `last` − 1 of another, row-major, as a view
 * into a buffer that the next call overwrites. Larger is nearer, whatever the metric.
 */
export type SimilarityBlock = (from: number, to: number, first: number, last: number) => Float64Array;

/**
 * Prepares blocks of similarities of the rows of `matrix` with those of `others`; the default of `others` is `matrix`
 * itself. Rows need not be normalised. Under "cosine" a zero row has similarity 0 to all. "euclidean" is minus the
 * distance, from |a|² + |b|² − 2 a·b: products of float32 numbers are exact in double precision, so identical rows
 * are at 0 exactly, and others within 1e-7 of their length.
 */
export function similarityBlocks(matrix: Matrix, metric: Metric, others = matrix): SimilarityBlock {
  const squares = squaredNorms(matrix);
  const otherSquares = others === matrix ? squares : squaredNorms(others);
  const norms = squares.map(Math.sqrt);
  const otherNorms = others === matrix ? norms : otherSquares.map(Math.sqrt);
  let buffer = new Float64Array(0);
  return (from, to, first, last) => {
    const size = (to - from) * (last - first);
    if (buffer.length < size) buffer = new Float64Array(size);
    dotProducts(matrix, from, to, others, first, last, buffer);
    if (metric === "cosine") {
      for (let i = from, at = 0; i < to; i++) {
        for (let j = first; j < last; j++, at++)
          buffer[at] = cosineFromDot(buffer[at], norms[i], otherNorms[j]);
      }
    } else if (metric === "euclidean") {
      for (let i = from, at = 0; i < to; i++) {
        for (let j = first; j < last; j++, at++) {
          buffer[at] = 0 - Math.sqrt(Math.max(0, squares[i] + otherSquares[j] - 2 * buffer[at]));
        }
      }
    }
    return buffer.subarray(0, size);
  };
}

/** Sums in the order of the coordinates, as `dotProducts` does, so that a row is at distance 0 from its copy. */
function squaredNorms({ data, rows, dimension }: Matrix): Float64Array {
  const squares = new Float64Array(rows);
  for (let i = 0, at = 0; i < rows; i++) {
    let sum = 0;
    for (const end = at + dimension; at < end; at++) sum += data[at] * data[at];
    squares[i] = sum;
  }
  return squares;
}
