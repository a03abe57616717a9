import type { EncoderCard } from "../card";
import { finishVector } from "../finish-vector";
import { forEachNgram } from "./ngrams";

/** Numbers per vector: enough that two words of 25 n-grams each seldom share one by accident. */
const DIMENSION = 1024;

/** Longer texts count with their beginning only; a book would take seconds. */
export const MOST_CHARACTERS = 20_000;

/** What the foil says about itself. */
export const LEXICAL_CARD: EncoderCard = {
  id: "lexical",
  title: "Letters only",
  modality: "text",
  dimension: DIMENSION,
  metric: "cosine",
  tap: "character n-grams",
  pooling: "none",
  normalise: true,
  parameters: 0,
};

/**
 * The foil: a vector that knows letters and no meaning, so that *football* comes close to *footwear*. Counts character
 * n-grams into 1,024 numbers by signed feature hashing (Weinberger et al. 2009, arXiv:0902.2206) and scales to length 1.
 * The same text gives the same vector everywhere. A text without visible characters gives zeros.
 */
export function encodeLexical(text: string): Float32Array {
  const counts = new Float32Array(DIMENSION);
  forEachNgram(text.slice(0, MOST_CHARACTERS), (ngram) => {
    const hash = hash32(ngram);
    // The sign comes from a bit that the place does not use.
    counts[hash % DIMENSION] += hash & 0x8000_0000 ? -1 : 1;
  });
  return finishVector(counts, true) ?? counts;
}

/** FNV-1a over UTF-16 units, its bits mixed by the end of MurmurHash3 (Appleby): every bit depends on every letter. */
function hash32(text: string): number {
  let hash = 0x811c_9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x0100_0193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
