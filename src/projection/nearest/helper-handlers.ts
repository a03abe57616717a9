import { NamedError } from "../../core/errors";
import { openKernel } from "../../core/knn/fast-nearest";
import { SimilarityKernel } from "../../core/knn/kernel";
import { type Handlers, moved } from "../../remote/protocol";
import type { HelperMethods } from "./protocol";

/** What a helper worker does, with the rows it holds. */
export function helperHandlers(): Handlers<HelperMethods> {
  let held: SimilarityKernel | undefined;
  const kernel = () => {
    if (!held) throw new NamedError("NotReady", "The helper holds no vectors.");
    return held;
  };
  return {
    hold({ matrix, metric, k }) {
      held = openKernel(matrix, metric, k, "int16");
      return undefined;
    },
    share({ rows, place }) {
      held = SimilarityKernel.join(rows, place);
      return undefined;
    },
    compare({ stripes }) {
      for (const stripe of stripes) kernel().compareStripe(stripe);
      return undefined;
    },
    candidates() {
      const candidates = kernel().candidates();
      if (kernel().sharedRows) return candidates;
      const { kept, keys, ids } = candidates;
      // Copies of what was found; the kernel's memory holds the vectors too.
      const found = { kept, keys: keys.slice(), ids: ids.slice() };
      held = undefined;
      return moved(found, [found.keys.buffer, found.ids.buffer]);
    },
  };
}
