import type { Collection } from "../../collection";
import { errorFromReport } from "../../core/errors";
import { matrixFromRows, row } from "../../core/matrix";
import { tidyText } from "../../core/text";
import { similarity } from "../../core/vectors";
import type { EncodeFailure, TextEncoderHandle, TextVector } from "../../encoders";
import { encodeLexical, LEXICAL_CARD, ONE_HOT_CARD } from "../../encoders";
import type { EncoderSlot } from "./encoder-slot";
import type { Filler } from "./filler";
import { isFiled, wholeVector } from "./parts";
import type { Spaces } from "./spaces";
import type { ComparisonColumn, Workbench } from "./types";

/** With more texts than this still to be encoded, those of a comparison go ahead of them. */
const shortQueue = 32;

/** Vectors of a few texts under the encoder, those on the map taken from there. */
async function vectorsOf(
  encoder: TextEncoderHandle,
  texts: readonly string[],
  collection: Collection,
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  const vectors = texts.map((text) => {
    const item = collection.findText(text);
    return item && collection.vector(encoder.space.id, item.id);
  });
  const missing = texts.map((_, index) => index).filter((index) => !vectors[index]);
  if (missing.length > 0) {
    await encoder.encode(
      missing.map((index) => texts[index]),
      {
        signal,
        onResults(results: readonly TextVector[], failures: readonly EncodeFailure[]) {
          if (failures[0]) throw errorFromReport(failures[0].error);
          for (const place of new Set(results.map(({ index }) => index))) {
            vectors[missing[place]] = wholeVector(results.filter(({ index }) => index === place));
          }
        },
      },
    );
  }
  return vectors as Float32Array[];
}

function column(
  about: Pick<ComparisonColumn, "encoder" | "title" | "reads">,
  texts: readonly string[],
  vectors: readonly Float32Array[],
): ComparisonColumn {
  const rows = matrixFromRows(vectors);
  const matrix = new Float32Array(texts.length ** 2);
  for (let i = 0; i < texts.length; i++) {
    for (let j = 0; j < texts.length; j++) {
      matrix[i * texts.length + j] = similarity("cosine", row(rows, i), row(rows, j));
    }
  }
  const ranking = texts
    .map((text, index) => ({ text, similarity: matrix[index] }))
    .slice(1)
    .sort((a, b) => b.similarity - a.similarity);
  return { ...about, ranking, matrix };
}

/**
 * Ranks candidates by cosine to an anchor: under the given encoder, and under the lexical foil, which sees letters
 * only. One column per encoder; a single one when the given encoder is the foil. Rejects when a text can't be encoded.
 */
async function compareTexts(
  encoder: TextEncoderHandle,
  collection: Collection,
  anchor: string,
  candidates: readonly string[],
  signal?: AbortSignal,
): Promise<readonly ComparisonColumn[]> {
  const texts = [anchor, ...candidates].map(tidyText);
  const foil = column(
    { encoder: LEXICAL_CARD.id, title: LEXICAL_CARD.title, reads: "letters only" },
    texts,
    texts.map(encodeLexical),
  );
  if (encoder.card.id === LEXICAL_CARD.id) return [foil];
  const reads = encoder.card.id === ONE_HOT_CARD.id ? "words only" : "meaning";
  const vectors = await vectorsOf(encoder, texts, collection, signal);
  return [column({ encoder: encoder.card.id, title: encoder.card.title, reads }, texts, vectors), foil];
}

/**
 * Comparisons under the current text encoder; another one takes over when its worker or device is lost. Texts of the map
 * that are about to be encoded are waited for, not encoded twice.
 */
export function createComparing(
  collection: Collection,
  spaces: Pick<Spaces, "ofRole">,
  slot: EncoderSlot<"text">,
  filler: Filler,
): Workbench["compare"] {
  const waitFor = async (asked: readonly string[]): Promise<void> => {
    const space = spaces.ofRole("text");
    const missing = collection
      .state()
      .items.filter((item) => item.text !== undefined && !(space && isFiled(collection, space, item)));
    if (missing.length > shortQueue) return;
    const wanted = missing.filter(({ text = "" }) => asked.includes(text)).map(({ id }) => id);
    // What keeps them from being encoded shows by itself.
    if (wanted.length > 0) await filler.settled(wanted).catch(() => undefined);
  };
  return async (anchor, candidates, signal) => {
    await waitFor([anchor, ...candidates]);
    return await slot.run((encoder) => compareTexts(encoder, collection, anchor, candidates, signal));
  };
}
