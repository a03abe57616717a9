import type { ErrorReport } from "../core/errors";
import type { Space } from "../core/space";
import type { EncoderCard, Pooling } from "./card";
import type { Tap } from "./graph/types";
import type { ModelSource, NumberFormat } from "./source";

/** What an encoder is asked to be. */
export interface EncoderSpec {
  readonly source: ModelSource;
  /** Name of the tensor to read out. The default is the card's. */
  readonly tap?: string;
  /** The default is the card's where the tap is the card's, else what suits the tap. */
  readonly pooling?: Pooling;
  /** Which of a Hub model's files to take. The default is chosen from the device and the files that exist. */
  readonly format?: NumberFormat;
}

/** What the user asks for. "auto" takes WebGPU on a real adapter, else WASM. */
export type DeviceChoice = "auto" | "webgpu" | "wasm";

/** What an encoder really runs on. */
export interface DeviceUsed {
  readonly kind: "webgpu" | "wasm" | "javascript";
  /** WASM threads; 1 when the page is not cross-origin isolated, and on WebGPU. */
  readonly threads: number;
  /** For people: "WASM, 2 threads", "WebGPU (NVIDIA …)", "WebGPU (software)". */
  readonly title: string;
  /** Why this device and not another, as one sentence. */
  readonly reason: string;
}

/** How an encoder's vectors for its card's probes agree with the reference (PyTorch) vectors. */
export interface Parity {
  /** Probes compared; 0 when the model brings none, so that nothing was checked. */
  readonly probes: number;
  /** Cosine of the worst probe with its reference vector, in [-1, 1]; 1 without probes. */
  readonly cosine: number;
  /** True when `cosine` is at least 0.99 (`load/parity.ts` says why so much). */
  readonly matches: boolean;
}

/** How far opening an encoder has come. */
export interface LoadProgress {
  /** Files come, are checked, the runtime and the model start, the vectors' length is found. */
  readonly stage: "download" | "verify" | "start" | "check";
  /** Bytes received of all the encoder's files, runtime included. */
  readonly loaded: number;
  /** Bytes in all, known from the card and the runtime's size. */
  readonly total: number;
  /** Bytes that came over the network in the last seconds, per second; 0 when none did. */
  readonly bytesPerSecond: number;
}

/** How an encoder is opened, stopped and followed. */
export interface OpenOptions {
  readonly device: DeviceChoice;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** Inputs that are done, failed ones too, of all of a call. */
export interface EncodeProgress {
  readonly done: number;
  readonly total: number;
}

/** A token, and where it stands in its text. */
export interface TextPart {
  /** Its place among the text's tokens, special ones included. */
  readonly place: number;
  /** As people read it: "[CLS]", "Hello", "##ball". */
  readonly token: string;
  /** True for what is no piece of the text: [CLS], [SEP], the card's prefix. */
  readonly special: boolean;
  /** From where to where it stands in the text, in UTF-16 units; both the same where it is no piece of the text. */
  readonly start: number;
  readonly end: number;
}

/** One cell of a picture: a patch of a ViT, a cell of a convolution's map. */
export interface ImagePart {
  /** Its place among the picture's cells, row by row. */
  readonly place: number;
  readonly row: number;
  readonly column: number;
  /** Size of the grid. */
  readonly rows: number;
  readonly columns: number;
  /** Left, top, width and height of what it shows, in [0, 1] of the upright picture. */
  readonly box: readonly [number, number, number, number];
}

/** One text's vector, or one of its tokens'; `index` is the text's place in the array handed in. */
export interface TextVector {
  readonly index: number;
  readonly vector: Float32Array;
  /** Tokens read, special tokens included. 0 for encoders without tokens. */
  readonly tokens: number;
  /** True when the text was longer than the encoder reads, and only its beginning counts. */
  readonly truncated: boolean;
  /** The token, where each token has a vector (pooling "none" of a tap of tokens). */
  readonly part?: TextPart;
}

/** One image's vector, or one of its cells', and what the classifier on top of the network says. */
export interface ImageVector {
  readonly index: number;
  readonly vector: Float32Array;
  /** The most probable classes, best first; absent where the encoder has no classifier, or its tap stands before it. */
  readonly classes?: readonly ClassProbability[];
  /**
   * The cell, where each cell has a vector (pooling "none" of a tap of tokens or a map). Cells that show nothing but the
   * margin around a picture are left out.
   */
  readonly part?: ImagePart;
}

/** A class that a picture may show. */
export interface ClassProbability {
  /** Row in the encoder's list of class names. */
  readonly index: number;
  readonly name: string;
  /** Softmax over all classes, in [0, 1]. */
  readonly probability: number;
}

/** One input that could not be encoded; the others of the same call go on. */
export interface EncodeFailure {
  readonly index: number;
  readonly error: ErrorReport;
}

/** How encoding reports, and is stopped and followed. */
export interface EncodeOptions<Result> {
  readonly signal?: AbortSignal;
  /**
   * Called as vectors become known, in any order of `index`; each index is reported in one call, as a vector, as the
   * vectors of all its parts by place, or as a failure.
   */
  readonly onResults: (results: readonly Result[], failures: readonly EncodeFailure[]) => void;
  readonly onProgress?: (progress: EncodeProgress) => void;
}

/** How `layers` pools, and how it is stopped and followed. */
export interface LayersOptions {
  /** For taps that have it; the others are pooled as is natural for them. The default is each tap's own. */
  readonly pooling?: Exclude<Pooling, "none">;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EncodeProgress) => void;
}

