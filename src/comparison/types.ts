import type { Matrix } from "../core/matrix";
import type { Metric } from "../core/space";

export interface Neighbour {
  /** Row in the matrix. */
  readonly index: number;
  /** Larger is nearer: cosine, dot product, or minus the Euclidean distance. */
  readonly similarity: number;
}

export interface NeighboursOptions {
  readonly k: number;
  readonly metric: Metric;
  /** Rows that do not count, such as the query's own. */
  readonly exclude?: readonly number[];
  /** Only these rows count. The default is all. */
  readonly among?: readonly number[];
  readonly signal?: AbortSignal;
}

/** Ranks in the space, never on the map. Works in a worker; brute force, exact. */
export interface Comparator {
  /**
   * Makes a matrix known under a key. A call with the same key and version sends nothing again, so callers may
   * call it before every query.
   */
  hold(key: string, version: number, matrix: Matrix): void;
  /** The `k` rows most similar to `query`, best first; ties in row order. */
  neighbours(key: string, query: Float32Array, options: NeighboursOptions): Promise<Neighbour[]>;
  /** All pairs of the given rows: `rows.length²` similarities, row-major. */
  similarities(key: string, rows: readonly number[], metric: Metric): Promise<Float32Array>;
  forget(key: string): void;
  close(): void;
}
