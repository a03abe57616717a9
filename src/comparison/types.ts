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

/** A map whose regions are asked for, and what its points say. */
export interface RegionsQuestion {
  /** Names the matrix whose vectors tell which items are typical. */
  readonly key: string;
  /** `n × dimensions` */
  readonly positions: Float32Array;
  readonly dimensions: 2 | 3;
  /** The points that names are made from: all of a map, or a fair part of a large one. */
  readonly looked: Uint32Array;
  /** For each of them its row in the matrix. */
  readonly rows: Uint32Array;
  /** For each of them its text, or terms that are not to be parted. */
  readonly documents: readonly (string | readonly string[])[];
  /** For each of them what it is called. */
  readonly labels: readonly string[];
}

/** One region of a map. */
export interface Region {
  readonly name: string;
  /** Points in it. */
  readonly size: number;
  /** Where it is densest, two or three numbers. */
  readonly centre: readonly number[];
}

/** The regions of a map, the largest first. */
export interface Regions {
  /** The number of every point's region; −1 outside of all. */
  readonly of: Int32Array;
  readonly regions: readonly Region[];
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
  /** The similarity of every row to `query`, in the order of the rows; NaN for a row with a number that is not finite. */
  likeness(key: string, query: Float32Array, metric: Metric, signal?: AbortSignal): Promise<Float32Array>;
  /** Finds the regions where a map is crowded, and names them. */
  regions(question: RegionsQuestion, signal?: AbortSignal): Promise<Regions>;
  forget(key: string): void;
  close(): void;
}
