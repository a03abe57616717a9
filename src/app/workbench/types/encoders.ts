import type { ItemId } from "../../../collection/types";
import type { ErrorReport } from "../../../core/errors";
import type { Space, SpaceId } from "../../../core/space";
import type { Pooling, Tap } from "../../../encoders";
import type { DeviceUsed, EncoderSpec, LoadProgress, Parity } from "../../../encoders/types";

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
