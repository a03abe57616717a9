import type { Remote } from "../../remote/connect";
import { chooseDevice, deviceFacts } from "../load/device";
import { locations } from "../load/locations";
import type { DeviceChoice, EncoderSpec } from "../types";
import type { TextWorkerMethods } from "./protocol";
import { startTextWorker } from "./start-worker";

let ahead: { readonly id: string; readonly remote: Remote<TextWorkerMethods> } | undefined;

/**
 * Starts opening a text model of `public/models` before the page's own script is there, in its worker, where nothing
 * that the page does can hold it up. Resolves when the worker has been told, which takes the main thread: a worker can't
 * look for graphics adapters without it. What goes wrong is said to whoever opens that model.
 */
export async function openAhead(id: string, choice: DeviceChoice): Promise<void> {
  const remote = startTextWorker();
  ahead = { id, remote };
  const facts = await deviceFacts();
  try {
    const plan = chooseDevice(choice, facts);
    remote.call("ahead", { id, plan, where: locations() }).catch(() => undefined);
  } catch {
    // No such device: the page will say so.
  }
}

/** The worker that opens this model already, for its first asker; one that opens another model is closed. */
export function takeAhead({ source, tap, pooling }: EncoderSpec): Remote<TextWorkerMethods> | undefined {
  const taken = ahead;
  ahead = undefined;
  const isSame = source.from === "page" && source.id === taken?.id && !tap && !pooling;
  if (isSame) return taken?.remote;
  taken?.remote.close();
  return undefined;
}
