import type { ItemId } from "../../../collection/types";
import type { ErrorReport } from "../../../core/errors";
import type { NeighboursBy, ProjectionMethod, ProjectionStage } from "../../../projection/types";

/** State of the projection that is drawn. */
export interface LayoutState {
  readonly status: "empty" | "running" | "done" | "failed";
  readonly stage?: ProjectionStage;
  readonly fraction: number;
  /** True while the user holds a running layout up. */
  readonly isPaused?: boolean;
  /** True once a layout runs for so long that it should be offered for pausing. */
  readonly isLong?: boolean;
  readonly method: ProjectionMethod;
  readonly note?: string;
  readonly trustworthiness?: number;
  readonly continuity?: number;
  /** Share of the items' neighbours in the space that are among their neighbours on the map, in [0, 1]. */
  readonly preservation?: number;
  readonly qualityNeighbours?: number;
  /** Trustworthiness and continuity are within this of the truth with 95 % probability; 0 when they are exact. */
  readonly qualityError?: number;
  /** How many items were measured, drawn at random; absent where all were. */
  readonly qualityMeasured?: number;
  readonly explained?: readonly number[];
  readonly milliseconds?: Readonly<Record<string, number>>;
  /** Who found the neighbours; absent where none were searched for, and for places that an earlier visit left. */
  readonly neighboursBy?: NeighboursBy;
  readonly error?: ErrorReport;
}

/** Where the items of the shown space stand. */
export interface MapFrame {
  /** The items on the map, in the order of `positions`. Same array as long as the items are the same. */
  readonly ids: readonly ItemId[];
  readonly dimensions: 2 | 3;
  /** `ids.length × dimensions` */
  readonly positions: Float32Array;
  /**
   * How far to trust each item's place, in [0, 1]: 1 when its neighbours on the map are its neighbours in the space.
   * Absent while the layout moves, and where it was not measured.
   */
  readonly trust?: Float32Array;
}

/** A direction in the space: from what one text means (small) to what another does (large). */
export interface AxisChoice {
  readonly from: string;
  readonly to: string;
}
