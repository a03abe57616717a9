import { reportError } from "../../core/errors";
import { connect, type Remote } from "../../remote/connect";
import type { PictureWorkerMethods } from "./picture-worker";
import type { Picture } from "./thumbnail";

/** Pictures decoded at once: a large one takes hundreds of megabytes while it is open. */
const AT_ONCE = 2;

let remote: Remote<PictureWorkerMethods> | undefined;
let busy = 0;
const waiting: (() => void)[] = [];

/**
 * Decodes a picture and makes its thumbnail, in a small worker that needs no encoder. Calls beyond two wait.
 *
 * Throws `UnreadableImage`, `UnsupportedImage`, `ImageTooLarge`, `WorkerCrashed` (the next call starts a fresh worker)
 * or `Cancelled`.
 */
export async function decodePicture(file: Blob, { signal }: { signal?: AbortSignal } = {}): Promise<Picture> {
  if (busy >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else busy += 1;
  remote ??= connect(
    new Worker(new URL("./picture-worker.ts", import.meta.url), { type: "module", name: "pictures" }),
  );
  const current = remote;
  try {
    return await current.call("decode", file, { signal });
  } catch (error) {
    if (reportError(error).name === "WorkerCrashed" && remote === current) remote = undefined;
    throw error;
  } finally {
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  }
}