/** All inputs' vectors at one layer. */
export interface LayerVectors {
  readonly tap: Tap;
  readonly pooling: Pooling;
  /** The space that an encoder of this tap and pooling has. */
  readonly space: Space;
  /** By place of the input; undefined where it has no usable vector at this layer. */
  readonly vectors: readonly (Float32Array | undefined)[];
}

/** Inputs' vectors at every layer but the logits, from the network's input to its output. */
export interface Layers {
  readonly layers: readonly LayerVectors[];
  /** Inputs that could not be read at all. */
  readonly failures: readonly EncodeFailure[];
}

interface LoadedEncoder<Input> {
  readonly card: EncoderCard;
  /** The space of its vectors: one of its own for each tap and pooling. */
  readonly space: Space;
  /** The tensor that is read out, with its shape as far as it is known. */
  readonly tap: Tap;
  readonly pooling: Pooling;
  /** All layers that could be read out, from the network's input to its output. */
  taps(): readonly Tap[];
  /** How a tap's tokens or cells can become vectors, the natural way first. Throws `UnknownTap`. */
  poolings(tap: string): readonly Pooling[];
  /**
   * Reads every layer in one run: vectors of all inputs at each. Scaled to length 1 as the card's own are. Rejects as
   * `encode` does.
   */
  layers(inputs: readonly Input[], options?: LayersOptions): Promise<Layers>;
  readonly device: DeviceUsed;
  /**
   * Reads the card's probes and compares their vectors with the reference ones; once, however often it is called. An
   * encoder on WebGPU was checked before it was handed out, because a GPU can be wrong without a word; on WASM the
   * user's own inputs go first. Rejects with what reading them threw.
   */
  check(): Promise<Parity>;
  /** Gives the worker and its memory back. */
  close(): void;
}

/** A text encoder that is ready. Concurrent calls queue inside; duplicates inside one call are encoded once. */
export interface TextEncoderHandle extends LoadedEncoder<string> {
  encode(texts: readonly string[], options: EncodeOptions<TextVector>): Promise<void>;
}

/** An image encoder that is ready. Blobs are decoded, oriented and preprocessed in the worker. */
export interface ImageEncoderHandle extends LoadedEncoder<Blob> {
  encode(images: readonly Blob[], options: EncodeOptions<ImageVector>): Promise<void>;
}

/** A space that holds texts and images alike. */
export interface JointSpace {
  readonly space: Space;
  /** The joint vector of a text, from its vector in the text encoder's space. */
  fromText(vector: Float32Array): Float32Array;
  /** The joint vector of an image, from the classifier's probabilities. */
  fromClasses(classes: readonly ClassProbability[]): Float32Array;
}
