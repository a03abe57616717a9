import type { Tokenizer } from "@huggingface/tokenizers";
import { locateTokens, type Range, type Word } from "./offsets";
import { type TokenScheme, tokenBytes } from "./surface";

/**
 * Where a text's tokens stand in it, special ones aside: one range for each of `tokens`, which the tokeniser made of the
 * text, or of its beginning. Added tokens that the text spells out ("[MASK]") stand where they are spelt.
 */
export function tokenRanges(
  tokenizer: Tokenizer,
  text: string,
  tokens: readonly string[],
  scheme: TokenScheme,
): Range[] {
  const normalise = (part: string) => tokenizer.normalizer?.(part) ?? part;
  const symbol = scheme.bytes ? "byte" : "character";
  const added = addedTokens(tokenizer);
  const ranges: Range[] = [];
  const made: string[] = [];
  for (const { part, start, isAdded } of sections(text, added)) {
    if (isAdded) {
      made.push(part);
      ranges.push({ start, end: start + part.length });
      continue;
    }
    const words = wordsOf(tokenizer, normalise(part), made.length === 0);
    made.push(...words.flatMap((word) => word.tokens));
    const found = locateTokens(
      part,
      words.map((word) => asBytes(tokenizer, word, scheme)),
      normalise,
      symbol,
    );
    ranges.push(...found.map((range) => ({ start: range.start + start, end: range.end + start })));
  }
  if (tokens.every((token, place) => made[place] === token)) return ranges.slice(0, tokens.length);
  // The tokeniser took the text apart in another way: then each of its tokens is looked for by itself.
  const alone = tokens.map((token) => asBytes(tokenizer, { surface: token, tokens: [token] }, scheme));
  return locateTokens(text, alone, normalise, symbol);
}

interface Spelt {
  readonly surface: string;
  readonly tokens: readonly string[];
}

function wordsOf(tokenizer: Tokenizer, normal: string, isFirst: boolean): Spelt[] {
  const { model, pre_tokenizer } = tokenizer;
  if (!model || normal === "") return [];
  const surfaces = pre_tokenizer ? pre_tokenizer(normal, { section_index: isFirst ? 0 : 1 }) : [normal];
  return surfaces.map((surface) => ({ surface, tokens: model([surface]) }));
}

function asBytes(tokenizer: Tokenizer, { surface, tokens }: Spelt, scheme: TokenScheme): Word {
  const unknown = tokenizer.model?.unk_token;
  return {
    bytes: tokenBytes(surface, { ...scheme, continuation: "", wordEnd: "" }),
    tokens: tokens.map((token) => (token === unknown ? undefined : tokenBytes(token, scheme))),
  };
}

interface Section {
  readonly part: string;
  readonly start: number;
  readonly isAdded: boolean;
}

/** A text, taken apart at the added tokens that it spells out. */
function* sections(text: string, added: readonly string[]): Generator<Section> {
  let start = 0;
  while (start < text.length) {
    let next: { readonly at: number; readonly token: string } | undefined;
    for (const token of added) {
      const at = text.indexOf(token, start);
      if (at >= 0 && (!next || at < next.at || (at === next.at && token.length > next.token.length))) {
        next = { at, token };
      }
    }
    const end = next?.at ?? text.length;
    if (end > start) yield { part: text.slice(start, end), start, isAdded: false };
    if (next) yield { part: next.token, start: next.at, isAdded: true };
    start = end + (next?.token.length ?? 0);
  }
}

function addedTokens(tokenizer: Tokenizer): string[] {
  const tokens = [...tokenizer.get_added_tokens_decoder().values()];
  return tokens
    .filter(({ content, normalized }) => content !== "" && !normalized)
    .map(({ content }) => content);
}
