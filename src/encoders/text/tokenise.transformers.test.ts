import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AutoTokenizer, env } from "@huggingface/transformers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTokeniser } from "./tokenise";

const root = join(import.meta.dirname, "../../..");

/** Beside words: scripts with and without spaces, marks that combine, directions that turn, what can't be seen. */
const corpus = [
  "football, soccer — footwear!",
  "Don't re-encode 3.14% of $1,000 at 10:30?",
  "naïve café, Straße, İstanbul, ﬁne Ｆｕｌｌ ｗｉｄｔｈ",
  "Мяч лежит на поле. Η μπάλα είναι στο γήπεδο.",
  "足球是圆的。サッカーボール、축구공",
  "क्रिकेट का मैदान, ฟุตบอลไทย, ქართული, አማርኛ",
  "كرة القدم כדורגל \u202Eabc\u202C def",
  "⚽🏈👟 👩‍👩‍👧‍👦 🇫🇷 ❤️ \u{1F9D1}\u{1F3FD}‍\u{1F680}",
  "e\u0301e\u0301 a\u200Bb \uFEFFc\u00ADd\u2028e\tf\r\ng\u00A0h",
  "NUL\0in the middle\0, \u0007 bell, lone \uD83D half",
  "[CLS] [MASK] <s> </s> <|endoftext|> ##ball ▁ball",
  "https://example.org/a?b=c&d=e#f user@example.org snake_case camelCase",
];

/** Folders of a model's tokeniser: WordPiece, uncased and cased; bytes' pairs; words' pairs; SentencePiece. */
const models = [
  ["public/models", "all-minilm-l6-v2"],
  ["e2e/fixtures/hub/tiny", "distilbert-cased"],
  ["e2e/fixtures/hub/tiny", "roberta"],
  ["e2e/fixtures/hub/tiny", "clip"],
  ["e2e/fixtures/hub/tiny", "multilingual-e5"],
  ["e2e/fixtures/hub/tiny", "siglip"],
] as const;

env.allowRemoteModels = false;

describe.each(models)("the tokens of %s/%s are those that transformers.js gives", (folder, name) => {
  const json = (file: string) => JSON.parse(readFileSync(join(root, folder, name, file), "utf8"));
  const files = { tokenizer: json("tokenizer.json"), config: json("tokenizer_config.json") };

  async function both(maxLength = 200_000) {
    env.localModelPath = join(root, folder);
    const peer = await AutoTokenizer.from_pretrained(name);
    const ours = createTokeniser(files, { prefix: "", maxLength });
    return {
      // Not truncated: it would cut the end mark off, which Python keeps and so do we.
      peer: (text: string): number[] => peer(text, { return_tensor: false }).input_ids,
      ours: (text: string) => ours.tokenise(text).ids,
    };
  }

  it("for many scripts and odd characters", async () => {
    const { ours, peer } = await both();
    for (const text of corpus) expect(ours(text), text).toEqual(peer(text));
  });

  it("for any text", async () => {
    const { ours, peer } = await both();
    const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.lorem({ maxCount: 20 }));
    fc.assert(
      fc.property(text, (one) => {
        expect(ours(one)).toEqual(peer(one));
      }),
    );
  });

  it("for 100,000 characters, whole and cut", async () => {
    const long = `${corpus.join(" ")} `.repeat(300).slice(0, 100_000);
    expect(long).toHaveLength(100_000);
    const { ours, peer } = await both();
    const whole = peer(long);
    expect(ours(long)).toEqual(whole);
    expect((await both(256)).ours(long)).toEqual([...whole.slice(0, 255), ...whole.slice(-1)]);
  });
});
