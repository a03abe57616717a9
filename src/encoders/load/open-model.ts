import { type ErrorName, isCancelled, reportError, throwIfCancelled } from "../../core/errors";
import type { ModelCard } from "../card";
import type { Tap } from "../graph/types";
import type { AskedReading, MeasuredReading } from "../reading";
import type { DeviceChoice, EncoderSpec, LoadProgress, OpenOptions, Parity } from "../types";
import { chooseDevice, type DeviceFacts, type DevicePlan, deviceFacts, wasmPlan } from "./device";
import type { ModelFiles } from "./files";
import { findModel, type Wanted } from "./find-model";
import { withKnownParity } from "./known-parity";
import { locations } from "./locations";

/** What a worker needs to open a model. */
export interface OpenInput<Card extends ModelCard> {
  readonly card: Card;
  readonly plan: Pick<DevicePlan, "kind" | "threads" | "build">;
  readonly files: ModelFiles;
  /** What to read out, where it is not what suits the card. */
  readonly asked: AskedReading;
  /** The folder of onnxruntime-web's own files: an absolute URL that ends in a slash. */
  readonly runtime: string;
}

/** What a worker found when it opened a model. */
export interface Opened<Card extends ModelCard> {
  /** The card, with what only the opened model could tell: the output's name, the dimension. */
  readonly card: Card;
  readonly reading: MeasuredReading;
  /** All layers that could be read out, in the network's order. */
  readonly taps: readonly Tap[];
  /** False for picture networks whose tokens are patches alone. */
  readonly hasCls: boolean;
}

/** The method by which every encoder's worker opens its model. */
export interface OpenMethod<Card extends ModelCard> {
  input: OpenInput<Card>;
  output: Opened<Card>;
  progress: LoadProgress;
}

/** A model that opened in a worker of its own. */
export interface OpenedModel<Card extends ModelCard> extends Opened<Card> {
  /** Compares with the card's reference vectors; once, however often it is called. */
  check(): Promise<Parity>;
  close(): void;
}

/** How one kind of model is opened. */
export interface ModelOpener<
  Card extends ModelCard,
  Worker extends { close(): void },
  Model extends OpenedModel<Card>,
> extends Wanted<Card> {
  /** Starts a fresh worker. */
  spawn(): Worker;
  /** Opens the model in the worker. Whatever is thrown, the caller closes the worker. */
  open(worker: Worker, input: OpenInput<Card>, options: OpenOptions): Promise<Model>;
}

/** An opened model, and what it runs on. */
export interface OnDevice<Model> {
  readonly opened: Model;
  readonly device: DevicePlan;
}

/** Failures that another device would meet too. */
const NOT_THE_DEVICE = new Set<ErrorName>([
  "Cancelled",
  "DownloadCut",
  "ModelCorrupt",
  "ModelGated",
  "ModelNotFound",
  "NetworkFailed",
  "NoOnnxFiles",
  "Offline",
  "UnreadableFile",
  "UnsupportedModel",
]);

/**
 * Finds a model and opens it, each attempt in a fresh worker. Under "auto", a WebGPU that does not start, or whose
 * vectors differ from the card's reference, is given up for WASM, and the device's reason says so. `early` is what there
 * is already: a worker for the first attempt, and what the browser offers.
 */
export async function openModel<
  Card extends ModelCard,
  Worker extends { close(): void },
  Model extends OpenedModel<Card>,
>(
  spec: EncoderSpec,
  options: OpenOptions,
  opener: ModelOpener<Card, Worker, Model>,
  early: { readonly remote?: Worker; readonly facts?: Promise<DeviceFacts> } = {},
): Promise<OnDevice<Model>> {
  throwIfCancelled(options.signal);
  const where = locations();
  // The worker's script loads while the card does.
  let spare: Worker | undefined = early.remote ?? opener.spawn();
  try {
    const [model, facts] = await Promise.all([
      findModel(spec, opener, where, options.signal),
      early.facts ?? deviceFacts(),
    ]);
    const attempt = async (plan: DevicePlan) => {
      const worker = spare ?? opener.spawn();
      spare = undefined;
      try {
        const { card } = model;
        const files = model.files(plan, facts);
        const asked = { tap: spec.tap, pooling: spec.pooling };
        const input = { card, files, asked, plan, runtime: where.runtime };
        return withKnownParity(await opener.open(worker, input, options), spec, plan);
      } catch (error) {
        worker.close();
        throw error;
      }
    };
    return await openOnBestDevice(options.device, facts, attempt);
  } finally {
    spare?.close();
  }
}

/**
 * Opens on the chosen device and, under "auto", falls back from WebGPU to WASM. What runs on WebGPU is checked before it
 * is handed out; WASM, which was never seen to be wrong, need not keep anybody waiting.
 */
export async function openOnBestDevice<Model extends { check(): Promise<Parity>; close(): void }>(
  choice: DeviceChoice,
  facts: DeviceFacts,
  attempt: (plan: DevicePlan) => Promise<Model>,
): Promise<OnDevice<Model>> {
  const plan = chooseDevice(choice, facts);
  const mayFallBack = choice === "auto" && plan.kind === "webgpu";
  let reason: string;
  try {
    const opened = await attempt(plan);
    if (plan.kind === "wasm") return { opened, device: plan };
    const { matches, cosine } = await checked(opened);
    if (!mayFallBack || matches) return { opened, device: plan };
    opened.close();
    reason = `WebGPU gave vectors that differ from the reference (cosine ${cosine.toFixed(3)}), so WASM is used.`;
  } catch (error) {
    if (!mayFallBack || isCancelled(error) || NOT_THE_DEVICE.has(reportError(error).name)) throw error;
    reason = insteadOfWebgpu(error);
  }
  const instead = wasmPlan(facts, reason);
  return { opened: await attempt(instead), device: instead };
}

/** Why WASM is used, as one sentence, where WebGPU failed with this error. */
export function insteadOfWebgpu(error: unknown): string {
  return `WebGPU did not work (${reportError(error).message.replace(/\.$/, "")}), so WASM is used.`;
}

async function checked(opened: { check(): Promise<Parity>; close(): void }): Promise<Parity> {
  try {
    return await opened.check();
  } catch (error) {
    opened.close();
    throw error;
  }
}
