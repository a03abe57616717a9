import type { Pooling, TextCard } from "../card";
import { familyOf } from "./families";
import { firstNumber, flag, type Json, object, text } from "./json";

/** The JSON files of a text encoder; empty objects for those that are not there. */
export interface TextFiles {
  /** `config.json`. */
  readonly config: Json;
  /** `tokenizer_config.json`. */
  readonly tokenizer: Json;
  /** `1_Pooling/config.json`. */
  readonly pooling: Json;
  /** `sentence_bert_config.json`. */
  readonly sentence: Json;
  /** `config_sentence_transformers.json`. */
  readonly prompts: Json;
  /** `modules.json`: a list. */
  readonly modules: unknown;
}

/** Who a model is. */
export interface Identity {
  readonly id: string;
  readonly title: string;
  /** What its name says of its family: the id, or that of the model it was made from. */
  readonly name: string;
}

/** Longer texts are cut here whatever the model could read: 1,024 tokens are seconds of work without a GPU. */
const MOST_TOKENS = 1024;

/** What encoders read where their files do not say it. */
const USUAL_TOKENS = 512;

/** RoBERTa's kind counts places from after the padding's id, so that two places are never used. */
const COUNTED_FROM_TWO = new Set([
  "roberta",
  "xlm-roberta",
  "camembert",
  "mpnet",
  "longformer",
  "data2vec-text",
]);

/**
 * The card of a text encoder from its files: the tokens it reads, its pooling, its prefix. Two-tower models have
 * `text_config` in their config, and their vector comes ready from the network.
 */
export function textCard(files: TextFiles, identity: Identity): TextCard {
  const tower = object(files.config.text_config);
  const isTower = Object.keys(tower).length > 0 || files.config.vision_config !== undefined;
  const family = familyOf(identity.name);
  const maxLength = longest(files, isTower ? tower : files.config);
  const firstPlace = placesBefore(isTower ? tower : files.config);
  const padded = text(files.config.model_type)?.startsWith("siglip");
  return {
    id: identity.id,
    title: identity.title,
    modality: "text",
    dimension: (isTower ? towerDimension(files.config, tower) : dimensionOf(files.config)) ?? 0,
    metric: "cosine",
    tap: isTower ? towerOutput(files.config, "text_embeds") : lastHiddenState(files.config),
    pooling: isTower ? "none" : (statedPooling(files.pooling) ?? family.pooling),
    normalise: isTower || (normalises(files.modules) ?? family.normalise),
    parameters: 0,
    inputs: [],
    outputs: { embedding: "" },
    files: [],
    prefix: isTower ? "" : (statedPrefix(files.prompts) ?? family.prefix),
    maxLength,
    // SigLIP learned with every text filled up to its longest, and sees no mask.
    ...(padded ? { padTo: maxLength } : {}),
    ...(firstPlace > 0 ? { firstPlace } : {}),
    probes: [],
  };
}

/** Numbers per token of a plain encoder, by any of the names that configs have for it. */
export function dimensionOf(config: Json): number | undefined {
  return firstNumber(config.hidden_size, config.dim, config.d_model, config.n_embd);
}

/** Numbers per vector of a two-tower model. */
export function towerDimension(config: Json, tower: Json): number | undefined {
  const projected = text(config.model_type)?.startsWith("siglip") !== true;
  return projected ? firstNumber(config.projection_dim) : firstNumber(tower.hidden_size);
}

/** What a tower of a two-tower model puts out: SigLIP's has no projection, and calls it by another name. */
export function towerOutput(config: Json, projected: string): string {
  return text(config.model_type)?.startsWith("siglip") ? "pooler_output" : projected;
}

/** Plain encoders put out their last hidden state; those with a head on top hide it inside. */
function lastHiddenState(config: Json): string {
  const [architecture] = Array.isArray(config.architectures) ? config.architectures : [];
  const headed = typeof architecture === "string" && architecture.includes("For");
  return headed ? "" : "last_hidden_state";
}

function longest({ tokenizer, sentence }: TextFiles, config: Json): number {
  const places = firstNumber(config.max_position_embeddings, config.n_positions);
  const unused = placesBefore(config);
  const limits = [
    firstNumber(sentence.max_seq_length),
    // Tokenizers without a limit say 10³⁰.
    firstNumber(tokenizer.model_max_length, tokenizer.max_length),
    places === undefined ? undefined : places - unused,
  ].filter((limit) => limit !== undefined);
  return Math.max(3, Math.min(MOST_TOKENS, ...(limits.length > 0 ? limits : [USUAL_TOKENS])));
}

/** The places that a network keeps for padding and never gives to a token. */
function placesBefore(config: Json): number {
  return COUNTED_FROM_TWO.has(text(config.model_type) ?? "") ? 2 : 0;
}

function statedPooling(pooling: Json): Pooling | undefined {
  if (flag(pooling.pooling_mode_cls_token, false)) return "cls";
  if (flag(pooling.pooling_mode_mean_tokens, false)) return "mean";
  if (flag(pooling.pooling_mode_max_tokens, false)) return "max";
  return undefined;
}

/** Whether sentence-transformers scales to length 1, by its list of steps. */
function normalises(modules: unknown): boolean | undefined {
  if (!Array.isArray(modules) || modules.length === 0) return undefined;
  return modules.some((step) => text(object(step).type)?.endsWith("Normalize"));
}

function statedPrefix(prompts: Json): string | undefined {
  const name = text(prompts.default_prompt_name);
  return name === undefined ? undefined : text(object(prompts.prompts)[name]);
}
