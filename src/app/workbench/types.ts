import type { Item, ItemId } from "../../collection/types";
import type { Regions } from "../../comparison/types";
import type { ErrorReport } from "../../core/errors";
import type { ItemKind, Metric, Modality, Space, SpaceId } from "../../core/space";
import type { Pooling, Tap } from "../../encoders";
import type { DeviceChoice, DeviceUsed, EncoderSpec, LoadProgress, Parity } from "../../encoders/types";
import type {
  NeighboursBy,
  ProjectionMethod,
  ProjectionOptions,
  ProjectionStage,
} from "../../projection/types";

/** Which space is meant: one of the current encoders', or that of the ready vectors that were added last. */
export type SpaceRole = "joint" | "text" | "image" | "vectors";

/** What the page knows about one of its two encoders. */
export interface EncoderState {
  /** What it was asked to be. */
  readonly spec: EncoderSpec;
  /** The model's id: "all-minilm-l6-v2", "lexical", "org/name", "file:name". */
  readonly id: string;
  readonly title: string;
  /** Numbers per vector; 0 while a model of the Hub was never loaded. */
  readonly dimension: number;
  /** The space of its vectors; what is known of it until it is loaded. */
  readonly space: SpaceId;
  readonly status: "idle" | "loading" | "ready" | "failed";
  /** Why it is being loaded again: the device was lost, the worker stopped. */
  readonly note?: string;
  readonly progress?: LoadProgress;
  /** What is read out, once it is loaded. */
  readonly tap?: Tap;
  readonly pooling?: Pooling;
  /** How that tap can be pooled, the natural way first; empty until it is loaded. */
  readonly poolings: readonly Pooling[];
  /** All that can be read out, from the network's input to its output; empty until it is loaded. */
  readonly taps: readonly Tap[];
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
  readonly explained?: readonly number[];
  readonly milliseconds?: Readonly<Record<string, number>>;
  /** Who found the neighbours; absent where none were searched for, and for places that an earlier visit left. */
  readonly neighboursBy?: NeighboursBy;
  readonly error?: ErrorReport;
}

/** The shown space and the others that could be shown. */
export interface SpaceState {
  readonly role: SpaceRole;
  readonly space: Space;
  /** Roles that have items now; a role without items is offered but disabled. */
  readonly available: readonly SpaceRole[];
  readonly gap: GapHandling;
}

/**
 * What is done about the gap between words and images in joint spaces: nothing, each modality's middle becomes the
 * origin, or neighbours are only looked for in the other modality.
 */
export type GapHandling = "raw" | "centred" | "cross";

/** The gap between the words and the images of a space. */
export interface ModalityGap {
  /** Distance of the two middles, every vector scaled to length 1: from 0 to 2. */
  readonly gap: number;
  /** Each item's place along the gap: 0 at the images' middle, 1 at the words'. */
  readonly places: readonly { readonly id: ItemId; readonly kind: Modality; readonly at: number }[];
}

/** Labels by their likeness to an image, best first. */
export interface LabelRanking {
  readonly rows: readonly {
    readonly label: string;
    /** Cosine in the joint space. */
    readonly similarity: number;
    /** Absent where the joint space was not trained to give any. */
    readonly probability?: number;
  }[];
  /** "softmax": the labels share one probability; "sigmoid": each has its own. */
  readonly activation?: "softmax" | "sigmoid";
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

/** A true neighbour, and where it stands on the map. */
export interface TrueNeighbourItem extends NeighbourItem {
  /** Its rank among the item's neighbours on the map, from 1. */
  readonly rank: number;
  /** True when the projection tore it away: it stands far off on the map. */
  readonly torn: boolean;
}

/** A matrix of vectors that were made elsewhere. */
export interface ReadyVectors {
  readonly labels: readonly string[];
  /** `labels.length × dimension`, row-major. */
  readonly vectors: Float32Array;
  readonly dimension: number;
  /** More about each row, by name; the first column of texts gives the categories. */
  readonly columns?: Readonly<Record<string, readonly (string | number)[]>>;
}

export interface NeighbourItem {
  readonly item: Item;
  readonly similarity: number;
}

export interface NeighbourQuery {
  readonly k?: number;
  readonly metric?: Metric;
  readonly space?: SpaceId;
  readonly kind?: ItemKind;
  readonly signal?: AbortSignal;
}

/** The anchor against its candidates under one encoder. */
export interface ComparisonColumn {
  readonly encoder: string;
  readonly title: string;
  /** "meaning", "words only" or "letters only": what the encoder reads. */
  readonly reads: string;
  /** Ranked, best first. */
  readonly ranking: readonly { readonly text: string; readonly similarity: number }[];
  /** Similarities of all pairs, anchor first, in the order given; row-major. */
  readonly matrix: Float32Array;
}

/** A layer that the scrubber stops at, and the space of its vectors. */
export interface LayerStop {
  readonly tap: Tap;
  readonly space: Space;
}

/** What was read of every layer of an encoder. */
export interface LayersRead {
  /** Of which model and pooling; the same for every reading of it. */
  readonly key: string;
  /** From the network's input to its output. */
  readonly stops: readonly LayerStop[];
  /** For each stop, the cosine of every compared input after the first to the first; NaN where there is none. */
  readonly similarities: readonly (readonly number[])[];
}

/** How one encoder's vectors of the user's items agree between two devices. */
export interface ParityReport {
  /** The device in use, and the one it was compared with. */
  readonly devices: readonly [DeviceUsed, DeviceUsed];
  readonly checked: number;
  /** The item whose two vectors agree least; the cosine is -1 where one of them is missing. */
  readonly worst: { readonly id: ItemId; readonly label: string; readonly cosine: number };
  readonly matches: boolean;
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

