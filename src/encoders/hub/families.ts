import type { Pooling } from "../card";

/** What a family of text encoders wants that its files do not say. */
export interface Family {
  readonly pooling: Pooling;
  readonly normalise: boolean;
  readonly prefix: string;
}

/**
 * Families of sentence encoders by name, as their authors' model pages describe their use; the first match counts. Files
 * converted for the browser often lack `1_Pooling/config.json`, and hardly any says its prefix. Where a family has one
 * prefix for questions and one for passages, it is the one for comparing texts with each other.
 */
const FAMILIES: readonly (readonly [RegExp, Family])[] = [
  [/\be5-.*instruct/i, mean()],
  [/(^|[^a-z0-9])e5([^a-z0-9]|$)/i, mean("query: ")],
  [/bge-/i, cls()],
  [/nomic-embed/i, mean("clustering: ")],
  [/gte-(base|large)-en-v1\.5|gte-multilingual/i, cls()],
  [/(^|[^a-z0-9])gte([^a-z0-9]|$)/i, mean()],
  [/mxbai-embed/i, cls()],
  [/snowflake-arctic-embed/i, cls()],
  [/granite-embedding/i, cls()],
  [/embeddinggemma/i, mean("task: sentence similarity | query: ")],
  [/labse/i, cls()],
  [/jina-embeddings-v2/i, mean()],
  [/MiniLM|mpnet|paraphrase|distiluse|sentence-t5|msmarco|multi-qa|simcse|instructor/i, mean()],
];

/** Encoders that were not made for comparing texts: the mean over their tokens serves best (Reimers 2019, §4). */
const OTHER: Family = { pooling: "mean", normalise: false, prefix: "" };

/** What the family of a text encoder wants, by the model's name. */
export function familyOf(name: string): Family {
  return FAMILIES.find(([pattern]) => pattern.test(name))?.[1] ?? OTHER;
}

function mean(prefix = ""): Family {
  return { pooling: "mean", normalise: true, prefix };
}

function cls(prefix = ""): Family {
  return { pooling: "cls", normalise: true, prefix };
}
