import type { Tensor } from "onnxruntime-common";
import { NamedError, reportError, throwIfCancelled } from "../../core/errors";
import type { TextCard } from "../card";
import { type Finished, finishVectors } from "../finish-vector";
import type { NetworkPart, NumberTensor } from "../load/network";
import type { Runtime, TensorInfo } from "../load/runtime";
import { TOKENS_AT_ONCE } from "../networks/bert-plan";
import type { Helpers } from "../networks/helpers";
import { nextTask } from "../next-task";
import { isOfTokens, type Reading } from "../reading";
import type { EncodeFailure } from "../types";
import { type Batch, type BatchLimits, planBatches, planGroups } from "./batches";
import { emptyText } from "./empty-text";
import type { Forerunner } from "./forerunner";
import { poolRow, type TextStates } from "./pooling";
import type { ReadStates, TokenReader } from "./readers";
import type { TextTokeniser, TokenisedText } from "./tokenise";

/** A text model that is ready to run, inside its worker. */
export interface TextModel {
  readonly card: TextCard;
  readonly tokeniser: TextTokeniser;
  readonly runtime: Pick<Runtime, "Tensor">;
  readonly network: NetworkPart;
  readonly limits: BatchLimits;
  /** Resolves once the network can be run; absent where it can. Throws as `Network.give` does. */
  readonly ready?: () => Promise<void>;
  /** Reads until then. */
  readonly forerunner?: Forerunner;
  /** Helpers for many texts, where the network is one for them; `tensor` is the layer that they read. */
  readonly readers?: { readonly helpers: Helpers<TokenReader>; readonly tensor: string };
}

/** A text that was read. */
export interface ReadText {
  readonly index: number;
  readonly tokens: TokenisedText;
  /** For each reading its vector, or one for each token. */
  readonly readings: readonly Finished[];
}

/** Texts that are tokenised and sorted together: enough to fill batches of one length, few enough to start at once. */
const WINDOW = 512;

/** From so many tokens on the helpers are worth their start, which takes a quarter of a second. */
const WORTH_READERS = 1500;

type Report = (read: readonly ReadText[], failures: readonly EncodeFailure[]) => void;

interface Readable {
  readonly index: number;
  readonly tokens: TokenisedText;
}

/**
 * Reads texts out of a network that gives the readings' taps, and reports them batch by batch; a text that can't be read
 * is reported as a failure and the others go on. Vectors are scaled as the card says. Throws `Cancelled`, `DeviceLost`
 * or `WorkerCrashed`, which end the whole call.
 */
export async function readTexts(
  model: TextModel,
  readings: readonly Reading[],
  texts: readonly string[],
  signal: AbortSignal,
  report: Report,
): Promise<void> {
  for (let start = 0; start < texts.length; start += WINDOW) {
    const { readable, failures } = tokenise(model, texts.slice(start, start + WINDOW), start);
    if (failures.length > 0) report([], failures);
    const { readers, forerunner } = model;
    const suits = readings.every(({ tap }) => tap.name === readers?.tensor);
    const ahead = readings.every(({ tap }) => tap.name === forerunner?.tensor) ? forerunner?.read : undefined;
    const tokens = readable.reduce((sum, one) => sum + one.tokens.ids.length, 0);
    if (readers && suits && (tokens >= WORTH_READERS || readers.helpers.isWarm)) {
      await readers.helpers.use(async (helpers) => {
        if (!helpers) return await readInBatches(model, readings, readable, signal, report);
        // Two calls at each: while one is read, the next is there already.
        const reads = [...helpers, ...helpers].map(
          (helper): ReadStates =>
            (texts, signal) =>
              helper.call("read", texts, { signal }),
        );
        await readUnpadded(model, reads, readings, readable, signal, report);
      });
    } else if (ahead) await readUnpadded(model, [ahead], readings, readable, signal, report);
    else await readInBatches(model, readings, readable, signal, report);
  }
}

async function readInBatches(
  model: TextModel,
  readings: readonly Reading[],
  readable: readonly Readable[],
  signal: AbortSignal,
  report: Report,
): Promise<void> {
  await model.ready?.();
  const lengths = readable.map(({ tokens }) => tokens.ids.length);
  for (const planned of planBatches(lengths, model.limits)) {
    const batch = { ...planned, length: Math.max(planned.length, model.card.padTo ?? 0) };
    // Lets the message that cancels in.
    await nextTask();
    throwIfCancelled(signal);
    const rows = batch.indices.map((place) => readable[place]);
    try {
      report(await readBatch(model, readings, batch, rows), []);
    } catch (cause) {
      const error = reportError(cause);
      if (error.name !== "EncoderFailed") throw cause;
      report(
        [],
        rows.map(({ index }) => ({ index, error })),
      );
    }
  }
}

