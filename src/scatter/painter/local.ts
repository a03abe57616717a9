import { errorFromReport, NamedError, reportError } from "../../core/errors";
import type { Remote } from "../../remote/connect";
import { Moved } from "../../remote/protocol";
import { painterHandlers } from "./handlers";
import type { PainterMethods } from "./methods";

/** A painter on the page itself, asked as one in a worker is: for browsers whose workers can't draw. */
export function localPainter(): Remote<PainterMethods> {
  const handlers = painterHandlers();
  let isClosed = false;
  return {
    async call(method, input, { onProgress } = {}) {
      if (isClosed) throw new NamedError("Cancelled", "The painter was closed.");
      const handler = handlers[method] as (input: unknown, context: unknown) => unknown;
      try {
        const context = { signal: new AbortController().signal, progress: onProgress ?? (() => {}) };
        const result = await handler(input, context);
        return (result instanceof Moved ? result.value : result) as never;
      } catch (thrown) {
        throw errorFromReport(reportError(thrown));
      }
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      void handlers.stop(undefined, { signal: new AbortController().signal, progress: () => {} });
    },
  };
}