  /** The item on the list with this id; at once, however many there are. */
  item(id: ItemId): Item | undefined;
  addTexts(
    texts: readonly string[],
    options?: { categories?: readonly (string | undefined)[] },
  ): Promise<AddResult>;
  /** `names` label the images; by default a File's name. */
  addImages(images: readonly Blob[], options?: ImageDetails): Promise<AddResult>;
  /** Adds vectors that were made elsewhere, as a space of their own, and shows it. */
  addVectors(table: ReadyVectors): Promise<AddResult>;
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
  /** Chooses what is done about the gap between words and images. */
  handleGap(gap: GapHandling): void;
  /** The gap between words and images in the joint space; undefined without both. */
  modalityGap(): ModalityGap | undefined;
  /** Ranks typed labels for an image of the map; `template` is the sentence they are put into, “a photo of a {}.” */
  rankLabels(
    image: ItemId,
    labels: readonly string[],
    options: { readonly template: string; readonly signal?: AbortSignal },
  ): Promise<LabelRanking>;
  setProjection(options: Partial<ProjectionOptions>): void;
  /** Chooses the directions of the method "axes", and shows them. */
  setAxes(axes: readonly AxisChoice[]): void;
  layOutAgain(): void;
  /** Holds the layout under way up, at any stage. Does nothing when none is. */
  pauseLayout(): void;
  /** Lets it go on exactly where it stood. */
  resumeLayout(): void;
  /** Ends the layout under way; what is drawn by then stays. */
  stopLayout(): void;
  encoderChoices(modality: Modality): readonly EncoderChoice[];
  /**
   * Changes an encoder: another model, or another tap, pooling or number format of the one in use. Resolves when it is
   * open; every item is encoded again behind it where it has to be. Rejects with what went wrong, or `Cancelled` when
   * it was changed again meanwhile.
   */
  setEncoder(modality: Modality, spec: EncoderSpec): Promise<void>;
  /** Reads every layer for what is on the map and for a few inputs that are compared; texts, or ids of images. */
  readLayers(
    modality: Modality,
    request: { readonly compared: readonly string[]; readonly signal?: AbortSignal },
  ): Promise<LayersRead>;
  /** Shows the items in a layer's space, until `setEncoder` or `showSpace` shows another. */
  showLayer(space: SpaceId): void;
  /** How a tap of the current encoder can be pooled, the natural way first; empty until it is loaded. */
  poolings(modality: Modality, tap: string): readonly Pooling[];
  setDevice(choice: DeviceChoice): Promise<void>;
  /** Compares the current encoder's vectors on WebGPU and WASM by the user's own items. */
  checkParity(modality: Modality): Promise<ParityReport>;
  retryEncoder(modality: Modality): Promise<void>;

  /** `query` is an item, any text, or a picture that need not be on the map. */
  neighbours(query: ItemId | string | Blob, options?: NeighbourQuery): Promise<readonly NeighbourItem[]>;
  /** A view of an item's vector in a space; undefined where it has none. */
  vector(id: ItemId, space: SpaceId): Float32Array | undefined;
  /**
   * How like these items every item of the shown space is: by the metric, to the mean of their directions. Empty when none
   * of them has a vector there.
   */
  likeness(
    ids: readonly ItemId[],
    metric: Metric,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<ItemId, number>>;
  /** The regions where a frame of the shown space is crowded, and their names, the largest first. */
  regions(frame: MapFrame, signal?: AbortSignal): Promise<Regions>;
  /** The item's true neighbours in the shown space, with their place on the finished map; empty while it moves. */
  trueNeighbours(id: ItemId): Promise<readonly TrueNeighbourItem[]>;
  /** Ranks candidates by likeness to an anchor, under the current text encoder and under the lexical foil. */
  compare(
    anchor: string,
    candidates: readonly string[],
    signal?: AbortSignal,
  ): Promise<readonly ComparisonColumn[]>;
  exportItems(format: "csv", options: { items: "all" | "selection"; signal?: AbortSignal }): Promise<Blob>;
  /** As `exportItems`, then hands the file to the browser's downloads. */
  download(format: "csv", options: { items: "all" | "selection" }): Promise<void>;
  /** Hands a file that `make` makes to the browser's downloads. Never rejects: a failure is shown among the problems. */
  save(name: string, make: () => Promise<Blob>): Promise<void>;
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
