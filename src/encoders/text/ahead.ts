import type { Remote } from "../../remote/connect";
import { FIRST_TEXT_ENCODER } from "../catalogue";
import { chooseDevice, type DeviceFacts, deviceFacts } from "../load/device";
import { locations } from "../load/locations";
import type { DeviceChoice, EncoderSpec } from "../types";
import type { TextWorkerMethods } from "./protocol";
import { startTextWorker } from "./start-worker";

/** What was begun before the page was there. */
interface Ahead {
  /** The worker that opens the asked model already. */
  readonly remote?: Remote<TextWorkerMethods>;
  /** What the browser offers: asked for once. */
  readonly facts?: Promise<DeviceFacts>;
}

let ahead: Required<Ahead> | undefined;

/** True for the first visit's text encoder, read as its card says. */
export function isFirstEncoder({ source, tap, pooling }: EncoderSpec): boolean {
  return source.from === "page" && source.id === FIRST_TEXT_ENCODER && !tap && !pooling;
}

/**
 * What that encoder's first words are read on: WASM where "auto" will come to WebGPU, which takes longer to get ready than
 * they take to be read; else what was chosen.
 */
export function firstDevice(choice: DeviceChoice, facts: DeviceFacts): DeviceChoice {
  return choice === "auto" && chooseDevice(choice, facts).kind === "webgpu" ? "wasm" : choice;
}

/**
 * Starts opening the first text encoder before the page's own script is there, in its worker, where nothing that the
 * page does can hold it up. Resolves when the worker is at it, which takes the main thread: browsers pass what was posted
 * to a worker that is still starting on from there, and can't look for graphics adapters elsewhere. What goes wrong is
 * said to whoever opens that encoder.
 */
export async function openAhead(choice: DeviceChoice): Promise<void> {
  const remote = startTextWorker();
  const facts = deviceFacts();
  ahead = { remote, facts };
  try {
    const known = await facts;
    await remote.call("ahead", { plan: chooseDevice(firstDevice(choice, known), known), where: locations() });
  } catch {
    // No such device, or no worker: the page will say so.
  }
}

/** What was begun ahead, for its first asker; a worker that opens another model than this one is closed. */
export function takeAhead(spec: EncoderSpec): Ahead {
  if (!ahead) return {};
  const { remote, facts } = ahead;
  ahead = undefined;
  if (isFirstEncoder(spec)) return { remote, facts };
  remote.close();
  return { facts };
}
