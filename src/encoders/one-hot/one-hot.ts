import type { EncoderCard } from "../card";
import { finishVector } from "../finish-vector";
import type { Vocabulary } from "./vocabulary";

/** Axes, so as many different words are told apart as a large sample holds, for 4 KB an item. */
const DIMENSION = 1024;

/** Longer texts count with their beginning only. */
export const MOST_CHARACTERS = 20_000;

/** What the foil says about itself. */
export const ONE_HOT_CARD: EncoderCard = {
  id: "one-hot",
  title: "One-hot",
  modality: "text",
  dimension: DIMENSION,
  metric: "cosine",
  tap: "words",
  pooling: "none",
  normalise: true,
  parameters: 0,
};

/**
 * How words were told to machines before embeddings: every word has an axis of its own, so that all words are equally far from
 * each other and nothing is like anything. A text of several words is their sum, scaled to length 1 (a bag of words); texts
 * are alike as far as they share words. Letter case and compatibility variants (NFKC) make no difference.
 */
export function encodeOneHot(text: string, vocabulary: Vocabulary): Float32Array {
  const counts = new Float32Array(DIMENSION);
  for (const word of wordsOf(text.slice(0, MOST_CHARACTERS))) counts[vocabulary.axisOf(word)] += 1;
  return finishVector(counts, true) ?? counts;
}

/** The words of a text: runs of letters and digits; where there are none (an emoji) the whole text is one. */
function wordsOf(text: string): readonly string[] {
  const folded = text.normalize("NFKC").toLowerCase();
  const words = folded.match(/[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu);
  if (words) return words;
  const rest = folded.replace(/[\s\p{Cc}]+/gu, "");
  return rest === "" ? [] : [rest];
}
