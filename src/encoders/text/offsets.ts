import { type TokenScheme, tokenBytes, withoutSpace } from "./surface";

/** Where a token stands in its text: from `start` up to, and without, `end`, in UTF-16 units. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** How far behind an unknown token the next known one is looked for, in bytes: the longest word, and then some. */
const LOOK_AHEAD = 2048;

/** So many known tokens must fit one after the other before a place behind an unknown one is believed. */
const WITNESSES = 3;

const encoder = new TextEncoder();

/**
 * Finds where tokens stand in their text. The tokeniser gives tokens without places, of a text that it normalised
 * (case, accents, width): so the text is normalised character by character, and the tokens' bytes are found one behind
 * the other, white space aside. A token that can't be found (an unknown word) covers what lies before the next one that
 * can. `normalise` is the tokeniser's; `tokens` are those of the text alone, in order.
 */
export function locateTokens(
  text: string,
  tokens: readonly string[],
  normalise: (text: string) => string,
  scheme: TokenScheme,
): Range[] {
  const content = readContent(text, normalise);
  const wanted = tokens.map((token) => tokenBytes(token, scheme));
  const ranges: Range[] = [];
  let at = 0;
  wanted.forEach((bytes, place) => {
    const length = fits(content, at, bytes) ? bytes.length : resume(content, at, wanted, place) - at;
    ranges.push(content.range(at, at + length));
    at += length;
  });
  return ranges;
}

interface Content {
  /** The normalised text's bytes, without white space. */
  readonly bytes: Uint8Array;
  /** True where a word begins: behind white space, and at and behind punctuation. */
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
    encoder.encode(normal).forEach((byte, place) => {
      bytes.push(byte);
      begins.push(place === 0 && (fresh || punctuation) ? 1 : 0);
      starts.push(start);
      ends.push(end);
    });
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

function fits({ bytes }: Content, at: number, wanted: Uint8Array): boolean {
  if (at + wanted.length > bytes.length) return false;
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

/** Where the text goes on behind the token at `place`, which does not stand at `at`. */
function resume(content: Content, at: number, wanted: readonly Uint8Array[], place: number): number {
  const { bytes, begins } = content;
  const rest = wanted.slice(place + 1).filter(({ length }) => length > 0);
  if (rest.length === 0) return bytes.length;
  const limit = Math.min(bytes.length, at + LOOK_AHEAD);
  const goesOn = (from: number) => {
    let behind = from;
    for (const [witness, next] of rest.slice(0, WITNESSES).entries()) {
      // The token after the next may be unknown, too: then it must at least begin a word.
      if (!fits(content, behind, next)) return witness > 0 && (begins[behind] ?? 1) === 1;
      behind += next.length;
    }
    return true;
  };
  for (let from = at + 1; from < limit; from++) if (begins[from] === 1 && goesOn(from)) return from;
  for (let from = at; from < limit; from++) if (goesOn(from)) return from;
  // Two unknown tokens in a row: each has one word.
  for (let from = at + 1; from < limit; from++) if (begins[from] === 1) return from;
  return limit;
}
