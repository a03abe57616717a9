import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTokeniser } from "./tokenise";

const root = join(import.meta.dirname, "../../..");
const json = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));

const tokeniserOf = (folder: string, prefix = "") =>
  createTokeniser(
    { tokenizer: json(`${folder}/tokenizer.json`), config: json(`${folder}/tokenizer_config.json`) },
    { prefix, maxLength: 256 },
  );

interface Reference {
  readonly text: string;
  readonly tokens: readonly string[];
  readonly offsets: readonly (readonly [number, number])[];
}

/** Offsets by Python's tokenizers (recipes/offsets.py). */
const reference: Record<string, readonly Reference[]> = json("e2e/fixtures/reference/offsets.json");

/** What Python says, without the white space in front that it counts in, and to the ends of whole characters. */
function visible(text: string, [start, end]: readonly [number, number]): [number, number] {
  const inner = text.slice(start, end);
  const first = start + inner.length - inner.trimStart().length;
  const characters = [...new Intl.Segmenter().segment(text)];
  const touched = characters.filter(({ index, segment }) => index < end && index + segment.length > first);
  const last = touched.at(-1);
  return first < end && last ? [touched[0].index, last.index + last.segment.length] : [first, first];
}

describe.each(Object.entries(reference))("tokens of %s", (folder, cases) => {
  const tokeniser = tokeniserOf(folder);

  it.each(cases.filter(({ tokens }) => tokens.length > 0))(
    "stand where Python's tokenizers find them: $text",
    ({ text, tokens, offsets }) => {
      const read = tokeniser.tokenise(text);
      const parts = tokeniser.locate(text, read);
      expect(parts.map(({ place }) => place)).toEqual(read.ids.map((_, place) => place));
      const inside = parts.filter(({ special }) => !special);
      expect(inside).toHaveLength(tokens.length);
      inside.forEach(({ start, end }, place) => {
        // The mark of a space, alone: Python lends it the letter behind it.
        const expected = tokens[place] === "▁" ? ([start, start] as const) : visible(text, offsets[place]);
        expect(text.slice(start, end), tokens[place]).toBe(text.slice(...expected));
        if (expected[1] > expected[0]) expect([start, end], tokens[place]).toEqual(expected);
      });
    },
  );

  it("stand one behind the other, inside their text, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        const parts = tokeniser.locate(text, tokeniser.tokenise(text));
        let last = 0;
        for (const { start, end, special } of parts) {
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
          if (special) expect(end).toBe(start);
          else expect(start).toBeGreaterThanOrEqual(last);
          last = start;
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("locate", () => {
  it("prints the article's tokens", () => {
    const minilm = tokeniserOf("public/models/all-minilm-l6-v2");
    const text = "Hello, world!";
    const parts = minilm.locate(text, minilm.tokenise(text));
    expect(parts.map(({ token }) => token)).toEqual(["[CLS]", "hello", ",", "world", "!", "[SEP]"]);
    expect(parts.map(({ special }) => special)).toEqual([true, false, false, false, false, true]);
    expect(parts.map(({ start, end }) => text.slice(start, end))).toEqual([
      "",
      "Hello",
      ",",
      "world",
      "!",
      "",
    ]);
  });

  it("counts a prefix's tokens as no piece of the text", () => {
    const minilm = tokeniserOf("public/models/all-minilm-l6-v2", "query: ");
    const parts = minilm.locate("football", minilm.tokenise("football"));
    expect(parts.map(({ token, special, start, end }) => [token, special, start, end])).toEqual([
      ["[CLS]", true, 0, 0],
      ["query", true, 0, 0],
      [":", true, 0, 0],
      ["football", false, 0, 8],
      ["[SEP]", true, 8, 8],
    ]);
  });

  it("reads byte tokens and space marks as people do", () => {
    const readable = (folder: string, text: string) => {
      const tokeniser = tokeniserOf(folder);
      return tokeniser
        .locate(text, tokeniser.tokenise(text))
        .filter(({ special }) => !special)
        .map(({ token }) => token);
    };
    for (const folder of Object.keys(reference)) {
      expect(readable(folder, "foot ball").join(""), folder).not.toMatch(/[Ġ▁]|<\/w>/);
    }
  });

  it("keeps up with texts that are cut", () => {
    const minilm = tokeniserOf("public/models/all-minilm-l6-v2");
    const text = "word ".repeat(2000);
    const read = minilm.tokenise(text);
    const parts = minilm.locate(text, read);
    expect(parts).toHaveLength(256);
    expect(parts[254]).toMatchObject({ token: "word", start: 253 * 5, end: 253 * 5 + 4 });
  });
});
