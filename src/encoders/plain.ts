import { reportError, throwIfCancelled } from "../core/errors";
import type { Space } from "../core/space";
import { norm } from "../core/vectors";
import { cardSpaceId, type EncoderCard } from "./card";
import type { Tap } from "./graph/types";
import { nextTask } from "./next-task";
import { emptyText } from "./text/empty-text";
import type { EncodeFailure, EncodeOptions, TextEncoderHandle, TextVector } from "./types";

/** The page is left alone for no longer than this many milliseconds: half a frame at 60 a second. */
const SLICE = 8;

/** An encoder that is a formula: without weights, nothing to load, nothing to compare with. */
export interface PlainEncoder {
  readonly card: EncoderCard;
  /** Names its one tap for people: "Counted letters". */
  readonly tapTitle: string;
  /** Why it needs no device. */
  readonly reason: string;
  /** Longer texts count with their beginning only. */
  readonly mostCharacters: number;
  /** The vector of a text, `card.dimension` numbers; zeros where nothing is to be seen. */
  encode(text: string): Float32Array;
  /** Called when texts were encoded. The default does nothing. */
  onEncoded?(): void;
}

/** Opens an encoder that is a formula: at once, without a worker. */
export function openPlain(plain: PlainEncoder): TextEncoderHandle {
  const { title, dimension, metric, pooling } = plain.card;
  const tap: Tap = {
    name: plain.card.tap,
    title: plain.tapTitle,
    kind: "vector",
    shape: ["batch", dimension],
    depth: 1,
  };
  const space: Space = { id: cardSpaceId(plain.card), title, dimension, metric, modalities: ["text"] };
  const encode = (texts: readonly string[], options: EncodeOptions<TextVector>) =>
    encodeInSlices(plain, texts, options);
  return {
    card: plain.card,
    space,
    device: { kind: "javascript", threads: 1, title: "JavaScript", reason: plain.reason },
    // There is nothing to compare with: the formula is the reference.
    check: async () => ({ probes: 0, cosine: 1, matches: true }),
    tap,
    pooling,
    taps: () => [tap],
    poolings: () => [pooling],
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
      return { layers: [{ tap, pooling, space, vectors: found }], failures };
    },
  };
}

async function encodeInSlices(
  plain: PlainEncoder,
  texts: readonly string[],
  options: EncodeOptions<TextVector>,
): Promise<void> {
  for (let index = 0; index < texts.length; ) {
    throwIfCancelled(options.signal);
    const vectors: TextVector[] = [];
    const failures: EncodeFailure[] = [];
    const until = performance.now() + SLICE;
    do {
      const vector = plain.encode(texts[index]);
      if (norm(vector) === 0) failures.push({ index, error: reportError(emptyText()) });
      else vectors.push({ index, vector, tokens: 0, truncated: texts[index].length > plain.mostCharacters });
      index += 1;
    } while (index < texts.length && performance.now() < until);
    plain.onEncoded?.();
    options.onResults(vectors, failures);
    options.onProgress?.({ done: index, total: texts.length });
    await nextTask();
  }
}
