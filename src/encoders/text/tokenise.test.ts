import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTokeniser } from "./tokenise";

const root = join(import.meta.dirname, "../../..");
const json = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));
const files = {
  tokenizer: json("public/models/all-minilm-l6-v2/tokenizer.json"),
  config: json("public/models/all-minilm-l6-v2/tokenizer_config.json"),
};
const minilm = createTokeniser(files, { prefix: "", maxLength: 256 });
const reference: { maxLength: number; cases: { text: string; ids: number[] }[] } = json(
  "e2e/fixtures/reference/tokens.json",
);

describe("createTokeniser", () => {
  it.each(reference.cases)("gives the ids of Python's tokenizers: $text", ({ text, ids }) => {
    expect(minilm.tokenise(text).ids).toEqual(ids);
  });

  it("knows the padding", () => {
    expect(minilm.padId).toBe(0);
  });

  it.each(["", "   ", "\n\t", "\0\0", "\u200b"])("calls %j empty", (text) => {
    expect(minilm.tokenise(text).empty).toBe(true);
  });

  it("does not call a text empty that is one unknown character", () => {
    expect(minilm.tokenise("⚽")).toMatchObject({ empty: false, truncated: false });
  });

  it("cuts long texts and keeps the end mark", () => {
    const { ids, truncated } = minilm.tokenise("word ".repeat(300));
    expect(truncated).toBe(true);
    expect(ids).toHaveLength(256);
    expect(ids.at(-1)).toBe(102);
    expect(minilm.tokenise("word ".repeat(254))).toMatchObject({ truncated: false });
    expect(minilm.tokenise("word ".repeat(255))).toMatchObject({ truncated: true });
  });

  it("gives for a long text what its whole would give", () => {
    const word = fc.stringMatching(/^[a-z]{1,60}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 100, maxLength: 900 }), (words) => {
        const short = createTokeniser(files, { prefix: "", maxLength: 20 });
        const whole = createTokeniser(files, { prefix: "", maxLength: 100_000 });
        const expected = whole.tokenise(words.join(" ")).ids;
        expect(short.tokenise(words.join(" ")).ids).toEqual([...expected.slice(0, 19), 102]);
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    ["words", "word ".repeat(20_000)],
    ["one letter", "a".repeat(100_000)],
    ["white space", `${" ".repeat(99_999)}a`],
    ["emoji", "⚽🏐".repeat(30_000)],
    ["Chinese", "足".repeat(100_000)],
    ["combining marks", "e\u0301".repeat(50_000)],
  ])("reads 100,000 characters of %s at once", (_, text) => {
    const before = performance.now();
    const { ids, empty } = minilm.tokenise(text);
    // Alone it takes half a second; what grows with the square of the length would take minutes.
    expect(performance.now() - before).toBeLessThan(8000);
    expect(ids.length).toBeLessThanOrEqual(256);
    expect(empty).toBe(false);
  });

  it("puts a prefix in front, which does not make a text of an empty one", () => {
    const prefixed = createTokeniser(files, { prefix: "query: ", maxLength: 256 });
    expect(prefixed.tokenise("football").ids).toEqual(minilm.tokenise("query: football").ids);
    expect(prefixed.tokenise("").empty).toBe(true);
  });

  it.each([
    ["distilbert-cased", ""],
    ["multilingual-e5", "query: "],
    ["clip", ""],
    ["siglip", ""],
  ])("gives the tokens of Python's tokenizers: %s", (name, prefix) => {
    const folder = `e2e/fixtures/hub/tiny/${name}`;
    const tokeniser = createTokeniser(
      { tokenizer: json(`${folder}/tokenizer.json`), config: json(`${folder}/tokenizer_config.json`) },
      { prefix, maxLength: 64 },
    );
    const content = json(`${folder}/reference.json`);
    const { inputs }: { inputs: { text: string; ids: number[] }[] } = content.text ?? content;
    for (const { text, ids } of inputs) {
      // SigLIP's are filled up with its end of text.
      const filled = [...tokeniser.tokenise(text).ids];
      while (filled.length < ids.length) filled.push(tokeniser.padId);
      expect(filled).toEqual(ids);
    }
  });

  it("reads one word behind a prefix, whose space SentencePiece takes for a token of its own", () => {
    const read = (file: string) => json(`e2e/fixtures/hub/tiny/multilingual-e5/${file}`);
    const e5 = createTokeniser(
      { tokenizer: read("tokenizer.json"), config: read("tokenizer_config.json") },
      { prefix: "query: ", maxLength: 64 },
    );
    expect(e5.tokenise("football").empty).toBe(false);
    expect(e5.tokenise("a").empty).toBe(false);
    expect(e5.tokenise("").empty).toBe(true);
    expect(e5.tokenise("  ").empty).toBe(true);
  });

  it("refuses files that describe no tokeniser", () => {
    expect(() => createTokeniser({ tokenizer: {}, config: {} }, { prefix: "", maxLength: 256 })).toThrow(
      expect.objectContaining({ name: "ModelCorrupt" }),
    );
  });
});
