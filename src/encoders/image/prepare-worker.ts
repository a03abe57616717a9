import { moved } from "../../remote/protocol";
import { serve } from "../../remote/serve";
import type { Preprocessing } from "../card";
import { createGate } from "../gate";
import { DECODED_AT_ONCE } from "./decode";
import { type PreparedImage, prepareImage } from "./prepare";

/** What the worker that prepares images does: it works on the next ones while the network runs over these. */
export interface PrepareWorkerMethods {
  prepare: {
    input: { readonly image: Blob; readonly preprocessing: Preprocessing };
    output: PreparedImage;
    progress: never;
  };
}

const gate = createGate(DECODED_AT_ONCE);

serve<PrepareWorkerMethods>({
  async prepare({ image, preprocessing }, { signal }) {
    const prepared = await gate(() => prepareImage(image, preprocessing, signal));
    return moved(prepared, [prepared.tensor.buffer]);
  },
});
