import type { Item, ItemId } from "../../collection/types";
import type { ErrorReport } from "../../core/errors";
import type { Metric, Modality, Space, SpaceId } from "../../core/space";
import type { DeviceChoice, DeviceUsed, LoadProgress, Parity } from "../../encoders/types";
import type { ProjectionMethod, ProjectionOptions, ProjectionStage } from "../../projection/types";

/** Which of the current encoders' spaces is meant. */
export type SpaceRole = "joint" | "text" | "image";

/** What the page knows about one of its two encoders. */
export interface EncoderState {
  /** The card's id: "all-minilm-l6-v2", "lexical", "efficientnet-lite0". */
  readonly id: string;
  readonly title: string;
  readonly dimension: number;
  readonly status: "idle" | "loading" | "ready" | "failed";
  readonly progress?: LoadProgress;
  readonly device?: DeviceUsed;
  readonly parity?: Parity;
  readonly error?: ErrorReport;
}

/** An encoder that can be chosen. */
export interface EncoderChoice {
  readonly id: string;
  readonly title: string;
  readonly dimension: number;
  readonly description: string;
  readonly bytes: number;
}

/** Something that takes a while and can be stopped. */
export interface Task {
  readonly id: number;
  /** "Encoding 2,000 texts" */
  readonly title: string;
  readonly done: number;
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

/** State of the projection that is drawn. */
export interface LayoutState {
  readonly status: "empty" | "running" | "done" | "failed";
  readonly stage?: ProjectionStage;
  readonly fraction: number;
  readonly method: ProjectionMethod;
  readonly note?: string;
  readonly trustworthiness?: number;
  readonly continuity?: number;
  readonly qualityNeighbours?: number;
  readonly explained?: readonly number[];
  readonly milliseconds?: Readonly<Record<string, number>>;
  readonly error?: ErrorReport;
}

/** The shown space and the others that could be shown. */
export interface SpaceState {
  readonly role: SpaceRole;
  readonly space: Space;
  /** Roles that have items now; a role without items is offered but disabled. */
  readonly available: readonly SpaceRole[];
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

/** Where the items of the shown space stand. */
export interface MapFrame {
  /** The items on the map, in the order of `positions`. Same array as long as the items are the same. */
  readonly ids: readonly ItemId[];
  readonly dimensions: 2 | 3;
  /** `ids.length × dimensions` */
  readonly positions: Float32Array;
}

export interface NeighbourItem {
  readonly item: Item;
  readonly similarity: number;
}

export interface NeighbourQuery {
  readonly k?: number;
  readonly metric?: Metric;
  readonly space?: SpaceId;
  readonly kind?: Modality;
  readonly signal?: AbortSignal;
}

/** The anchor against its candidates under one encoder. */
export interface ComparisonColumn {
  readonly encoder: string;
  readonly title: string;
  /** "meaning" or "letters only": what the encoder reads. */
  readonly reads: string;
  /** Ranked, best first. */
  readonly ranking: readonly { readonly text: string; readonly similarity: number }[];
  /** Similarities of all pairs, anchor first, in the order given; row-major. */
  readonly matrix: Float32Array;
}

export interface SampleSummary {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** What the panels, the shortcuts and the scripting interface can do. All of it is safe to call at any time. */
export interface Workbench {
  /** A store for React's `useSyncExternalStore` or zustand's `useStore`. */
  readonly state: {
    getState(): WorkbenchState;
    subscribe(listener: (state: WorkbenchState, previous: WorkbenchState) => void): () => void;
  };
  /** Frames of the map as the layout moves; the listener is called at once with the current frame. */
  onFrame(listener: (frame: MapFrame) => void): () => void;

  addTexts(
    texts: readonly string[],
    options?: { categories?: readonly (string | undefined)[] },
  ): Promise<AddResult>;
  /** `names` label the images; by default a File's name. */
  addImages(images: readonly Blob[], options?: ImageDetails): Promise<AddResult>;
  /** Sorts dropped or chosen files into images and tables of texts, and adds them. */
  addFiles(files: readonly File[]): Promise<void>;
  openSample(name: string): Promise<void>;
  samples(): Promise<readonly SampleSummary[]>;
  startEmpty(): void;
  remove(ids: readonly ItemId[]): void;
  clear(): void;
  undo(): void;
  redo(): void;

  select(ids: readonly ItemId[], mode?: "replace" | "toggle" | "add"): void;
  hover(id: ItemId | null): void;

  showSpace(role: SpaceRole | "auto"): void;
  setProjection(options: Partial<ProjectionOptions>): void;
  layOutAgain(): void;
  encoderChoices(modality: Modality): readonly EncoderChoice[];
  useTextEncoder(id: string): Promise<void>;
  useImageEncoder(id: string): Promise<void>;
  setDevice(choice: DeviceChoice): Promise<void>;
  retryEncoder(modality: Modality): Promise<void>;

  neighbours(query: ItemId | string, options?: NeighbourQuery): Promise<readonly NeighbourItem[]>;
  /** Ranks candidates by likeness to an anchor, under the current text encoder and under the lexical foil. */
  compare(
    anchor: string,
    candidates: readonly string[],
    signal?: AbortSignal,
  ): Promise<readonly ComparisonColumn[]>;
  exportItems(format: "csv", options: { items: "all" | "selection"; signal?: AbortSignal }): Promise<Blob>;
  /** As `exportItems`, then hands the file to the browser's downloads. */
  download(format: "csv", options: { items: "all" | "selection" }): Promise<void>;
  dismissProblem(id: number): void;
  dismissAllProblems(): void;
}

export interface ImageDetails {
  readonly labels?: readonly (string | undefined)[];
  readonly categories?: readonly (string | undefined)[];
  readonly credits?: readonly (string | undefined)[];
}

export interface AddResult {
  readonly items: readonly Item[];
  readonly failures: readonly { readonly input: string | Blob; readonly error: ErrorReport }[];
}
