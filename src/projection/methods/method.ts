import type { RowNeighbours } from "../../core/knn/extend";
import type { Matrix } from "../../core/matrix";
import type { NearestNeighbours } from "../../core/nearest";
import type { Step } from "../../core/step";
import type { Alignment } from "../frame";
import type { AxisPair, ProjectionOptions, ProjectionStage } from "../types";
import type { LinearMap } from "./linear-map";

/** What a method lays out. */
export interface LayoutInput {
  /** At least `leastItems` rows, every number finite, not all rows equal. */
  readonly matrix: Matrix;
  readonly options: ProjectionOptions;
  /** `rows × dimensions`: where items stood before, centred with root-mean-square radius 1; NaN rows are new. */
  readonly start?: Float32Array;
  /** The class of each row, by number from 0; −1 where it has none. */
  readonly classes?: Int32Array;
  /** Directions that the axes shall have. */
  readonly pairs?: readonly AxisPair[];
  /** The `k` nearest other rows of every row by the options' metric, known already or searched for now. */
  nearest(k: number): Promise<NearestNeighbours>;
}

/** What a method places on a map that stands. */
export interface PlaceInput extends LayoutInput {
  readonly start: Float32Array;
  /** Each new row's nearest rows, up to 15. */
  readonly near: RowNeighbours;
  /** The neighbours of the rows before these, where they are known without any work. */
  readonly graph?: NearestNeighbours;
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
  /** The straight map that gave the positions, where one did: new items are placed by it. */
  readonly linear?: LinearMap;
}

/** One way to lay vectors out. A new one is one file with this shape and one line in the registry. */
export interface LayoutMethod {
  readonly alignment: Alignment;
  layOut(input: LayoutInput, run: LayoutRun): Promise<Layout>;
  /**
   * Places new items on a map that stands, for methods whose layout is no straight map: `near.rows × dimensions`, in the scale of
   * the start.
   */
  place?(input: PlaceInput): Promise<Float64Array>;
}
