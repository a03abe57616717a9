import type { Matrix } from "../core/matrix";
import type { Metric } from "../core/space";
import type { ProjectionMethod } from "./methods/catalogue";

export type { ProjectionMethod };

/**
 * Where neighbours are searched for. "auto": a real GPU where it is worth it. "webgpu": any adapter that there is, even one in
 * software. "wasm": the processor.
 */
export type ProjectionDevice = "auto" | "webgpu" | "wasm";

/** Who found the neighbours: a GPU, or the processor. */
export type NeighboursBy = "webgpu" | "wasm";

export interface ProjectionOptions {
  /** The default is "umap". */
  readonly method: ProjectionMethod;
  /** The default is 2. */
  readonly dimensions: 2 | 3;
  /** The default is the space's metric. PCA, LDA and axes ignore it, except for quality. */
  readonly metric: Metric;
  /** Same vectors, options, start and seed: same positions. The default is 42. */
  readonly seed: number;
  /** UMAP's n_neighbors: how local the map is. The default is 15; clipped to the number of items less one. */
  readonly neighbours: number;
  /** UMAP's min_dist: how tightly points may pack. The default is 0.1. */
  readonly minDistance: number;
  /**
   * Rounds of the optimisation of UMAP and t-SNE. The default is 500 up to 10,000 items and 200 above for UMAP, 750 for t-SNE;
   * 100 for UMAP when going on from a start that places at least half of the items.
   */
  readonly epochs?: number;
  /** PCA: which components are the axes, from 0, one for each dimension. The default is the first ones. */
  readonly components?: readonly number[];
  /** t-SNE: about how many neighbours a point has. The default is 30; clipped to a third of the items. */
  readonly perplexity?: number;
  /**
   * Evens the space out before anything else, so that no direction varies more than another (whitening). The default is
   * false. Quality is measured in the space as it was.
   */
  readonly spherize?: boolean;
  /** Axes: takes from each axis what it shares with those before it. The default is false. */
  readonly orthogonal?: boolean;
}

/** A direction in the space: from the vector of one item (small) to that of another (large). */
export interface AxisPair {
  readonly from: Float32Array;
  readonly to: Float32Array;
}

export type ProjectionStage = "prepare" | "neighbours" | "layout" | "quality";

export interface ProjectionProgress {
  readonly stage: ProjectionStage;
  /** Share of the whole job that is done, in [0, 1]. */
  readonly fraction: number;
  /**
   * `n × dimensions` positions so far, when the layout moved; placed as the result will be. Yours to keep: they were moved here, not
   * copied. Those that come with the stage "quality" are the result's.
   */
  readonly positions?: Float32Array;
}

export interface ProjectionResult {
  /**
   * `n × dimensions`, row-major, centred on the origin; root-mean-square radius 1 for any method. With `keep`, those of the start
   * are the start's own numbers.
   */
  readonly positions: Float32Array;
  /** The method that was really used, which may differ from the one asked for. */
  readonly method: ProjectionMethod;
  /** Who found the neighbours; absent where none were searched for. */
  readonly neighboursBy?: NeighboursBy;
  /** Why another method or device was used, as sentences for people. */
  readonly note?: string;
  /** Items that were placed on the map that stood, when no new layout was made (`keep`). */
  readonly placed?: number;
  /** Venna & Kaski (2001), in [0, 1]; NaN where undefined (fewer than 4 items). */
  readonly trustworthiness: number;
  readonly continuity: number;
  /** Share of the items' neighbours in the space that are among their neighbours on the map, in [0, 1]; NaN likewise. */
  readonly preservation: number;
  /** Number of neighbours k that they were computed with: 15, or the root of the number of items where that is less. */
  readonly qualityNeighbours: number;
  /** Trustworthiness and continuity are within this of the truth with 95 % probability; 0 up to 2,000 items. */
  readonly qualityError: number;
  /** How many items were measured, drawn at random; absent where all were, up to 100,000. */
  readonly qualityMeasured?: number;
  /**
   * How far to trust each item's place, in [0, 1]: 1 when its neighbours on the map are its neighbours in the space. Of an item that
   * was not measured, the mean of the five measured ones nearest to it on the map. Empty below 4 items.
   */
  readonly trust: Float32Array;
  /** As `qualityError`, of a single item's trust. */
  readonly trustError: number;
  /** Share of variance per axis: of all variance for PCA, of that between classes for LDA. */
  readonly explained?: readonly number[];
  /** Time spent in each `ProjectionStage`, and `total`. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** What the rows of a matrix stand for. */
export interface RowNames {
  readonly space: string;
  /** One for each row, no name twice. */
  readonly ids: readonly string[];
}

export interface ProjectOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ProjectionProgress) => void;
  /** `n × dimensions` positions to start from; NaN rows are new items without a place yet. */
  readonly start?: Float32Array;
  /**
   * Leaves items that have a place in `start` exactly there, and places only the others, when these are few (up to a tenth, or
   * up to 50 and half as many as stand) and the map was made by this method; else a whole layout is made. The default is false.
   */
  readonly keep?: boolean;
  /**
   * Whose vectors the rows are: a row of the same name, of the same space, is the same vector from one call to the next. After rows
   * were removed the others are then not sent again, and their neighbours not searched for again. The default is that
   * nothing is known of the rows.
   */
  readonly rows?: RowNames;
  /** Where neighbours are searched for. The default is "auto". */
  readonly device?: ProjectionDevice;
  /** The class of each item, for LDA; `undefined` where it has none. */
  readonly classes?: readonly (string | undefined)[];
  /** The directions of the axes, for "axes"; axes beyond the pairs are the components of most variance of what is left. */
  readonly pairs?: readonly AxisPair[];
}

/** A true neighbour of an item. */
export interface TrueNeighbour {
  /** Its row. */
  readonly index: number;
  /** In the space; larger is nearer. */
  readonly similarity: number;
  /** Its rank among the item's neighbours on the map, from 1. */
  readonly rank: number;
  /** True when it was torn away: it stands beyond three times as many neighbours on the map as were asked for. */
  readonly torn: boolean;
}

/** Lays vectors out in a worker. A second call cancels the first. */
export interface Projector {
  /**
   * Rejects with `InvalidVectors`, `ProjectionFailed`, `WorkerCrashed` or `Cancelled`. The rows are copied to the worker and
   * remembered there: rows that stand in the same memory at the next call are not sent again, so rows once handed over must
   * not be written to; rows may follow.
   */
  project(matrix: Matrix, options: ProjectionOptions, run?: ProjectOptions): Promise<ProjectionResult>;
  /** Starts the worker and loads a method's code ahead of the first `project`, so that it need not wait for them. */
  prepare(method: ProjectionMethod): void;
  /**
   * Holds the projection under way up, at any stage, within some 30 ms of its work; its promise stays open. Does nothing when none
   * is. A new call to `project` is never paused.
   */
  pause(): void;
  /** Lets a paused projection go on exactly where it stood. */
  resume(): void;
  /**
   * The nearest rows of a row in the space, as many as quality is measured with, and where they stand on the map of the last layout
   * that was finished. Rejects with `NotReady` when there is none, `UnknownItem` for a row that is not there.
   */
  trueNeighbours(row: number): Promise<readonly TrueNeighbour[]>;
  close(): void;
}
