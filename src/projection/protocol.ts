import type { Matrix } from "../core/matrix";
import type {
  AxisPair,
  ProjectionDevice,
  ProjectionMethod,
  ProjectionOptions,
  ProjectionProgress,
  ProjectionResult,
  TrueNeighbour,
} from "./types";

/** One projection of the vectors that the worker holds; meanings as in `ProjectOptions`. */
export interface ProjectionJob {
  readonly options: ProjectionOptions;
  readonly start?: Float32Array;
  readonly keep?: boolean;
  readonly classes?: readonly (string | undefined)[];
  readonly pairs?: readonly AxisPair[];
  readonly device?: ProjectionDevice;
  /** Paused from the beginning. The default is false. */
  readonly isPaused?: boolean;
}

/** What the projection worker can be asked. */
export interface ProjectionMethods {
  /**
   * Takes rows over: the first ones, or with `known` those that follow the first `known` ones that are held; `expected` is how many
   * there will be in all. No job may run.
   */
  hold: {
    input: { added: Matrix; known: number; expected: number };
    output: undefined;
    progress: never;
  };
  /** Loads a method's code, and that of the one that stands in for it. */
  prepare: { input: { method: ProjectionMethod }; output: undefined; progress: never };
  /** Forgets all rows that are held but these, by increasing numbers. No job may run. */
  keep: { input: { rows: Uint32Array }; output: undefined; progress: never };
  project: { input: ProjectionJob; output: ProjectionResult; progress: ProjectionProgress };
  /** Holds the job that came last up, within some 30 ms of work, or lets it go on. */
  pause: { input: { isPaused: boolean }; output: undefined; progress: never };
  trueNeighbours: { input: { row: number }; output: readonly TrueNeighbour[]; progress: never };
  /** Answers once no job runs any more: a cancelled one has then let go. */
  settle: { input: undefined; output: undefined; progress: never };
}
