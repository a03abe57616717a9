import { withoutSpace } from "./surface";

/** Where something stands in a text: from `start` up to, and without, `end`, in UTF-16 units. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What a tokeniser looked at as one, and what it made of it. Bytes are UTF-8, without white space. */
export interface Word {
  /** The word itself, normalised. */
  readonly bytes: Uint8Array;
  /** Its tokens; undefined for one that stands for what the vocabulary does not hold. */
  readonly tokens: readonly (Uint8Array | undefined)[];
}

/** So many known pieces must fit one after the other before a place behind an unknown one is believed. */
const WITNESSES = 3;

const encoder = new TextEncoder();

/**
 * Finds where words' tokens stand in their text. Tokenisers give tokens without places, of a text that they normalised
 * (case, accents, width): so the text is normalised character by character, and the words' bytes are found in it one
 * behind the other, then each word's tokens in the word. What can't be found covers what lies before the next thing that
 * can. White space counts for nothing. Gives one range for each token of each word, in order.
 */
export function locateTokens(
  text: string,
  words: readonly Word[],
  normalise: (text: string) => string,
  symbol: "byte" | "character",
): Range[] {
  const content = readContent(text, normalise);
  const spans = align(
    content,
    { from: 0, to: content.bytes.length },
    words.map(({ bytes }) => bytes),
    symbol,
  );
  return words.flatMap(({ tokens }, place) =>
    align(content, spans[place], tokens, symbol).map(({ from, to }) => content.range(from, to)),
  );
}

/** Bytes of a content, from `from` up to, and without, `to`. */
interface Span {
  readonly from: number;
  readonly to: number;
}

interface Content {
  /** The normalised text's bytes, without white space. */
  readonly bytes: Uint8Array;
  /** 2 where a word begins (behind white space, at and behind punctuation), 1 where a character does, else 0. */
  readonly begins: Uint8Array;
  range(from: number, to: number): Range;
}

const PUNCTUATION = /^[\p{P}\p{S}\p{Script=Han}]/u;

function readContent(text: string, normalise: (text: string) => string): Content {
  const bytes: number[] = [];
  const begins: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let fresh = true;
  let last = 0;
  for (const { start, end } of characters(text)) {
    const character = text.slice(start, end);
    const punctuation = PUNCTUATION.test(character);
    const normal = withoutSpace(normalise(character));
    if (normal === "") {
      if (/\s/.test(character)) fresh = true;
      continue;
    }
    for (const point of normal) {
      encoder.encode(point).forEach((byte, place) => {
        bytes.push(byte);
        begins.push(place > 0 ? 0 : fresh || punctuation ? 2 : 1);
        starts.push(start);
        ends.push(end);
      });
      fresh = false;
    }
    fresh = punctuation;
    last = end;
  }
  return {
    bytes: Uint8Array.from(bytes),
    begins: Uint8Array.from(begins),
    range(from, to) {
      const start = starts[from] ?? last;
      return to > from ? { start, end: ends[to - 1] } : { start, end: start };
    },
  };
}

/** What people take for one character: with its accents, skin tones and joiners, so that it is normalised as a whole. */
function* characters(text: string): Generator<Range> {
  for (const { index, segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)) {
    yield { start: index, end: index + segment.length };
  }
}

/** Finds pieces one behind the other inside a span; one span for each. */
function align(
  content: Content,
  { from, to }: Span,
  pieces: readonly (Uint8Array | undefined)[],
  symbol: "byte" | "character",
): Span[] {
  const spans: Span[] = [];
  let at = from;
  while (spans.length < pieces.length) {
    const piece = pieces[spans.length];
    if (piece && fits(content, at, to, piece)) {
      spans.push({ from: at, to: at + piece.length });
      at += piece.length;
      continue;
    }
    let next = spans.length + 1;
    while (next < pieces.length && pieces[next] === undefined) next++;
    const known = pieces.slice(next, next + WITNESSES);
    const behind = next === pieces.length ? to : resume(content, { from: at, to }, known);
    spans.push(...share(content, { from: at, to: behind }, next - spans.length, symbol));
    at = behind;
  }
  return spans;
}

function fits({ bytes }: Content, at: number, to: number, piece: Uint8Array): boolean {
  if (at + piece.length > to) return false;
  for (let i = 0; i < piece.length; i++) if (bytes[at + i] !== piece[i]) return false;
  return true;
}

/** Where the text goes on behind what is unknown: where the next known pieces stand, at a word's beginning if they can. */
function resume(content: Content, { from, to }: Span, known: readonly (Uint8Array | undefined)[]): number {
  const goesOn = (start: number) => {
    let at = start;
    for (const piece of known) {
      if (!piece) break;
      if (!fits(content, at, to, piece)) return false;
      at += piece.length;
    }
    return true;
  };
  for (const least of [2, 1, 0]) {
    for (let at = from + 1; at < to; at++) if (content.begins[at] >= least && goesOn(at)) return at;
  }
  return Math.min(to, from + 1);
}

/** Shares a span out among unknown tokens: one symbol each, the rest to the last. */
function share(content: Content, { from, to }: Span, count: number, symbol: "byte" | "character"): Span[] {
  const spans: Span[] = [];
  let at = from;
  for (let one = 1; one < count; one++) {
    let end = Math.min(to, at + 1);
    if (symbol === "character") while (end < to && content.begins[end] === 0) end++;
    spans.push({ from: at, to: end });
    at = end;
  }
  return [...spans, { from: at, to }];
}
