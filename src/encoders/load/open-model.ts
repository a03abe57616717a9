import { isCancelled, reportError, throwIfCancelled } from "../../core/errors";
import type { ModelCard } from "../card";
import type { DeviceChoice, LoadProgress, OpenOptions, Parity } from "../types";
import { chooseDevice, type DeviceFacts, type DevicePlan, deviceFacts, wasmPlan } from "./device";
import { fetchJson } from "./fetch";
import { type Locations, locations } from "./locations";

/** What a worker needs to open a model. */
export interface OpenInput<Card extends ModelCard> {
  readonly card: Card;
  readonly plan: Pick<DevicePlan, "kind" | "threads" | "build">;
  readonly locations: Locations;
}

/** The method by which every encoder's worker opens its model. */
export interface OpenMethod<Card extends ModelCard, Opened> {
  input: OpenInput<Card>;
  output: Opened;
  progress: LoadProgress;
}

/** A model that opened in a worker of its own. */
export interface OpenedModel {
  readonly parity: Parity;
  close(): void;
}

/** How one kind of model is opened. */
export interface ModelOpener<
  Card extends ModelCard,
  Worker extends { close(): void },
  Opened extends OpenedModel,
> {
  parse(json: unknown, file: string): Card;
  /** Starts a fresh worker. */
  spawn(): Worker;
  /** Opens the model in the worker. Whatever is thrown, the caller closes the worker. */
  open(worker: Worker, input: OpenInput<Card>, options: OpenOptions): Promise<Opened>;
}

/** An opened model, and what it runs on. */
export interface OnDevice<Card, Opened> {
  readonly card: Card;
  readonly opened: Opened;
  readonly device: DevicePlan;
}

/** Failures that another device would meet too. */
const NOT_THE_DEVICE = new Set(["Cancelled", "ModelCorrupt", "ModelNotFound", "NetworkFailed"]);

/**
 * Fetches a model's card and opens the model, each attempt in a fresh worker. Under "auto", a WebGPU that does not
 * start, or whose vectors differ from the card's reference, is given up for WASM, and the device's reason says so.
 */
export async function openModel<
  Card extends ModelCard,
  Worker extends { close(): void },
  Opened extends OpenedModel,
>(
  id: string,
  options: OpenOptions,
  opener: ModelOpener<Card, Worker, Opened>,
): Promise<OnDevice<Card, Opened>> {
  throwIfCancelled(options.signal);
  const where = locations();
  // The worker's script loads while the card does.
  let spare: Worker | undefined = opener.spawn();
  try {
    const [card, facts] = await Promise.all([
      fetchJson(`${where.models}${id}/card.json`, options.signal).then((json) =>
        opener.parse(json, `${id}/card.json`),
      ),
      deviceFacts(),
    ]);
    const attempt = async (plan: DevicePlan) => {
      const worker = spare ?? opener.spawn();
      spare = undefined;
      try {
        return await opener.open(worker, { card, plan, locations: where }, options);
      } catch (error) {
        worker.close();
        throw error;
      }
    };
    return { card, ...(await openOnBestDevice(options.device, facts, attempt)) };
  } finally {
    spare?.close();
  }
}

/** Opens on the chosen device and, under "auto", falls back from WebGPU to WASM. */
export async function openOnBestDevice<Opened extends OpenedModel>(
  choice: DeviceChoice,
  facts: DeviceFacts,
  attempt: (plan: DevicePlan) => Promise<Opened>,
): Promise<{ readonly opened: Opened; readonly device: DevicePlan }> {
  const plan = chooseDevice(choice, facts);
  const mayFallBack = choice === "auto" && plan.kind === "webgpu";
  let reason: string;
  try {
    const opened = await attempt(plan);
    if (!mayFallBack || opened.parity.matches) return { opened, device: plan };
    opened.close();
    reason = `WebGPU gave vectors that differ from the reference (cosine ${opened.parity.cosine.toFixed(3)}), so WASM is used.`;
  } catch (error) {
    const report = reportError(error);
    if (!mayFallBack || isCancelled(error) || NOT_THE_DEVICE.has(report.name)) throw error;
    reason = `WebGPU did not work (${report.message.replace(/\.$/, "")}), so WASM is used.`;
  }
  const instead = wasmPlan(facts, reason);
  return { opened: await attempt(instead), device: instead };
}
