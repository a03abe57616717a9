import { Tokenizer } from "@huggingface/tokenizers";
import { NamedError } from "../../core/errors";
import type { TextPart } from "../types";
import { readableToken, tokenScheme } from "./surface";
import { tokenRanges } from "./words";

/** A text as the network reads it. */
export interface TokenisedText {
  /** Ids of the tokens, special ones included; at most `maxLength`. */
  readonly ids: readonly number[];
  /** The tokens as the tokeniser writes them, one for each id. */
  readonly written: readonly string[];
  /** True when tokens at the end were left out. */
  readonly truncated: boolean;
  /** True when there is nothing but special tokens: the text was empty, or all of it invisible. */
  readonly empty: boolean;
}

/** Turns texts into tokens. */
export interface TextTokeniser {
  readonly padId: number;
  tokenise(text: string): TokenisedText;
  /** Where the tokens of a text stand in it, one part for each. */
  locate(text: string, tokens: TokenisedText): TextPart[];
}

/**
 * Characters looked at first, for each token the encoder reads. English has 4 to 5 a token; only texts of very long
 * words need a second look at more.
 */
const CHARACTERS_PER_TOKEN = 16;

/** A cut goes back to the last white space within this many characters: longer words become one unknown token. */
const LONGEST_WORD = 200;

/**
 * Builds the tokeniser from `tokenizer.json` and `tokenizer_config.json`. `prefix` is put in front of every text;
 * `maxLength` counts special tokens too. Throws `ModelCorrupt` when the files describe no tokeniser.
 */
export function createTokeniser(
  files: { readonly tokenizer: object; readonly config: object },
  { prefix, maxLength }: { readonly prefix: string; readonly maxLength: number },
): TextTokeniser {
  const tokenizer = build(files);
  // What stands before and after every text, such as [CLS] and [SEP].
  const { ids: special, tokens: specialTokens } = tokenizer.encode("");
  const endingLength = endLength(tokenizer, special);
  const startLength = special.length - endingLength;
  const ending = special.slice(startLength);
  const endingTokens = specialTokens.slice(startLength);
  // What a text without anything in it gives. Not its length: after "query: " SentencePiece has a token for the space
  // alone, and one for a word with the space in it.
  const nothing = tokenizer.encode(prefix).ids;
  const scheme = tokenScheme(files.tokenizer);
  const padToken: unknown = (files.config as { pad_token?: unknown }).pad_token;

  const read = (text: string): TokenisedText => {
    const { ids, tokens } = tokenizer.encode(prefix + text);
    const truncated = ids.length > maxLength;
    const kept = maxLength - ending.length;
    return {
      ids: truncated ? [...ids.slice(0, kept), ...ending] : ids,
      written: truncated ? [...tokens.slice(0, kept), ...endingTokens] : tokens,
      truncated,
      empty: text.trim() === "" || (ids.length <= nothing.length && ids.every((id, i) => id === nothing[i])),
    };
  };

  return {
    padId: (typeof padToken === "string" ? tokenizer.token_to_id(padToken) : undefined) ?? 0,
    tokenise(text) {
      for (let limit = maxLength * CHARACTERS_PER_TOKEN; limit < text.length; limit *= 2) {
        const beginning = read(text.slice(0, cutBefore(text, limit)));
        if (beginning.truncated) return beginning;
      }
      return read(text);
    },
    locate(text, { written }) {
      const inside = written.slice(startLength, written.length - endingLength);
      const ranges = tokenRanges(tokenizer, prefix + text, inside, scheme);
      return written.map((token, place) => {
        const range = ranges[place - startLength];
        // What stands for no piece of the text stands at its beginning, or at its end.
        const edge = place < startLength ? 0 : text.length;
        const start = range ? Math.max(0, range.start - prefix.length) : edge;
        const end = range ? Math.max(0, range.end - prefix.length) : edge;
        const special = range === undefined || (prefix !== "" && range.end <= prefix.length);
        return { place, token: readableToken(token, scheme), special, start, end };
      });
    },
  };
}

function build({ tokenizer, config }: { readonly tokenizer: object; readonly config: object }): Tokenizer {
  try {
    return new Tokenizer(tokenizer, config);
  } catch (cause) {
    throw new NamedError("ModelCorrupt", "tokenizer.json is damaged: it describes no tokeniser.", {
      advice: "Retry, or put the model's files there again.",
      cause,
    });
  }
}

/** How many of the special tokens follow the text. */
function endLength(tokenizer: Tokenizer, special: readonly number[]): number {
  const ids = tokenizer.encode("a").ids;
  let count = 0;
  while (count < special.length && ids[ids.length - 1 - count] === special[special.length - 1 - count])
    count++;
  return count;
}

/** A place at or before `limit` where cutting harms no word, or at least no character. */
function cutBefore(text: string, limit: number): number {
  for (let place = limit; place > limit - LONGEST_WORD; place--) if (/\s/.test(text[place])) return place;
  const code = text.charCodeAt(limit);
  const insidePair = code >= 0xdc00 && code <= 0xdfff;
  return insidePair ? limit - 1 : limit;
}

/** Narrows the content of one of the tokeniser's files. Throws `ModelCorrupt` when it is something else. */
export function requireObject(json: unknown, file: string): object {
  if (typeof json === "object" && json !== null) return json;
  throw new NamedError("ModelCorrupt", `${file} is damaged: it should hold an object.`, {
    advice: "Retry, or put the model's files there again.",
  });
}
