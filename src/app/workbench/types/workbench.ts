import type { Item, ItemId } from "../../../collection/types";
import type { Regions } from "../../../comparison/types";
import type { Metric, Modality, SpaceId } from "../../../core/space";
import type { Pooling } from "../../../encoders";
import type { DeviceChoice, EncoderSpec } from "../../../encoders/types";
import type { ProjectionOptions } from "../../../projection/types";
import type { AddResult, ImageDetails, ReadyVectors, SampleSummary } from "./adding";
import type { EncoderChoice, LayersRead, ParityReport } from "./encoders";
import type { AxisChoice, MapFrame } from "./map";
import type {
  ComparisonColumn,
  LabelRanking,
  NeighbourItem,
  NeighbourQuery,
  TrueNeighbourItem,
} from "./ranking";
import type { GapHandling, ModalityGap, SpaceRole } from "./spaces";
import type { WorkbenchState } from "./state";

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
