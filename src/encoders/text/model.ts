import type { Tensor } from "onnxruntime-common";
import { NamedError, reportError, throwIfCancelled } from "../../core/errors";
import type { TextCard } from "../card";
import { finishVector } from "../finish-vector";
import type { Runtime, Session } from "../load/runtime";
import { nextTask } from "../next-task";
import type { EncodeFailure } from "../types";
import { type Batch, type BatchLimits, planBatches } from "./batches";
import { emptyText } from "./empty-text";
import { poolRow, type TokenStates } from "./pooling";
import type { TextResults } from "./protocol";
import type { TextTokeniser, TokenisedText } from "./tokenise";

/** A text model that is ready to run, inside its worker. */
export interface TextModel {
  readonly card: TextCard;
  readonly tokeniser: TextTokeniser;
  readonly runtime: Runtime;
  readonly session: Session;
  readonly limits: BatchLimits;
}

/** Texts that are tokenised and sorted together: enough to fill batches of one length, few enough to start at once. */
const WINDOW = 512;

interface Readable {
  readonly index: number;
  readonly tokens: TokenisedText;
}

/**
 * Encodes texts and reports vectors batch by batch; a text that can't be encoded is reported as a failure and the
 * others go on. Throws `Cancelled`, `DeviceLost` or `WorkerCrashed`, which end the whole call.
 */
export async function encodeTexts(
  model: TextModel,
  texts: readonly string[],
  signal: AbortSignal,
  report: (results: TextResults) => void,
): Promise<void> {
  for (let start = 0; start < texts.length; start += WINDOW) {
    const { readable, failures } = tokenise(model, texts.slice(start, start + WINDOW), start);
    if (failures.length > 0) report(results(model.card.dimension, [], failures));
    const lengths = readable.map(({ tokens }) => tokens.ids.length);
    for (const batch of planBatches(lengths, model.limits)) {
      // Lets the message that cancels in.
      await nextTask();
      throwIfCancelled(signal);
      report(await encodeBatch(model, batch, readable));
    }
  }
}

function tokenise(model: TextModel, texts: readonly string[], start: number) {
  const readable: Readable[] = [];
  const failures: EncodeFailure[] = [];
  texts.forEach((text, offset) => {
    const index = start + offset;
    const tokens = model.tokeniser.tokenise(text);
    if (tokens.empty) failures.push({ index, error: reportError(emptyText()) });
    else readable.push({ index, tokens });
  });
  return { readable, failures };
}

async function encodeBatch(
  model: TextModel,
  batch: Batch,
  readable: readonly Readable[],
): Promise<TextResults> {
  const { card } = model;
  const rows = batch.indices.map((place) => readable[place]);
  const failed = (cause: unknown): TextResults =>
    results(
      card.dimension,
      [],
      rows.map(({ index }) => ({ index, error: reportError(cause) })),
    );
  let states: TokenStates;
  try {
    states = await run(model, batch, rows);
  } catch (cause) {
    if (reportError(cause).name !== "EncoderFailed") throw cause;
    return failed(cause);
  }
  const done: { row: Readable; vector: Float32Array }[] = [];
  const failures: EncodeFailure[] = [];
  rows.forEach((row, place) => {
    const pooled = poolRow(states, place, row.tokens.ids.length, card.pooling);
    const vector = finishVector(pooled, card.normalise);
    if (vector) done.push({ row, vector });
    else failures.push({ index: row.index, error: reportError(noVector()) });
  });
  return results(card.dimension, done, failures);
}

/** The error for an input whose vector is all zeros or not finite. */
function noVector(): NamedError {
  return new NamedError("EncoderFailed", "The encoder gave no usable vector for this text.", {
    advice: "Choose another device or encoder.",
  });
}

async function run(model: TextModel, batch: Batch, rows: readonly Readable[]): Promise<TokenStates> {
  const { card, runtime, session } = model;
  const shape = [rows.length, batch.length];
  const ids = new BigInt64Array(rows.length * batch.length).fill(BigInt(model.tokeniser.padId));
  const mask = new BigInt64Array(ids.length);
  rows.forEach(({ tokens }, place) => {
    const start = place * batch.length;
    tokens.ids.forEach((id, token) => {
      ids[start + token] = BigInt(id);
    });
    mask.fill(1n, start, start + tokens.ids.length);
  });
  const feeds: Record<string, Tensor> = {};
  for (const name of card.inputs) {
    const values =
      name === "input_ids" ? ids : name === "attention_mask" ? mask : new BigInt64Array(ids.length);
    feeds[name] = new runtime.Tensor("int64", values, shape);
  }
  const output = (await session.run(feeds, [card.outputs.embedding]))[card.outputs.embedding];
  const data = output?.data;
  const expected = rows.length * card.dimension * (card.pooling === "none" ? 1 : batch.length);
  if (!(data instanceof Float32Array) || data.length !== expected) {
    throw new NamedError(
      "EncoderFailed",
      `The model's output has the shape [${output?.dims}], not what its card says.`,
    );
  }
  return { data, length: batch.length, dimension: card.dimension };
}

function results(
  dimension: number,
  done: readonly { readonly row: Readable; readonly vector: Float32Array }[],
  failures: readonly EncodeFailure[],
): TextResults {
  const vectors = new Float32Array(done.length * dimension);
  done.forEach(({ vector }, place) => {
    vectors.set(vector, place * dimension);
  });
  return {
    indices: done.map(({ row }) => row.index),
    vectors,
    tokens: done.map(({ row }) => row.tokens.ids.length),
    truncated: done.map(({ row }) => row.tokens.truncated),
    failures,
  };
}
