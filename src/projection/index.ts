import { NamedError, throwIfCancelled } from "../core/errors";
import { connect, type Remote } from "../remote/connect";
import type { ProjectionMethods } from "./protocol";
import type { Projector } from "./types";

export { DEFAULT_PROJECTION } from "./defaults";
export type * from "./types";

/**
 * Milliseconds a cancelled job gets to let go before its worker is given up. A job looks up every 30 ms; one that
 * takes longer is in a long single step, and a fresh worker (some 50 ms) is quicker than waiting for its end.
 */
const PATIENCE = 100;

/**
 * Makes a projector. Its worker starts with the first call; a second call cancels the first, whose promise rejects
 * with `Cancelled`; a worker that crashed or is stuck is replaced by a fresh one at the next call.
 */
export function createProjector(): Projector {
  let remote: Remote<ProjectionMethods> | undefined;
  let current: AbortController | undefined;
  let isClosed = false;

  const startWorker = () =>
    connect<ProjectionMethods>(new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }));

  /** The worker, once a cancelled job has let go of it; a fresh one where it is stuck or has crashed. */
  const freeWorker = async (): Promise<Remote<ProjectionMethods>> => {
    const former = remote;
    if (former) {
      const isFree = await Promise.race([
        former.call("settle", undefined).then(
          () => true,
          () => false,
        ),
        new Promise<boolean>((resolve) => setTimeout(resolve, PATIENCE, false)),
      ]);
      if (!isFree && remote === former) {
        former.close();
        remote = undefined;
      }
    }
    if (isClosed) throw new NamedError("Cancelled", "The projector was closed.");
    remote ??= startWorker();
    return remote;
  };

  return {
    async project(matrix, options, { signal, onProgress, start } = {}) {
      if (isClosed) throw new NamedError("Cancelled", "The projector was closed.");
      throwIfCancelled(signal);
      current?.abort();
      const own = new AbortController();
      current = own;
      const either = signal ? AbortSignal.any([own.signal, signal]) : own.signal;
      const worker = await freeWorker();
      throwIfCancelled(either);
      // Copies of exactly these rows: the matrix may be a view into a larger buffer, and stays with its owner.
      const data = matrix.data.slice(0, matrix.rows * matrix.dimension);
      const from = start?.slice();
      try {
        return await worker.call(
          "project",
          { matrix: { data, rows: matrix.rows, dimension: matrix.dimension }, options, start: from },
          { signal: either, onProgress, transfer: from ? [data.buffer, from.buffer] : [data.buffer] },
        );
      } finally {
        if (current === own) current = undefined;
      }
    },
    close() {
      isClosed = true;
      current?.abort();
      remote?.close();
      remote = undefined;
    },
  };
}
