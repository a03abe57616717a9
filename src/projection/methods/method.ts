import type { Matrix } from "../../core/matrix";
import type { Step } from "../../core/step";
import type { Alignment } from "../frame";
import type { ProjectionOptions, ProjectionStage } from "../types";

/** What a method lays out. */
export interface LayoutInput {
  /** At least `leastItems` rows, every number finite, not all rows equal. */
  readonly matrix: Matrix;
  readonly options: ProjectionOptions;
  /** `rows × dimensions`: where items stood before, centred with root-mean-square radius 1; NaN rows are new. */
  readonly start?: Float32Array;
}

/** How a method tells the job around it what it is doing. */
export interface LayoutRun {
  /** Starts a stage; its time and its share of the progress begin here. */
  enter(stage: ProjectionStage): void;
  /** Progress inside the stage; to be called, and awaited, every few milliseconds of work. */
  readonly step: Step;
  /** True when the last frame is old enough for another; asked before the work of making one. */
  wantsFrame(): boolean;
  /** Shows positions so far (`rows × dimensions`, any scale and place). */
  frame(positions: ArrayLike<number>): void;
}

/** A finished layout. */
export interface Layout {
  /** `rows × dimensions`, row-major, any scale and place. */
  readonly positions: ArrayLike<number>;
  /** Share of variance per axis, where axes have one. */
  readonly explained?: readonly number[];
}

/** One way to lay vectors out. A new one is one file with this shape and one line in the registry. */
export interface LayoutMethod {
  readonly alignment: Alignment;
  layOut(input: LayoutInput, run: LayoutRun): Promise<Layout>;
}
