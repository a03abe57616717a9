import type { Matrix } from "../core/matrix";
import type { Metric } from "../core/space";

export type ProjectionMethod = "umap" | "pca";

export interface ProjectionOptions {
  /** The default is "umap". */
  readonly method: ProjectionMethod;
  /** The default is 2. */
  readonly dimensions: 2 | 3;
  /** The default is the space's metric. PCA ignores it. */
  readonly metric: Metric;
  /** Same vectors, options, start and seed: same positions. The default is 42. */
  readonly seed: number;
  /** UMAP's n_neighbors: how local the map is. The default is 15; clipped to the number of items less one. */
  readonly neighbours: number;
  /** UMAP's min_dist: how tightly points may pack. The default is 0.1. */
  readonly minDistance: number;
  /**
   * Rounds of UMAP's optimisation. The default is 500 up to 500 items, then fewer in proportion, down to 200 from 1,250
   * items on; 100 when going on from a start that places at least half of the items.
   */
  readonly epochs?: number;
}

export type ProjectionStage = "prepare" | "neighbours" | "layout" | "quality";

export interface ProjectionProgress {
  readonly stage: ProjectionStage;
  /** Share of the whole job that is done, in [0, 1]. */
  readonly fraction: number;
  /** `n × dimensions` positions so far, when the layout moved; placed as the result will be. Yours to keep. */
  readonly positions?: Float32Array;
}

export interface ProjectionResult {
  /** `n × dimensions`, row-major, centred on the origin; root-mean-square radius 1 for any method. */
  readonly positions: Float32Array;
  /** The method that was really used, which may differ from the one asked for. */
  readonly method: ProjectionMethod;
  /** Why another method was used, as one sentence for people. */
  readonly note?: string;
  /** Venna & Kaski (2001), in [0, 1]; NaN where undefined (fewer than 4 items). */
  readonly trustworthiness: number;
  readonly continuity: number;
  /** Number of neighbours k that trustworthiness and continuity were computed with. */
  readonly qualityNeighbours: number;
  /** Share of variance per axis, PCA only. */
  readonly explained?: readonly number[];
  /** Time spent in each `ProjectionStage`, and `total`. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

export interface ProjectOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ProjectionProgress) => void;
  /** `n × dimensions` positions to start from; NaN rows are new items without a place yet. */
  readonly start?: Float32Array;
}

/** Lays vectors out in a worker. A second call cancels the first. */
export interface Projector {
  project(matrix: Matrix, options: ProjectionOptions, run?: ProjectOptions): Promise<ProjectionResult>;
  close(): void;
}
