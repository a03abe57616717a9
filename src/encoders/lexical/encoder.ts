import { reportError, throwIfCancelled } from "../../core/errors";
import { type Space, spaceId } from "../../core/space";
import { norm } from "../../core/vectors";
import type { Tap } from "../graph/types";
import { nextTask } from "../next-task";
import { emptyText } from "../text/empty-text";
import type { EncodeFailure, EncodeOptions, TextEncoderHandle, TextVector } from "../types";
import { encodeLexical, LEXICAL_CARD, MOST_CHARACTERS } from "./lexical";

/** The page is left alone for no longer than this many milliseconds: half a frame at 60 a second. */
const SLICE = 8;

/** Opens the foil: at once, without a worker, because it has nothing to load. */
export function openLexical(): TextEncoderHandle {
  const { id, title, dimension, metric } = LEXICAL_CARD;
  const space: Space = { id: spaceId(id), title, dimension, metric, modalities: ["text"] };
  return {
    card: LEXICAL_CARD,
    space,
    device: {
      kind: "javascript",
      threads: 1,
      title: "JavaScript",
      reason: "Counting letters needs no network and no graphics card.",
    },
    // There is nothing to compare with: the formula is the reference.
    check: async () => ({ probes: 0, cosine: 1, matches: true }),
    tap: LEXICAL_TAP,
    pooling: LEXICAL_CARD.pooling,
    taps: () => [LEXICAL_TAP],
    poolings: () => [LEXICAL_CARD.pooling],
    close() {},
    encode,
    async layers(inputs, { signal, onProgress } = {}) {
      const vectors: Float32Array[] = [];
      const failures: EncodeFailure[] = [];
      await encode(inputs, {
        signal,
        onProgress,
        onResults(results, failed) {
          for (const { index, vector } of results) vectors[index] = vector;
          failures.push(...failed);
        },
      });
      const found = Array.from(inputs, (_, index): Float32Array | undefined => vectors[index]);
      return {
        layers: [{ tap: LEXICAL_TAP, pooling: LEXICAL_CARD.pooling, space, vectors: found }],
        failures,
      };
    },
  };
}

const LEXICAL_TAP: Tap = {
  name: LEXICAL_CARD.tap,
  title: "Counted letters",
  kind: "vector",
  shape: ["batch", LEXICAL_CARD.dimension],
  depth: 1,
};

async function encode(texts: readonly string[], options: EncodeOptions<TextVector>): Promise<void> {
  for (let index = 0; index < texts.length; ) {
    throwIfCancelled(options.signal);
    const vectors: TextVector[] = [];
    const failures: EncodeFailure[] = [];
    const until = performance.now() + SLICE;
    do {
      const vector = encodeLexical(texts[index]);
      if (norm(vector) === 0) failures.push({ index, error: reportError(emptyText()) });
      else vectors.push({ index, vector, tokens: 0, truncated: texts[index].length > MOST_CHARACTERS });
      index += 1;
    } while (index < texts.length && performance.now() < until);
    options.onResults(vectors, failures);
    options.onProgress?.({ done: index, total: texts.length });
    await nextTask();
  }
}
