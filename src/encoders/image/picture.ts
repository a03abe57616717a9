import { reportError } from "../../core/errors";
import { connect, type Remote } from "../../remote/connect";
import { createGate } from "../gate";
import { DECODED_AT_ONCE } from "./decode";
import type { PictureWorkerMethods } from "./picture-worker";
import type { Picture } from "./thumbnail";

let remote: Remote<PictureWorkerMethods> | undefined;
const gate = createGate(DECODED_AT_ONCE);

/**
 * Decodes a picture and makes its thumbnail, in a small worker that needs no encoder. Calls beyond two wait.
 *
 * Throws `UnreadableImage`, `UnsupportedImage`, `ImageTooLarge`, `WorkerCrashed` (the next call starts a fresh worker)
 * or `Cancelled`.
 */
export function decodePicture(file: Blob, { signal }: { signal?: AbortSignal } = {}): Promise<Picture> {
  return gate(async () => {
    remote ??= connect(
      new Worker(new URL("./picture-worker.ts", import.meta.url), { type: "module", name: "pictures" }),
    );
    const current = remote;
    try {
      return await current.call("decode", file, { signal });
    } catch (error) {
      if (reportError(error).name === "WorkerCrashed" && remote === current) remote = undefined;
      throw error;
    }
  });
}
