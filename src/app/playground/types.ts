import type { ErrorReport } from "../../core/errors";
import type { ItemKind, Metric, Modality } from "../../core/space";
import type { DeviceChoice, DeviceUsed, Parity, Pooling } from "../../encoders";
import type { NeighboursBy, ProjectionOptions } from "../../projection";
import type { ReadyVectors } from "../workbench";

/** An item as scripts see it. */
export interface PlaygroundItem {
  readonly id: string;
  readonly kind: ItemKind;
  readonly label: string;
  /** Its place on the map, two or three numbers; null while it has none. */
  readonly position: readonly number[] | null;
  /** Id of the space it is shown in; null while it is not on the map. */
  readonly space: string | null;
}

export interface PlaygroundFailure {
  readonly input: string | Blob;
  readonly error: ErrorReport;
}

/** The items that stand, with the inputs that failed beside them. */
export type AddedItems = PlaygroundItem[] & { failures: PlaygroundFailure[] };

export interface PlaygroundSpace {
  readonly id: string;
  readonly dimension: number;
  /** Number of items with a vector in it. */
  readonly size: number;
  readonly modalities: readonly ItemKind[];
}

export interface PlaygroundNeighbour {
  readonly id: string;
  readonly label: string;
  readonly kind: ItemKind;
  readonly similarity: number;
}

export interface PlaygroundEncoder {
  readonly id: string;
  readonly space: string;
  readonly dimension: number;
  /** Null until it is loaded. */
  readonly device: DeviceUsed["kind"] | null;
  readonly parity: Parity | null;
  readonly tap: string | null;
  readonly pooling: string | null;
}

/** Which encoder is wanted. Of a model that is named, what is left out is its own; else it stays as it is. */
export interface EncoderRequest {
  /** An encoder of the page, or with `hub` a repository of the Hugging Face Hub, "org/name". The default is the one in use. */
  readonly id?: string;
  /** Takes `id` from the Hub: true, or the name of a revision. The default is false. */
  readonly hub?: boolean | string;
  /** An .onnx file and what belongs to it (tokenizer.json, config.json, …), in place of `id`. */
  readonly files?: readonly File[];
  /** A name that `taps` lists. The default is the model's own. */
  readonly tap?: string;
  /** The default is what suits the tap. */
  readonly pooling?: Pooling;
  /** Both encoders run on one device; the default is the one chosen on the page. */
  readonly device?: DeviceChoice;
}

/** A layer that can be read out. */
export interface PlaygroundTap {
  readonly name: string;
  readonly title: string;
  /** Axes in order; strings name axes whose length depends on the input. */
  readonly shape: readonly (number | string)[];
}

export type ProjectRequest = Partial<ProjectionOptions>;

export interface ProjectAnswer {
  /** `items × dimensions`, in the order of the items on the map. */
  readonly positions: Float32Array;
  readonly trustworthiness: number;
  readonly continuity: number;
  readonly milliseconds: Readonly<Record<string, number>>;
  /** Who searched for the neighbours; null where nobody had to. */
  readonly neighboursBy: NeighboursBy | null;
}

/** `window.playground`: the page for scripts. Stable; documented in docs/scripting.md. */
export interface Playground {
  /** Page loaded, default text encoder usable. Rejects when the encoder can't be loaded. */
  readonly ready: Promise<void>;
  add(texts: readonly string[]): Promise<AddedItems>;
  /** A string is a URL of this page's origin. */
  addImages(images: readonly (Blob | string)[]): Promise<AddedItems>;
  /** Adds ready vectors (`labels.length × dimension`, row-major) as a space of their own and shows it. */
  addVectors(table: ReadyVectors): Promise<AddedItems>;
  items(): PlaygroundItem[];
  spaces(): PlaygroundSpace[];
  /** The space shown; with an id or 'joint', 'text', 'image', shows that one first. */
  space(id?: string): string;
  /** A copy of an item's vector in a space (default: the space shown). Throws UnknownItem or UnknownSpace. */
  vector(id: string, space?: string): Float32Array;
  neighbours(
    idOrText: string,
    options?: { k?: number; metric?: Metric; space?: string; kind?: ItemKind },
  ): Promise<PlaygroundNeighbour[]>;
  /** Lays the shown space out with these options, shows it, and resolves with the result. */
  project(options?: ProjectRequest): Promise<ProjectAnswer>;
  /** Holds the layout under way up; what waits for it waits. Does nothing when none is. */
  pause(): void;
  /** Lets it go on exactly where it stood. */
  resume(): void;
  /** Ends the layout under way; what is drawn by then stays, and who waits for the layout gets `Cancelled`. */
  stop(): void;
  export(format: "csv", options?: { items?: "all" | "selection" }): Promise<Blob>;
  encoders(): { text: PlaygroundEncoder; image: PlaygroundEncoder };
  /** Changes encoders; resolves when they are open. Rejects with what went wrong, or `Cancelled` when overtaken. */
  use(encoders: { text?: EncoderRequest; image?: EncoderRequest }): Promise<void>;
  /** The layers of the current encoder, from its input to its output; opens it first. */
  taps(modality: Modality): Promise<PlaygroundTap[]>;
  clear(): void;
}

declare global {
  interface Window {
    playground: Playground;
  }
}
