/** How a tokeniser writes tokens. */
export interface TokenScheme {
  /** Tokens are bytes, each written as one letter (GPT-2, RoBERTa, CLIP). */
  readonly bytes: boolean;
  /** What stands in front of a piece that goes on with a word: "##". Empty where nothing does. */
  readonly continuation: string;
  /** What stands behind the last piece of a word: "</w>". Empty where nothing does. */
  readonly wordEnd: string;
}

/** What SentencePiece writes for a space. */
const SPACE_MARK = "▁";

const BYTE_TOKEN = /^<0x([0-9A-F]{2})>$/;

const encoder = new TextEncoder();

/** Reads from `tokenizer.json` how the tokeniser writes tokens; what is not said there is taken for the usual. */
export function tokenScheme(tokenizer: object): TokenScheme {
  const { model, pre_tokenizer, decoder } = tokenizer as Record<string, unknown>;
  const { type, continuing_subword_prefix, end_of_word_suffix } = (model ?? {}) as Record<string, unknown>;
  const says = (part: unknown) => JSON.stringify(part ?? null).includes('"type":"ByteLevel"');
  const prefix = typeof continuing_subword_prefix === "string" ? continuing_subword_prefix : undefined;
  return {
    bytes: says(pre_tokenizer) || says(decoder),
    continuation: prefix ?? (type === "WordPiece" ? "##" : ""),
    wordEnd: typeof end_of_word_suffix === "string" ? end_of_word_suffix : "",
  };
}

/** The bytes (UTF-8) of the text that a token stands for, white space left out. */
export function tokenBytes(token: string, scheme: TokenScheme): Uint8Array {
  const byte = BYTE_TOKEN.exec(token);
  if (byte) return Uint8Array.of(Number.parseInt(byte[1], 16));
  const bare = strip(token, scheme);
  if (!scheme.bytes) return encoder.encode(withoutSpace(bare));
  const bytes = Array.from(bare, (letter) => LETTER_BYTES.get(letter));
  // An added token is written as it is.
  if (bytes.some((one) => one === undefined)) return encoder.encode(withoutSpace(bare));
  return Uint8Array.from((bytes as number[]).filter((one) => !ASCII_SPACES.has(one)));
}

/** A token as people read it: "##ball" stays, "Ġworld" and "▁world" become "world", bytes their text where they have one. */
export function readableToken(token: string, scheme: TokenScheme): string {
  if (!scheme.bytes) {
    const bare = token.replaceAll(SPACE_MARK, " ").trim();
    return (scheme.wordEnd !== "" ? bare.replace(scheme.wordEnd, "") : bare) || token;
  }
  const bytes = tokenBytes(token, scheme);
  const text = new TextDecoder().decode(bytes);
  return bytes.length === 0 || text.includes("\ufffd") ? token : text;
}

/** A text without white space and without the marks that stand for it. */
export function withoutSpace(text: string): string {
  return text.replace(/[\s▁]+/gu, "");
}

function strip(token: string, { continuation, wordEnd }: TokenScheme): string {
  const tail =
    continuation !== "" && token.startsWith(continuation) ? token.slice(continuation.length) : token;
  return wordEnd !== "" && tail.endsWith(wordEnd) ? tail.slice(0, -wordEnd.length) : tail;
}

const ASCII_SPACES = new Set([9, 10, 11, 12, 13, 32]);

/** The bytes behind the letters of byte tokens (GPT-2's `bytes_to_unicode`: visible Latin-1 as it is, others from U+0100). */
const LETTER_BYTES: ReadonlyMap<string, number> = letterBytes();

function letterBytes(): Map<string, number> {
  const letters = new Map<string, number>();
  let next = 0x100;
  for (let byte = 0; byte < 256; byte++) {
    const visible = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    letters.set(String.fromCharCode(visible ? byte : next++), byte);
  }
  return letters;
}
