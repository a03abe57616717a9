import { NamedError, reportError, throwIfCancelled } from "../../core/errors";
import type { ImageCard } from "../card";
import { type Finished, finishVectors } from "../finish-vector";
import { toFloat16 } from "../load/half";
import type { NetworkPart, NumberTensor } from "../load/network";
import type { Runtime, TensorInfo } from "../load/runtime";
import type { Helpers } from "../networks/helpers";
import { nextTask } from "../next-task";
import { isOfTokens, type Reading } from "../reading";
import type { EncodeFailure } from "../types";
import { type Grid, tokenGrid } from "./cells";
import { type ImageStates, poolImage } from "./pooling";
import type { PreparedImage } from "./prepare";
import type { Placement } from "./preprocess";
import { type PictureReader, type ReadersTogether, together } from "./readers";

/** An image model that is ready to run, inside its worker. */
export interface ImageModel {
  readonly card: ImageCard;
  readonly runtime: Pick<Runtime, "Tensor">;
  readonly network: NetworkPart;
  /** Patches that stand side by side on the input, for networks that cut it into patches. */
  readonly patches: number | undefined;
  /** Helpers for many pictures, where the network is one for them; `tensors` are those that they read. */
  readonly readers?: { readonly helpers: Helpers<PictureReader>; readonly tensors: readonly string[] };
  /** From a file to what the network reads; several may be under way. */
  prepare(image: Blob, signal: AbortSignal): Promise<PreparedImage>;
}

/** A picture that was read: for each reading its vector, or one for each cell. */
export interface ReadImage {
  readonly index: number;
  readonly place: Placement;
  readonly readings: readonly ImageReading[];
  readonly logits?: Float32Array;
}

/** What one reading made of a picture: one vector, or one for each cell, row by row. */
export interface ImageReading extends Finished {
  readonly grid?: Grid;
}

/** Images per run: larger runs are no faster per image, and results would come less often. */
const BATCH = 4;

/** Images on their way from file to tensor: two runs' worth, so that the network need not wait, at 0.6 MB each. */
const AHEAD = 2 * BATCH;

interface Prepared extends PreparedImage {
  readonly index: number;
}

/** From so many images on the helpers are worth their start, which takes as long as five images. */
const WORTH_READERS = 12;

/** What is to be read of images, besides the readings. */
interface Asked {
  readonly images: readonly Blob[];
  readonly logits?: string;
  readonly signal: AbortSignal;
}

type Report = (read: readonly ReadImage[], failures: readonly EncodeFailure[]) => void;

/**
 * Reads images out of a network that gives the readings' taps (and `logits`, when asked for), and reports them batch by
 * batch; an image that can't be read is reported as a failure and the others go on. Vectors are scaled as the card says.
 * While the network runs over one batch, `model.prepare` works on the next; many images go to helpers that do both.
 * Throws `Cancelled`, `DeviceLost` or `WorkerCrashed`, which end the whole call.
 */
export async function readImages(
  model: ImageModel,
  readings: readonly Reading[],
  asked: Asked,
  report: Report,
): Promise<void> {
  const { readers } = model;
  const names = outputsOf(readings, asked.logits);
  const suits =
    asked.images.length >= WORTH_READERS && names.every((name) => readers?.tensors.includes(name));
  if (!readers || !suits) return await readInBatches(model, readings, asked, report);
  await readers.helpers.use(async (helpers) => {
    if (helpers) await readByHelpers(model, together(helpers), readings, asked, report);
    else await readInBatches(model, readings, asked, report);
  });
}

async function readByHelpers(
  model: ImageModel,
  helpers: ReadersTogether,
  readings: readonly Reading[],
  { images, logits, signal }: Asked,
  report: Report,
): Promise<void> {
  let read: ReadImage[] = [];
  let failures: EncodeFailure[] = [];
  const send = () => {
    if (read.length + failures.length > 0) report(read, failures);
    read = [];
    failures = [];
  };
  let next = 0;
  const lane = async () => {
    while (next < images.length) {
      const index = next++;
      try {
        const { place, vectors } = await helpers.read(images[index], signal);
        const tensors = new Map(
          [...vectors].map(([name, data]) => [name, { data, shape: [1, data.length] }] as const),
        );
        read.push(readImage(model, tensors, readings, { index, place }, [0, 1], logits));
      } catch (error) {
        throwIfCancelled(signal);
        const failure = reportError(error);
        if (failure.name === "WorkerCrashed") {
          next = images.length;
          throw error;
        }
        failures.push({ index, error: failure });
      }
      if (read.length + failures.length >= BATCH) send();
    }
  };
  await Promise.all(Array.from({ length: helpers.lanes }, lane));
  send();
}

