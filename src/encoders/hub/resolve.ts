import { NamedError } from "../../core/errors";
import type { ImageCard, JointScale, TextCard } from "../card";
import type { FetchOptions } from "../load/fetch";
import { type FileAt, fileBytes, type ModelFiles } from "../load/files";
import type { ModelSource, NumberFormat } from "../source";
import { chooseFormat, type FormatChoice, type FormatFacts, type Weights } from "./format";
import { classNames, imageCard } from "./image-card";
import { type FoundScale, findJointScale } from "./joint-scale";
import { firstNumber, type Json, object, text } from "./json";
import { openRepository, type Repository, readAnyJson, readJson } from "./repository";
import { dimensionOf, type Identity, textCard } from "./text-card";
import { findWeights, onlyWeights, type WeightsFiles } from "./weights";

/** A model that has been looked at, but not fetched. */
export interface ResolvedModel {
  readonly source: ModelSource;
  /** As `sourceId` gives it. */
  readonly id: string;
  readonly title: string;
  /** As the Hub writes it, such as "apache-2.0". */
  readonly licence?: string;
  /** The address of the page that tells about the model. */
  readonly page?: string;
  /** The commit's full name. */
  readonly commit?: string;
  /** What it can be used as. A two-tower model is both, in one space. */
  readonly text?: Offer<TextCard>;
  readonly image?: Offer<ImageCard>;
  /** How a two-tower model turns cosines of texts and images into probabilities. */
  readonly joint?: JointScale;
}

/** One of the encoders that a model holds. */
export interface Offer<Card> {
  readonly card: Card;
  /** The number formats that exist, each with all bytes to be fetched, tokeniser included. */
  readonly formats: readonly Weights[];
  /** What was assumed because no file says it, as sentences. */
  readonly assumptions: readonly string[];
  /** Numbers in the largest table of weights, as far as the config says it. */
  readonly largest?: number;
  /** The format to take; undefined when none of them suits the device. */
  choose(facts: Omit<FormatFacts, "modality">): FormatChoice | undefined;
  /** Where the files of one format are. Throws `ModelNotFound` when it does not exist. */
  files(format: NumberFormat): ModelFiles;
}

/** How a model is looked at. */
export type Looking = Pick<FetchOptions, "signal" | "keep">;

/**
 * Looks at a model: which encoders it holds, in which formats, with what cards. Fetches only small files, and keeps them
 * unless `keep` is false, so that a model whose weights are kept too opens without the Hub.
 *
 * Throws `NoOnnxFiles`, `UnsupportedModel`, `ModelNotFound`, `ModelGated`, `Offline`, `NetworkFailed`, `DownloadCut`,
 * `ModelCorrupt`, `UnreadableFile` or `Cancelled`.
 */
export async function resolveModel(
  source: Exclude<ModelSource, { readonly from: "page" }>,
  options: Looking = {},
): Promise<ResolvedModel> {
  const repository = await openRepository(source, options);
  const { id, title, licence, page, commit, files } = repository;
  const towers = { text: findWeights(files, "text_model"), image: findWeights(files, "vision_model") };
  const isTowers = towers.text.length > 0 && towers.image.length > 0;
  const single = firstFound(
    findWeights(files, "model"),
    findWeights(files, "encoder_model"),
    onlyWeights(files),
  );
  if (!isTowers && single.length === 0) throw noOnnx(repository);

  const config = await readJson(repository, "config.json", options);
  const name = [id, text(config._name_or_path)].filter((one) => one !== undefined).join(" ");
  const identity: Identity = { id, title, name };
  const reads = isTowers ? "both" : whatItReads(repository, config);
  const scale = isTowers ? await findJointScale(repository, config, options) : undefined;
  const joint = scale ? { joint: scale.joint } : {};
  const [textOffer, imageOffer] = await Promise.all([
    reads === "image"
      ? undefined
      : offerText(repository, config, identity, isTowers ? towers.text : single, options),
    reads === "text"
      ? undefined
      : offerImage(repository, config, identity, isTowers ? towers.image : single, options),
  ]);
  return {
    source,
    id,
    title,
    ...(licence === undefined ? {} : { licence }),
    ...(page === undefined ? {} : { page }),
    ...(commit === undefined ? {} : { commit }),
    ...(textOffer
      ? {
          text: {
            ...textOffer,
            card: { ...textOffer.card, ...joint },
            assumptions: [...textOffer.assumptions, ...scaleAssumptions(scale)],
          },
        }
      : {}),
    ...(imageOffer ? { image: { ...imageOffer, card: { ...imageOffer.card, ...joint } } } : {}),
    ...joint,
  };
}

/** CLIP's scale is the same for all of them; SigLIP's is not. */
function scaleAssumptions(scale: FoundScale | undefined): readonly string[] {
  if (!scale || scale.isExact || scale.joint.activation === "softmax") return [];
  return [
    "The scale of its probabilities is a similar model's: the file of both towers, which holds it, is missing.",
  ];
}

