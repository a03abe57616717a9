import type { Matrix } from "../core/matrix";
import type { ProjectionOptions, ProjectionProgress, ProjectionResult } from "./types";

/** One projection, as the worker is asked for it. */
export interface ProjectionJob {
  readonly matrix: Matrix;
  readonly options: ProjectionOptions;
  /** `rows × dimensions` positions to start from; NaN rows are new items. */
  readonly start?: Float32Array;
}

/** What the projection worker can be asked. */
export interface ProjectionMethods {
  project: { input: ProjectionJob; output: ProjectionResult; progress: ProjectionProgress };
  /** Answers once no job runs any more: a cancelled one has then let go. */
  settle: { input: undefined; output: undefined; progress: never };
}
