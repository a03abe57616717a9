import { NamedError, reportError, throwIfCancelled } from "../../core/errors";
import type { ImageCard } from "../card";
import { finishVector } from "../finish-vector";
import type { Runtime, Session } from "../load/runtime";
import { nextTask } from "../next-task";
import type { EncodeFailure, ImageVector } from "../types";
import { topClasses } from "./classes";
import type { ImageResults } from "./protocol";

/** An image model that is ready to run, inside its worker. */
export interface ImageModel {
  readonly card: ImageCard;
  readonly runtime: Runtime;
  readonly session: Session;
  /** From a file to `3 × size × size` numbers; several may be under way. */
  prepare(image: Blob, signal: AbortSignal): Promise<Float32Array>;
  /** In the order of the logits; absent where there is no classifier. */
  readonly classNames?: readonly string[];
}

/** Images per run: larger runs are no faster per image, and results would come less often. */
const BATCH = 4;

/** Images on their way from file to tensor: two runs' worth, so that the network need not wait, at 0.6 MB each. */
const AHEAD = 2 * BATCH;

/** An image as the network reads it: `3 × size × size` numbers. */
interface Prepared {
  readonly index: number;
  readonly tensor: Float32Array;
}

/** What the network says of one image. */
export interface ImageOutput {
  readonly vector: Float32Array;
  readonly logits?: Float32Array;
}

/**
 * Encodes images and reports vectors batch by batch; an image that can't be read is reported as a failure and the
 * others go on. While the network runs over one batch, `model.prepare` works on the next. Throws `Cancelled`,
 * `DeviceLost` or `WorkerCrashed`, which end the whole call.
 */
export async function encodeImages(
  model: ImageModel,
  images: readonly Blob[],
  signal: AbortSignal,
  report: (results: ImageResults) => void,
): Promise<void> {
  const preparing = new Map<number, Promise<Float32Array>>();
  let next = 0;
  for (let start = 0; start < images.length; start += BATCH) {
    for (; next < Math.min(start + BATCH + AHEAD, images.length); next++) {
      const tensor = model.prepare(images[next], signal);
      // Whoever awaits it hears of the failure; meanwhile it must not count as unhandled.
      tensor.catch(() => {});
      preparing.set(next, tensor);
    }
    const prepared: Prepared[] = [];
    const failures: EncodeFailure[] = [];
    for (let index = start; index < Math.min(start + BATCH, images.length); index++) {
      try {
        const tensor = await preparing.get(index);
        if (tensor) prepared.push({ index, tensor });
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
    report(await encodeBatch(model, prepared, failures));
  }
}

async function encodeBatch(
  model: ImageModel,
  prepared: readonly Prepared[],
  failures: EncodeFailure[],
): Promise<ImageResults> {
  const vectors: ImageVector[] = [];
  if (prepared.length === 0) return { vectors, failures };
  let outputs: readonly ImageOutput[];
  try {
    outputs = await runImages(
      model,
      prepared.map(({ tensor }) => tensor),
    );
  } catch (cause) {
    const error = reportError(cause);
    if (error.name !== "EncoderFailed") throw cause;
    return { vectors, failures: [...failures, ...prepared.map(({ index }) => ({ index, error }))] };
  }
  outputs.forEach(({ vector: raw, logits }, place) => {
    const { index } = prepared[place];
    const vector = finishVector(raw, model.card.normalise);
    if (!vector) failures.push({ index, error: reportError(noVector()) });
    else if (logits && model.classNames)
      vectors.push({ index, vector, classes: topClasses(logits, model.classNames) });
    else vectors.push({ index, vector });
  });
  return { vectors, failures };
}

/** The error for an image whose vector is all zeros or not finite. */
function noVector(): NamedError {
  return new NamedError("EncoderFailed", "The encoder gave no usable vector for this picture.", {
    advice: "Choose another device or encoder.",
  });
}

/** Runs the network over prepared images: each one's features, not normalised, and logits. Throws as `Session.run`. */
export async function runImages(
  model: ImageModel,
  tensors: readonly Float32Array[],
): Promise<readonly ImageOutput[]> {
  const { card, runtime, session } = model;
  const { size } = card.preprocessing;
  const input = new Float32Array(tensors.length * 3 * size * size);
  tensors.forEach((tensor, place) => {
    input.set(tensor, place * tensor.length);
  });
  const { embedding, logits } = card.outputs;
  const names = logits === undefined ? [embedding] : [embedding, logits];
  const feeds = { [card.inputs[0]]: new runtime.Tensor("float32", input, [tensors.length, 3, size, size]) };
  const outputs = await session.run(feeds, names);
  const features = numbers(outputs[embedding]?.data, tensors.length * card.dimension);
  const scores = logits === undefined ? undefined : numbers(outputs[logits]?.data);
  const classes = (scores?.length ?? 0) / tensors.length;
  return tensors.map((_, place) => ({
    vector: features.slice(place * card.dimension, (place + 1) * card.dimension),
    ...(scores ? { logits: scores.subarray(place * classes, (place + 1) * classes) } : {}),
  }));
}

function numbers(data: unknown, length?: number): Float32Array {
  if (data instanceof Float32Array && (length === undefined || data.length === length)) return data;
  throw new NamedError("EncoderFailed", "The model's output does not have the shape its card says.");
}
