import { NamedError } from "../../core/errors";
import type { ImageCard, Preprocessing, Resample } from "../card";
import { firstNumber, flag, type Json, object, text, triple } from "./json";
import { dimensionOf, type Identity, towerDimension, towerOutput } from "./text-card";

/** Pillow's numbers for ways to resize. */
const RESAMPLE: readonly Resample[] = ["nearest", "lanczos", "bilinear", "bicubic", "box", "hamming"];

/** The side that most networks see. */
const USUAL_SIDE = 224;

/** ImageNet's mean and deviation, on a scale from 0 to 1: what networks were trained with that say nothing else. */
const IMAGENET = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] } as const;

/** Processors that cut the middle out unless told otherwise. */
const CROPPING = /CLIP|Bit|LeViT|MobileNet|MobileViT|PoolFormer|VideoMAE|ChineseCLIP/i;

/** Processors whose size, where it is one number, is the shorter edge, not both sides. */
const SHORTEST_EDGE = /CLIP|Bit|ConvNext|MobileNet|MobileViT|PoolFormer/i;

/** ConvNext's processor shows pictures from this size on whole, not their middle. */
const UNCROPPED = 384;

/**
 * The card of an image encoder from `config.json` and `preprocessor_config.json`. Throws `UnsupportedModel` where a
 * picture would have to be prepared in a way that is not known here.
 */
export function imageCard(
  { config, preprocessor }: { readonly config: Json; readonly preprocessor: Json },
  identity: Identity,
): ImageCard {
  const tower = object(config.vision_config);
  const isTower = Object.keys(tower).length > 0 || config.text_config !== undefined;
  const convolutional = Array.isArray(config.hidden_sizes) ? config.hidden_sizes.at(-1) : undefined;
  const dimension = isTower ? towerDimension(config, tower) : firstNumber(dimensionOf(config), convolutional);
  const [architecture] = Array.isArray(config.architectures) ? config.architectures : [];
  const headless = typeof architecture === "string" && !architecture.includes("For");
  return {
    id: identity.id,
    title: identity.title,
    modality: "image",
    dimension: dimension ?? 0,
    metric: "cosine",
    tap: isTower
      ? towerOutput(config, "image_embeds")
      : headless && convolutional === undefined
        ? "last_hidden_state"
        : "",
    pooling: isTower ? "none" : convolutional === undefined ? "cls" : "mean",
    normalise: isTower,
    parameters: 0,
    inputs: [],
    // The Hub's classifiers put their scores out under this name.
    outputs: classNames(config) ? { embedding: "", logits: "logits" } : { embedding: "" },
    files: [],
    preprocessing: preprocessingOf(preprocessor, firstNumber(config.image_size, tower.image_size)),
    probes: [],
  };
}

/** What the classes of a network with a classifier are called, in the order of its scores. */
export function classNames(config: Json): readonly string[] | undefined {
  const [architecture] = Array.isArray(config.architectures) ? config.architectures : [];
  if (typeof architecture !== "string" || !architecture.endsWith("ForImageClassification")) return undefined;
  const labels = object(config.id2label);
  const names = Object.keys(labels).map((_, index) => text(labels[index]));
  return names.length > 0 && names.every((name) => name !== undefined) ? names : undefined;
}

/**
 * How transformers' image processors prepare a picture, from `preprocessor_config.json`; `side` is what the network's own
 * config says it sees. Pictures are laid on white where they are transparent.
 */
export function preprocessingOf(settings: Json, side?: number): Preprocessing {
  const kind = text(settings.image_processor_type) ?? text(settings.feature_extractor_type) ?? "";
  const sides = readSizes(settings, kind, side ?? USUAL_SIDE);
  const factor = flag(settings.do_rescale, true) ? (firstNumber(settings.rescale_factor) ?? 1 / 255) : 1;
  const normalised = flag(
    settings.do_normalize,
    Object.keys(settings).length === 0 || "image_mean" in settings,
  );
  const mean = (normalised ? (triple(settings.image_mean) ?? IMAGENET.mean) : undefined) ?? [0, 0, 0];
  const deviation = (normalised ? (triple(settings.image_std) ?? IMAGENET.deviation) : undefined) ?? [
    1, 1, 1,
  ];
  // (x · factor − 1 − mean) / deviation, where an offset of 1 is asked for.
  const offset = settings.rescale_offset === true ? 1 : 0;
  const scaled = (values: readonly number[], add: number): [number, number, number] => [
    (values[0] + add) / factor,
    (values[1] + add) / factor,
    (values[2] + add) / factor,
  ];
  return {
    ...sides,
    background: [255, 255, 255],
    resample: resampleOf(settings.resample),
    mean: scaled(mean, offset),
    deviation: scaled(deviation, 0),
    ...(flag(settings.do_flip_channel_order, false) ? { order: "bgr" } : {}),
  };
}

function resampleOf(value: unknown): Resample {
  if (typeof value === "number" && RESAMPLE[value] !== undefined) return RESAMPLE[value];
  return RESAMPLE.find((name) => name === value) ?? "bilinear";
}

function readSizes(
  settings: Json,
  kind: string,
  side: number,
): Pick<Preprocessing, "size" | "fit"> & { readonly resizeTo?: number } {
  const size = typeof settings.size === "number" ? {} : object(settings.size);
  const both = square(size, "size");
  const single = firstNumber(settings.size);
  const byShortest = SHORTEST_EDGE.test(kind);
  const shortest = firstNumber(size.shortest_edge) ?? (byShortest ? single : undefined);
  const exact = both ?? (byShortest ? undefined : single);

  const cropSize = settings.crop_size;
  const crop = firstNumber(cropSize) ?? square(object(cropSize), "crop_size");
  const crops = flag(settings.do_center_crop, crop !== undefined || CROPPING.test(kind));

  if (/ConvNext/i.test(kind) && shortest !== undefined) {
    if (shortest >= UNCROPPED) return { size: shortest, fit: "stretch" };
    const percentage = firstNumber(settings.crop_pct) ?? 224 / 256;
    return { size: shortest, fit: "crop", resizeTo: Math.floor(shortest / percentage) };
  }
  if (flag(settings.do_pad, false) && firstNumber(size.longest_edge) !== undefined) {
    return { size: firstNumber(size.longest_edge) ?? side, fit: "pad" };
  }
  if (shortest !== undefined) {
    // Without a crop the network would see another shape for every picture; the middle is what it learned on.
    const seen = crops ? (crop ?? shortest) : shortest;
    return { size: seen, fit: "crop", ...(seen === shortest ? {} : { resizeTo: shortest }) };
  }
  const resized = exact ?? side;
  const seen = crops ? (crop ?? resized) : resized;
  return { size: seen, fit: "stretch", ...(seen === resized ? {} : { resizeTo: resized }) };
}

/** The side of a square given by height and width. Throws `UnsupportedModel` when it is none. */
function square(size: Json, name: string): number | undefined {
  const [height, width] = [firstNumber(size.height), firstNumber(size.width)];
  if (height === undefined || width === undefined || height === width) return height ?? width;
  throw new NamedError(
    "UnsupportedModel",
    `This model sees pictures of ${width} × ${height} pixels (${name}).`,
    {
      advice: "Choose a model that sees squares.",
    },
  );
}
