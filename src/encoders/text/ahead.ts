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
    await remote.call("ahead", { plan: chooseDevice(choice, await facts), where: locations() });
  } catch {
    // No such device, or no worker: the page will say so.
  }
}

/** What was begun ahead, for its first asker; a worker that opens another model than this one is closed. */
export function takeAhead({ source, tap, pooling }: EncoderSpec): Ahead {
  if (!ahead) return {};
  const { remote, facts } = ahead;
  ahead = undefined;
  const isSame = source.from === "page" && source.id === FIRST_TEXT_ENCODER && !tap && !pooling;
  if (isSame) return { remote, facts };
  remote.close();
  return { facts };
}
