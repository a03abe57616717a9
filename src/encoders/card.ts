import { editionId, type Metric, type Modality, type SpaceId } from "../core/space";
import { Fields } from "./fields";

/**
 * How the tokens or cells of a tap become one vector: their mean, the first (CLS), the largest of each dimension; with
 * "none", each is a vector by itself. "none" also where the tap is one vector already.
 */
export type Pooling = "mean" | "cls" | "max" | "none";

/** One file of a model, relative to the card's folder. */
export interface ModelFile {
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** What every encoder tells about itself, whether it has weights or not. */
export interface EncoderCard {
  readonly id: string;
  readonly title: string;
  /**
   * Raised whenever the encoder says something else of an item than before, by its vector or its classes; what earlier visits
   * kept is then made again. The default is 1.
   */
  readonly edition?: number;
  readonly modality: Modality;
  /** Numbers per vector. */
  readonly dimension: number;
  readonly metric: Metric;
  /** Name of the tensor that is read out. */
  readonly tap: string;
  readonly pooling: Pooling;
  /** True when vectors are scaled to length 1. */
  readonly normalise: boolean;
  /** Trained numbers in the network; 0 for encoders without weights. */
  readonly parameters: number;
  /** How a model of two towers turns cosines of texts and images into probabilities; absent for others. */
  readonly joint?: JointScale;
}

/** probability = activation(cosine · logitScale + logitBias): over all labels together, or of each alone. */
export interface JointScale {
  readonly logitScale: number;
  readonly logitBias: number;
  readonly activation: "softmax" | "sigmoid";
}

/** What a model in `public/models` needs to become an encoder; `card.json` beside the model's files. */
export interface ModelCard extends EncoderCard {
  /** Names of the tensors that are fed, in the order the modality prescribes. */
  readonly inputs: readonly string[];
  readonly outputs: { readonly embedding: string; readonly logits?: string };
  readonly files: readonly ModelFile[];
}

/** A text with the vector it should have. */
export interface TextProbe {
  readonly text: string;
  /** The reference vector, made by PyTorch. */
  readonly vector: Float32Array;
}

/** The card of a text encoder. */
export interface TextCard extends ModelCard {
  readonly modality: "text";
  /** Put in front of every text, such as "query: ". */
  readonly prefix: string;
  /** Tokens the encoder reads, special tokens included. */
  readonly maxLength: number;
  /** Every text is filled up to so many tokens; the default is not at all. */
  readonly padTo?: number;
  /** The number of the first token's place, for networks that ask where tokens stand. The default is 0. */
  readonly firstPlace?: number;
  readonly probes: readonly TextProbe[];
}

/** How a picture is resized, by the names and with the filters of Pillow. */
export type Resample = "nearest" | "box" | "bilinear" | "hamming" | "bicubic" | "lanczos";

/** How a picture becomes the input tensor. */
export interface Preprocessing {
  /** Side of the square the network sees, in pixels. */
  readonly size: number;
  /**
   * "pad" shows the whole picture on `background`; "crop" scales the shorter side to `resizeTo` and keeps the centre;
   * "stretch" scales both sides to `resizeTo`, whatever the proportions, and keeps the centre.
   */
  readonly fit: "pad" | "crop" | "stretch";
  /** In pixels, before the centre is cut out. The default is `size`. */
  readonly resizeTo?: number;
  /** Red, green and blue in [0, 255]; also laid under transparent pictures. */
  readonly background: readonly [number, number, number];
  readonly resample: Resample;
  /** The network sees (x − mean) / deviation for each channel, x in [0, 255]. */
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
  /** Which colour comes first in the tensor. The default is "rgb". */
  readonly order?: "rgb" | "bgr";
}

/** A synthetic picture that every language can draw to the byte; see `probe-pictures.ts`. */
export type ProbePicture = "gradient" | "disc";

/** A picture with the vector it should have. */
export interface ImageProbe {
  readonly pixels: ProbePicture;
  /** The reference vector, made by PyTorch, before normalisation. */
  readonly vector: Float32Array;
}

/** The card of an image encoder. */
export interface ImageCard extends ModelCard {
  readonly modality: "image";
  readonly preprocessing: Preprocessing;
  /** File with the class names, in the order of the logits; absent where there is no classifier. */
  readonly classes?: string;
  readonly probes: readonly ImageProbe[];
}

/** Checks the JSON of a text encoder's card. Throws `ModelCorrupt`, naming the field. */
export function parseTextCard(json: unknown, file: string): TextCard {
  const fields = new Fields(json, file);
  const common = parseCommon(fields);
  return {
    ...common,
    modality: fields.oneOf("modality", ["text"]),
    prefix: fields.string("prefix"),
    // A text needs at least a start, a token and an end.
    maxLength: fields.count("maxLength", 3),
    probes: fields.objects("probes").map((probe) => ({
      text: probe.text("text"),
      vector: probe.vector("vector", common.dimension),
    })),
  };
}

/** Checks the JSON of an image encoder's card. Throws `ModelCorrupt`, naming the field. */
export function parseImageCard(json: unknown, file: string): ImageCard {
  const fields = new Fields(json, file);
  const common = parseCommon(fields);
  const preprocessing = fields.object("preprocessing");
  return {
    ...common,
    modality: fields.oneOf("modality", ["image"]),
    preprocessing: {
      size: preprocessing.count("size", 1),
      fit: preprocessing.oneOf("fit", ["pad", "crop", "stretch"]),
      background: preprocessing.triple("background"),
      resample: preprocessing.oneOf("resample", ["bicubic"]),
      mean: preprocessing.triple("mean"),
      deviation: preprocessing.triple("deviation"),
    },
    ...(fields.has("classes") ? { classes: fields.text("classes") } : {}),
    probes: fields.objects("probes").map((probe) => ({
      pixels: probe.oneOf("pixels", ["gradient", "disc"]),
      vector: probe.vector("vector", common.dimension),
    })),
  };
}

/** The entry of one of a model's files. Throws `ModelCorrupt` when the card does not list it. */
export function modelFile(
  card: { readonly id: string; readonly files: readonly ModelFile[] },
  path: string,
): ModelFile {
  const file = card.files.find((one) => one.path === path);
  if (!file) throw new Fields({}, `The card of ${card.id}`).wrong("files", `a list with ${path} in it`);
  return file;
}

/** Checks a card's edition, where it says one. Throws `ModelCorrupt`. */
export function parseEdition(fields: Fields): { readonly edition?: number } {
  return fields.has("edition") ? { edition: fields.count("edition", 1) } : {};
}

/** The space of what a card reads by itself. */
export function cardSpaceId({ id, edition }: Pick<EncoderCard, "id" | "edition">): SpaceId {
  return editionId(id, edition);
}

/** Checks a card's list of files. Throws `ModelCorrupt`, naming the field. */
export function parseFiles(fields: Fields): ModelFile[] {
  return fields.objects("files").map((entry) => {
    const sha256 = entry.text("sha256");
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw entry.wrong("sha256", "64 hexadecimal digits");
    return { path: entry.text("path"), bytes: entry.count("bytes", 1), sha256 };
  });
}

function parseCommon(fields: Fields): Omit<ModelCard, "modality"> {
  const outputs = fields.object("outputs");
  return {
    id: fields.text("id"),
    title: fields.text("title"),
    ...parseEdition(fields),
    dimension: fields.count("dimension", 1),
    metric: fields.oneOf("metric", ["cosine", "euclidean", "dot"]),
    tap: fields.text("tap"),
    pooling: fields.oneOf("pooling", ["mean", "cls", "max", "none"]),
    normalise: fields.flag("normalise"),
    parameters: fields.count("parameters"),
    inputs: fields.texts("inputs"),
    outputs: {
      embedding: outputs.text("embedding"),
      ...(outputs.has("logits") ? { logits: outputs.text("logits") } : {}),
    },
    files: parseFiles(fields),
  };
}
