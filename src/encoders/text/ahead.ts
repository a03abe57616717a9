import type { Remote } from "../../remote/connect";
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

let ahead: (Required<Ahead> & { readonly id: string }) | undefined;

/**
 * Starts opening a text model of `public/models` before the page's own script is there, in its worker, where nothing
 * that the page does can hold it up. Resolves when the worker has been told all, which takes the main thread: a worker
 * can't look for graphics adapters without it. What goes wrong is said to whoever opens that model.
 */
export async function openAhead(id: string, choice: DeviceChoice): Promise<void> {
  const remote = startTextWorker();
  const facts = deviceFacts();
  ahead = { id, remote, facts };
  // Files that any device needs are on their way before the device is known.
  remote.call("ahead", { id, where: locations() }).catch(() => undefined);
  try {
    remote.call("planned", chooseDevice(choice, await facts)).catch(() => undefined);
  } catch {
    // No such device: the page will say so.
  }
}

/** What was begun ahead, for its first asker; a worker that opens another model than this one is closed. */
export function takeAhead({ source, tap, pooling }: EncoderSpec): Ahead {
  if (!ahead) return {};
  const { id, remote, facts } = ahead;
  ahead = undefined;
  const isSame = source.from === "page" && source.id === id && !tap && !pooling;
  if (isSame) return { remote, facts };
  remote.close();
  return { facts };
}
