import { NamedError } from "../core/errors";
import { type Modality, type Space, spaceId } from "../core/space";
import { cardSpaceId, type ModelCard, type Pooling } from "./card";
import type { Tap } from "./graph/types";

/** Which tensor is read out of a network, and how it becomes one vector, or several. */
export interface Reading {
  readonly tap: Tap;
  readonly pooling: Pooling;
}

/** A reading of an opened model: the length of its vectors is known. */
export interface MeasuredReading extends Reading {
  /** Numbers per vector. */
  readonly dimension: number;
}

/** What the user asks to read; left out is what suits the card. */
export interface AskedReading {
  readonly tap?: string;
  readonly pooling?: Pooling;
}

/**
 * A map of more cells than this is not read cell by cell: each would be a point, and the first layers of a network have
 * ten thousand for every picture, which show edges and colours. The finest grid of a known ViT has 32 × 32 patches.
 */
const MOST_CELLS = 1024;

/**
 * How a tap's tokens or cells can become vectors, the natural way first. A CLIP-like picture tower's first token is its
 * CLS; a network without one (SigLIP's) has no such pooling.
 */
export function poolingsOf(tap: Tap, modality: Modality, hasCls = true): readonly Pooling[] {
  if (isOfTokens(tap)) {
    if (modality === "text") return ["mean", "cls", "max", "none"];
    return hasCls ? ["cls", "mean", "max", "none"] : ["mean", "max", "none"];
  }
  if (tap.kind !== "map") return ["none"];
  const [, , rows, columns] = tap.shape;
  const isFine = typeof rows === "number" && typeof columns === "number" && rows * columns > MOST_CELLS;
  return isFine ? ["mean", "max"] : ["mean", "max", "none"];
}

/** True for taps with a vector for each token; a language model's logits are of that kind, too. */
export function isOfTokens({ kind, shape }: Tap): boolean {
  return kind === "tokens" || (kind === "logits" && shape.length === 3);
}

/** True where each token or cell has a vector of its own. */
export function isOfParts({ tap, pooling }: Reading): boolean {
  return pooling === "none" && (tap.kind === "map" || isOfTokens(tap));
}

/**
 * The tap that is a network's embedding when its card does not say: what was trained to be compared (a projection, a
 * sentence's embedding), else a classifier's penultimate layer, else the last tokens, else the last vector or map.
 * Throws `UnknownTap` when the network has no readable layer.
 */
export function naturalTap(taps: readonly Tap[], modality: Modality, hasCls = true): Tap {
  const last = (suits: (tap: Tap) => boolean) => taps.findLast(suits);
  const tokens = last(({ kind }) => kind === "tokens");
  const vector = last(({ kind }) => kind === "vector");
  const tap =
    last(({ name }) => /^(text_embeds|image_embeds|sentence_embedding)$/.test(name)) ??
    // What stands before a language model's scores belongs to its head.
    (modality === "image" ? last(({ title }) => title.startsWith("Penultimate")) : undefined) ??
    // Without a CLS token, a ViT's own head does the pooling.
    (modality === "text" || hasCls ? (tokens ?? vector) : (vector ?? tokens)) ??
    last(({ kind }) => kind === "map") ??
    taps[taps.length - 1];
  if (tap) return tap;
  throw new NamedError("UnknownTap", "No layer of this model can be read out.", {
    advice: "Choose a model that is an encoder of texts or pictures.",
  });
}

/** A card whose tap the model's file holds: its own, or the natural one where it names none, or one that is not there. */
export function withTap<Card extends ModelCard>(card: Card, taps: readonly Tap[], hasCls = true): Card {
  if (taps.some(({ name }) => name === card.tap)) return card;
  const tap = naturalTap(taps, card.modality, hasCls);
  return { ...card, tap: tap.name, pooling: defaultPooling(tap, card, hasCls) };
}

/** The pooling of a tap that nobody chose one for: the card's where it suits, else the natural one. */
export function defaultPooling(tap: Tap, card: ModelCard, hasCls = true): Pooling {
  const possible = poolingsOf(tap, card.modality, hasCls);
  // The card of a network that pools by itself says "none"; for its tokens that would be one vector for each.
  const suits = possible.includes(card.pooling) && (card.pooling !== "none" || possible.length === 1);
  return suits ? card.pooling : possible[0];
}

/** The card's own reading. Throws `UnknownTap` when the file does not hold the card's tap. */
export function cardReading(card: ModelCard, taps: readonly Tap[]): Reading {
  return { tap: findTap(taps, card.tap), pooling: card.pooling };
}

/**
 * What to read out of a model. Throws `UnknownTap` when the file holds no such layer, or when the layer can't be pooled
 * as asked.
 */
export function chooseReading(
  card: ModelCard,
  taps: readonly Tap[],
  asked: AskedReading,
  hasCls = true,
): Reading {
  const tap = findTap(taps, asked.tap ?? card.tap);
  const pooling = asked.pooling ?? defaultPooling(tap, card, hasCls);
  const possible = poolingsOf(tap, card.modality, hasCls);
  if (possible.includes(pooling) || isCards(card, { tap, pooling })) return { tap, pooling };
  throw new NamedError("UnknownTap", `“${tap.title}” can't be pooled by ${pooling}.`, {
    advice: `Choose ${possible.join(", ")}.`,
  });
}

/** True for what the card itself reads. */
export function isCards(card: ModelCard, { tap, pooling }: Reading): boolean {
  return tap.name === card.tap && pooling === card.pooling;
}

/** A reading with the length of its vectors, where the card says it of its own; undefined where it must be measured. */
export function knownReading(
  card: ModelCard & { readonly probes: readonly unknown[] },
  reading: Reading,
): MeasuredReading | undefined {
  // A card without probes was made up from a model's files.
  return card.probes.length > 0 && isCards(card, reading)
    ? { ...reading, dimension: card.dimension }
    : undefined;
}

/** The space that a reading's vectors live in: the model's own for what its card reads, one of its own for any other. */
export function readingSpace(card: ModelCard, reading: MeasuredReading): Space {
  const { tap, pooling, dimension } = reading;
  const part = card.modality === "text" ? "token" : "patch";
  // What the two towers of one model were trained to give stands in one space.
  const whole: Space["modalities"] =
    card.joint && isCards(card, reading) ? ["text", "image"] : [card.modality];
  return {
    id: isCards(card, reading) ? cardSpaceId(card) : spaceId(`${cardSpaceId(card)}@${tap.name}:${pooling}`),
    title: readingTitle(card, reading),
    dimension,
    metric: card.metric,
    modalities: isOfParts(reading) ? [part] : whole,
  };
}

/** What people call a reading: "MiniLM-L6", "MiniLM-L6 · Block 3 output · mean". */
function readingTitle(card: ModelCard, reading: Reading): string {
  if (isCards(card, reading)) return card.title;
  const single = poolingsOf(reading.tap, card.modality).length === 1;
  return [card.title, reading.tap.title, ...(single ? [] : [POOLING_TITLES[reading.pooling]])].join(" · ");
}

const POOLING_TITLES: Readonly<Record<Pooling, string>> = {
  mean: "mean",
  cls: "CLS",
  max: "max",
  none: "one by one",
};

function findTap(taps: readonly Tap[], name: string): Tap {
  const tap = taps.find((one) => one.name === name);
  if (tap) return tap;
  throw new NamedError("UnknownTap", `The model has no layer called “${name}”.`, {
    advice: "Choose one of the layers that are listed.",
  });
}
