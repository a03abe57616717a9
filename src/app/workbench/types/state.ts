import type { Item, ItemId } from "../../../collection/types";
import type { ErrorReport } from "../../../core/errors";
import type { Space } from "../../../core/space";
import type { DeviceChoice } from "../../../encoders/types";
import type { ProjectionOptions } from "../../../projection/types";
import type { EncoderState } from "./encoders";
import type { AxisChoice, LayoutState } from "./map";
import type { SpaceState } from "./spaces";

/** Something that takes a while and can be stopped. */
export interface Task {
  readonly id: number;
  /** "Encoding 2,000 texts" */
  readonly title: string;
  readonly done: number;
  /** 1 where `done` is a share of the whole. */
  readonly total: number;
  cancel(): void;
}

/** One input that failed, or one thing that went wrong; the rest went on. */
export interface Problem {
  readonly id: number;
  /** The input it is about, shortened for display; empty when it is about none. */
  readonly input: string;
  readonly error: ErrorReport;
  /** Tries the failed thing again, where that makes sense. */
  retry?(): void;
}

/** Everything the panels show. Replaced, never mutated; positions and vectors live elsewhere. */
export interface WorkbenchState {
  readonly items: readonly Item[];
  /** First the item whose neighbours are shown. */
  readonly selection: readonly ItemId[];
  readonly hovered: ItemId | null;
  readonly textEncoder: EncoderState;
  readonly imageEncoder: EncoderState;
  readonly deviceChoice: DeviceChoice;
  readonly shown: SpaceState;
  readonly spaces: readonly Space[];
  readonly projection: ProjectionOptions;
  /** The directions of the method "axes"; the first is across, the second upright, the third towards the eye. */
  readonly axes: readonly AxisChoice[];
  readonly layout: LayoutState;
  readonly tasks: readonly Task[];
  readonly problems: readonly Problem[];
  /** What is going on, for the status line and screen readers. */
  readonly status: string;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly undoLabel?: string;
  readonly redoLabel?: string;
  /** False in a second tab: this tab's items are not kept for the next visit. */
  readonly persisted: boolean;
  /** Changes whenever an item gets a vector or loses one. */
  readonly vectorsVersion: number;
}