/** As `readInBatches`, by kernels that read texts one behind the other, so that none is padded. */
async function readUnpadded(
  model: TextModel,
  reads: readonly ReadStates[],
  readings: readonly Reading[],
  readable: readonly Readable[],
  signal: AbortSignal,
  report: Report,
): Promise<void> {
  const groups = planGroups(
    readable.map(({ tokens }) => tokens.ids.length),
    TOKENS_AT_ONCE,
  );
  let next = 0;
  const work = async (readStates: ReadStates) => {
    while (next < groups.length) {
      throwIfCancelled(signal);
      const rows = groups[next++].map((place) => readable[place]);
      const texts = rows.map(({ tokens }) => tokens.ids);
      const states = await readStates(texts, signal).catch((error) => {
        next = groups.length;
        throw error;
      });
      const dimension = states.length / texts.reduce((sum, ids) => sum + ids.length, 0);
      let at = 0;
      const read = rows.map(({ index, tokens }): ReadText => {
        const { length } = tokens.ids;
        const data = states.subarray(at, at + length * dimension);
        at += data.length;
        const of = ({ pooling }: Reading) => poolRow({ data, length, dimension }, 0, length, pooling);
        return {
          index,
          tokens,
          readings: readings.map((reading) => finishVectors(of(reading), model.card.normalise)),
        };
      });
      report(read, []);
    }
  };
  await Promise.all(reads.map(work));
}

/** What onnxruntime gives for one text at a layer. Throws as `Session.run` does. */
export async function readStates(
  model: TextModel,
  tokens: TokenisedText,
  tap: string,
): Promise<Float32Array> {
  await model.ready?.();
  const batch = { indices: [0], length: tokens.ids.length };
  const tensors = await model.network.run(feed(model, batch, [{ index: 0, tokens }]), [tap]);
  return tensors.get(tap)?.data ?? new Float32Array();
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

async function readBatch(
  model: TextModel,
  readings: readonly Reading[],
  batch: Batch,
  rows: readonly Readable[],
): Promise<ReadText[]> {
  const names = readings.map(({ tap }) => tap.name);
  const tensors = await model.network.run(feed(model, batch, rows), [...new Set(names)]);
  const states = readings.map((reading) => {
    try {
      return statesOf(tensors, reading, batch, rows.length);
    } catch (error) {
      // One layer of many that can't be read leaves the others alone.
      if (readings.length === 1) throw error;
      return undefined;
    }
  });
  return rows.map(({ index, tokens }, row) => ({
    index,
    tokens,
    readings: states.map((one, place) => {
      const pooled = one ? poolRow(one, row, tokens.ids.length, readings[place].pooling) : [];
      return finishVectors(pooled, model.card.normalise);
    }),
  }));
}

function feed({ card, runtime, tokeniser }: TextModel, batch: Batch, rows: readonly Readable[]) {
  const shape = [rows.length, batch.length];
  const ids = new BigInt64Array(rows.length * batch.length).fill(BigInt(tokeniser.padId));
  const mask = new BigInt64Array(ids.length);
  const places = () =>
    BigInt64Array.from(ids, (_, at) => BigInt((card.firstPlace ?? 0) + (at % batch.length)));
  rows.forEach(({ tokens }, place) => {
    const start = place * batch.length;
    tokens.ids.forEach((id, token) => {
      ids[start + token] = BigInt(id);
    });
    mask.fill(1n, start, start + tokens.ids.length);
  });
  return ({ name, type }: TensorInfo): Tensor => {
    const values =
      name === "input_ids"
        ? ids
        : name === "attention_mask"
          ? mask
          : name === "position_ids"
            ? places()
            : new BigInt64Array(ids.length);
    return type === "int32"
      ? new runtime.Tensor("int32", Int32Array.from(values, Number), shape)
      : new runtime.Tensor("int64", values, shape);
  };
}

/** A tap's numbers for a batch. Throws `EncoderFailed` when they have another shape than the tap's kind. */
function statesOf(
  tensors: ReadonlyMap<string, NumberTensor>,
  { tap }: Reading,
  batch: Batch,
  rows: number,
): TextStates {
  const { data, shape } = tensors.get(tap.name) ?? { data: new Float32Array(), shape: [] };
  const [first, second] = shape;
  if (isOfTokens(tap) && shape.length === 3 && first === rows && second === batch.length) {
    return { data, length: batch.length, dimension: shape[2] };
  }
  if (!isOfTokens(tap) && first === rows) {
    return { data, length: undefined, dimension: data.length / rows };
  }
  throw new NamedError(
    "EncoderFailed",
    `The layer “${tap.title}” has the shape [${shape}], not one for each text.`,
    {
      advice: "Choose another layer.",
    },
  );
}
