import type { Modality } from "../core/space";
import { LEXICAL_CARD } from "./lexical/lexical";
import { ONE_HOT_CARD } from "./one-hot/one-hot";

/** An encoder that ships with the page, as a choice. */
export interface ShippedEncoder {
  readonly id: string;
  readonly title: string;
  /** How often what it says of an item has changed, from 1; see `EncoderCard`. */
  readonly edition: number;
  readonly modality: Modality;
  readonly dimension: number;
  /** One sentence for people. */
  readonly description: string;
  /** What has to be fetched before it runs, without the runtime. */
  readonly bytes: number;
}

/** The text encoder of a first visit. */
export const FIRST_TEXT_ENCODER = "all-minilm-l6-v2";

/** What the cards say, so that choices can be shown before any card is fetched; the unit tests compare the two. */
const SHIPPED: readonly ShippedEncoder[] = [
  {
    id: FIRST_TEXT_ENCODER,
    title: "MiniLM-L6",
    edition: 1,
    modality: "text",
    dimension: 384,
    description:
      "Reads what words and sentences mean; trained on a billion pairs of sentences, English first.",
    bytes: 23_366_767,
  },
  {
    id: LEXICAL_CARD.id,
    title: LEXICAL_CARD.title,
    edition: 1,
    modality: "text",
    dimension: LEXICAL_CARD.dimension,
    description: "Compares spelling and knows no meaning: the foil that puts football by footwear.",
    bytes: 0,
  },
  {
    id: ONE_HOT_CARD.id,
    title: ONE_HOT_CARD.title,
    edition: 1,
    modality: "text",
    dimension: ONE_HOT_CARD.dimension,
    description:
      "Gives every word an axis of its own: all words equally far, as before there were embeddings.",
    bytes: 0,
  },
  {
    id: "efficientnet-lite0",
    title: "EfficientNet-Lite0",
    // The second tells twenty classes in place of ten.
    edition: 2,
    modality: "image",
    dimension: 1280,
    description: "Sees what a picture shows; trained on ImageNet's thousand kinds of things.",
    bytes: 9_536_991,
  },
];

/** The encoders that ship with the page, the default of each modality first. */
export function shippedEncoders(): readonly ShippedEncoder[] {
  return SHIPPED;
}
