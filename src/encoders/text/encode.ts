import { NamedError, reportError } from "../../core/errors";
import { noVector } from "../finish-vector";
import { isOfParts, type MeasuredReading, type Reading } from "../reading";
import type { EncodeFailure, TextPart } from "../types";
import { type ReadText, readTexts, type TextModel } from "./model";
import type { TextResults } from "./protocol";

/** Encodes texts by one reading, and reports vectors batch by batch. Throws as `readTexts` does. */
export async function encodeTexts(
  model: TextModel,
  reading: MeasuredReading,
  texts: readonly string[],
  signal: AbortSignal,
  report: (results: TextResults) => void,
): Promise<void> {
  await readTexts(model, [reading], texts, signal, (read, failures) => {
    report(textResults(model, reading, texts, read, failures));
  });
}

/** Numbers per vector of a reading, found by reading a short text. Throws as `readTexts` does, and `EncoderFailed`. */
export async function measureText(
  model: TextModel,
  reading: Reading,
  signal: AbortSignal,
): Promise<MeasuredReading> {
  let dimension = 0;
  let flaw: string | undefined;
  await readTexts(model, [reading], ["a"], signal, ([text], [failure]) => {
    if (failure) throw new NamedError(failure.error.name, failure.error.message, failure.error);
    const [{ vectors, flaw: found }] = text.readings;
    dimension = vectors.find((vector) => vector)?.length ?? 0;
    flaw = found;
  });
  if (dimension > 0) return { ...reading, dimension };
  throw noVector("text", flaw);
}

/**
 * The card's own vectors of its probes, by their places: what the network gives, or the forerunner where `model` has one.
 * Helpers are passed by: they were compared with the network when they started. Throws as `readTexts` does.
 */
export async function encodeProbes(
  model: TextModel,
  own: Reading,
  signal: AbortSignal,
): Promise<(Float32Array | undefined)[]> {
  const texts = model.card.probes.map(({ text }) => text);
  const found: (Float32Array | undefined)[] = texts.map(() => undefined);
  await readTexts({ ...model, readers: undefined }, [own], texts, signal, (read) => {
    for (const { index, readings } of read) found[index] = readings[0].vectors[0];
  });
  return found;
}

function textResults(
  model: TextModel,
  reading: MeasuredReading,
  texts: readonly string[],
  read: readonly ReadText[],
  failed: readonly EncodeFailure[],
): TextResults {
  const failures = [...failed];
  const done: { readonly text: ReadText; readonly vector: Float32Array; readonly part?: TextPart }[] = [];
  for (const text of read) {
    const parts = isOfParts(reading) ? model.tokeniser.locate(texts[text.index], text.tokens) : [];
    const [{ vectors, flaw }] = text.readings;
    const usable = vectors.flatMap((vector, place) => {
      const fits = vector?.length === reading.dimension;
      return fits ? [{ text, vector, ...(parts[place] ? { part: parts[place] } : {}) }] : [];
    });
    if (usable.length === 0) failures.push({ index: text.index, error: reportError(noVector("text", flaw)) });
    done.push(...usable);
  }
  const vectors = new Float32Array(done.length * reading.dimension);
  done.forEach(({ vector }, place) => {
    vectors.set(vector, place * reading.dimension);
  });
  const parts = done.flatMap(({ part }) => part ?? []);
  return {
    indices: done.map(({ text }) => text.index),
    vectors,
    tokens: done.map(({ text }) => text.tokens.ids.length),
    truncated: done.map(({ text }) => text.tokens.truncated),
    ...(parts.length > 0 ? { parts } : {}),
    failures,
  };
}