async function readInBatches(
  model: ImageModel,
  readings: readonly Reading[],
  { images, logits, signal }: Asked,
  report: Report,
): Promise<void> {
  const preparing = new Map<number, Promise<PreparedImage>>();
  let next = 0;
  for (let start = 0; start < images.length; start += BATCH) {
    for (; next < Math.min(start + BATCH + AHEAD, images.length); next++) {
      const prepared = model.prepare(images[next], signal);
      // Whoever awaits it hears of the failure; meanwhile it must not count as unhandled.
      prepared.catch(() => {});
      preparing.set(next, prepared);
    }
    const prepared: Prepared[] = [];
    const failures: EncodeFailure[] = [];
    for (let index = start; index < Math.min(start + BATCH, images.length); index++) {
      try {
        const image = await preparing.get(index);
        if (image) prepared.push({ index, ...image });
      } catch (error) {
        throwIfCancelled(signal);
        const failure = reportError(error);
        if (failure.name === "WorkerCrashed") throw error;
        failures.push({ index, error: failure });
      } finally {
        preparing.delete(index);
      }
    }
    // Lets the message that cancels in.
    await nextTask();
    throwIfCancelled(signal);
    try {
      report(prepared.length === 0 ? [] : await readBatch(model, readings, prepared, logits), failures);
    } catch (cause) {
      const error = reportError(cause);
      if (error.name !== "EncoderFailed") throw cause;
      report([], [...failures, ...prepared.map(({ index }) => ({ index, error }))]);
    }
  }
}

async function readBatch(
  model: ImageModel,
  readings: readonly Reading[],
  prepared: readonly Prepared[],
  logits: string | undefined,
): Promise<ReadImage[]> {
  const outputs = await runImages(
    model,
    prepared.map(({ tensor }) => tensor),
    outputsOf(readings, logits),
  );
  return prepared.map((one, image) =>
    readImage(model, outputs, readings, one, [image, prepared.length], logits),
  );
}

function outputsOf(readings: readonly Reading[], logits: string | undefined): string[] {
  return [...readings.map(({ tap }) => tap.name), ...(logits === undefined ? [] : [logits])];
}

/** What the readings make of one image of a run: `image` is its place among the run's `images`. */
function readImage(
  model: ImageModel,
  outputs: ReadonlyMap<string, NumberTensor>,
  readings: readonly Reading[],
  { index, place }: { readonly index: number; readonly place: Placement },
  [image, images]: readonly [number, number],
  logits: string | undefined,
): ReadImage {
  const scores = logits === undefined ? undefined : outputs.get(logits);
  const readable = (reading: Reading): ImageReading => {
    try {
      return readOne(model, outputs, reading, image, images);
    } catch (error) {
      // One layer of many that can't be read leaves the others alone.
      if (readings.length === 1) throw error;
      return { vectors: [] };
    }
  };
  return {
    index,
    place,
    readings: readings.map(readable),
    ...(scores ? { logits: row(scores, image, images) } : {}),
  };
}

function readOne(
  model: ImageModel,
  outputs: ReadonlyMap<string, NumberTensor>,
  reading: Reading,
  image: number,
  images: number,
): ImageReading {
  const states = statesOf(outputs, reading, image, images, model.patches);
  const finished = finishVectors(poolImage(states, reading.pooling), model.card.normalise);
  return { ...finished, ...(states.grid ? { grid: states.grid } : {}) };
}

/** Runs the network over prepared images. Throws as `Session.run`. */
export async function runImages(
  { card, runtime, network }: ImageModel,
  tensors: readonly Float32Array[],
  outputs: readonly string[],
): Promise<ReadonlyMap<string, NumberTensor>> {
  const { size } = card.preprocessing;
  const input = new Float32Array(tensors.length * 3 * size * size);
  tensors.forEach((tensor, place) => {
    input.set(tensor, place * tensor.length);
  });
  const shape = [tensors.length, 3, size, size];
  const feed = ({ type }: TensorInfo) =>
    type === "float16"
      ? new runtime.Tensor("float16", toFloat16(input), shape)
      : new runtime.Tensor("float32", input, shape);
  return await network.run(feed, [...new Set(outputs)]);
}

/** A tap's numbers for one image of a run. Throws `EncoderFailed` when they have another shape than the tap's kind. */
export function statesOf(
  outputs: ReadonlyMap<string, NumberTensor>,
  { tap }: Reading,
  image: number,
  images: number,
  patches: number | undefined,
): ImageStates {
  const tensor = outputs.get(tap.name) ?? { data: new Float32Array(), shape: [] };
  const { shape } = tensor;
  const data = shape[0] === images ? row(tensor, image, images) : new Float32Array();
  if (data.length > 0 && tap.kind === "map" && shape.length === 4) {
    const [, dimension, rows, columns] = shape;
    return { data, layout: "map", dimension, grid: { rows, columns, prefix: 0 } };
  }
  const grid = isOfTokens(tap) && shape.length === 3 ? tokenGrid(shape[1], patches) : undefined;
  if (data.length > 0 && grid) return { data, layout: "tokens", dimension: shape[2], grid };
  if (data.length > 0 && tap.kind !== "map" && !isOfTokens(tap)) {
    return { data, layout: "vector", dimension: data.length };
  }
  throw new NamedError(
    "EncoderFailed",
    `The layer “${tap.title}” has the shape [${shape}], not one for each picture.`,
    { advice: "Choose another layer." },
  );
}

function row({ data }: NumberTensor, image: number, images: number): Float32Array {
  const length = data.length / images;
  return data.subarray(image * length, (image + 1) * length);
}