function firstFound(...found: readonly WeightsFiles[][]): readonly WeightsFiles[] {
  return found.find((weights) => weights.length > 0) ?? [];
}

/** What a network with one tower reads. Throws `UnsupportedModel` for words without a tokeniser. */
function whatItReads({ title, files }: Repository, config: Json): "text" | "image" {
  const countsWords = firstNumber(config.vocab_size) !== undefined;
  if (files.has("tokenizer.json")) {
    return files.has("preprocessor_config.json") && !countsWords ? "image" : "text";
  }
  if (!countsWords) return "image";
  throw new NamedError("UnsupportedModel", `${title} reads words, but has no tokenizer.json.`, {
    advice: "Choose its tokenizer.json too, or a conversion that has one.",
  });
}

function noOnnx({ title, page, files }: Repository): NamedError {
  const many = [...files.keys()].filter((path) => path.endsWith(".onnx"));
  const found =
    many.length > 0
      ? `only ${many.slice(0, 3).join(", ")}, none of them an encoder's`
      : "none: it is in another format, such as safetensors";
  return new NamedError("NoOnnxFiles", `${title} has no ONNX files that can be used here (${found}).`, {
    advice: page
      ? "Look for the same model under Xenova or onnx-community, who convert models for the browser."
      : "Choose an .onnx file, and tokenizer.json or preprocessor_config.json with it.",
  });
}

async function offerText(
  repository: Repository,
  config: Json,
  identity: Identity,
  weights: readonly WeightsFiles[],
  options: Looking,
): Promise<Offer<TextCard>> {
  const { files } = repository;
  const json = (path: string) => readJson(repository, path, options);
  const [tokenizer, pooling, sentence, prompts, modules] = await Promise.all([
    json("tokenizer_config.json"),
    json("1_Pooling/config.json"),
    json("sentence_bert_config.json"),
    json("config_sentence_transformers.json"),
    readAnyJson(repository, "modules.json", options),
  ]);
  const card = textCard({ config, tokenizer, pooling, sentence, prompts, modules }, identity);
  const beside: Partial<ModelFiles> = {
    ...given("tokenizer", files.get("tokenizer.json")),
    ...given("tokenizerConfig", files.get("tokenizer_config.json")),
  };
  const tower = object(config.text_config);
  const words = firstNumber(config.vocab_size, tower.vocab_size);
  const width = dimensionOf(config) ?? dimensionOf(tower);
  const assumptions = files.has("config.json")
    ? []
    : [
        `There is no config.json: texts are cut at ${card.maxLength} tokens and the mean over tokens is taken.`,
      ];
  return offer(card, weights, beside, assumptions, words && width ? words * width : undefined);
}

async function offerImage(
  repository: Repository,
  config: Json,
  identity: Identity,
  weights: readonly WeightsFiles[],
  options: Looking,
): Promise<Offer<ImageCard>> {
  const preprocessor = await readJson(repository, "preprocessor_config.json", options);
  if (/feature_size|sampling_rate/.test(Object.keys(preprocessor).join(" "))) {
    throw new NamedError("UnsupportedModel", `${identity.title} reads sound, not texts or pictures.`, {
      advice: "Choose an encoder of texts or pictures.",
    });
  }
  const card = imageCard({ config, preprocessor }, identity);
  const assumptions = repository.files.has("preprocessor_config.json")
    ? []
    : ["There is no preprocessor_config.json: pictures are prepared as for ImageNet."];
  const names = classNames(config);
  const classes: Partial<ModelFiles> = names
    ? { classes: { from: "disk", file: new File([JSON.stringify(names)], "config.json") } }
    : {};
  return offer(card, weights, classes, assumptions, undefined);
}

function offer<Card extends TextCard | ImageCard>(
  card: Card,
  weights: readonly WeightsFiles[],
  beside: Partial<ModelFiles>,
  assumptions: readonly string[],
  largest: number | undefined,
): Offer<Card> {
  const besideBytes = [beside.tokenizer, beside.tokenizerConfig].reduce(
    (sum, file) => sum + (file ? fileBytes(file) : 0),
    0,
  );
  return {
    card,
    formats: weights.map(({ format, bytes }) => ({ format, bytes: bytes + besideBytes })),
    assumptions,
    ...(largest === undefined ? {} : { largest }),
    choose: (facts) => chooseFormat(weights, { ...facts, modality: card.modality }),
    files(format) {
      const found = weights.find((one) => one.format === format);
      if (found) return { weights: found.graph, external: found.external, ...beside };
      throw new NamedError("ModelNotFound", `${card.title} has no file in the format ${format}.`, {
        advice: `It has ${weights.map((one) => one.format).join(", ")}.`,
      });
    },
  };
}

function given<Key extends string>(key: Key, file: FileAt | undefined): Partial<Record<Key, FileAt>> {
  return file ? ({ [key]: file } as Record<Key, FileAt>) : {};
}
