import { NamedError, reportError } from "../core/errors";
import type { Matrix } from "../core/matrix";
import { connect, type Remote } from "../remote/connect";
import type { ComparisonMethods } from "./protocol";
import type { Comparator } from "./types";

export type * from "./types";

interface Known {
  readonly version: number;
  readonly matrix: Matrix;
  /** True once this worker has a copy. */
  isSent: boolean;
}

/**
 * Makes a comparator. Its worker starts with the first question. A matrix is copied to it by the first question
 * after `hold`, so holding costs nothing; until then, and for a restart, the caller's matrix must stay as it is. A worker
 * that crashed is replaced, the matrices are sent again, and the question is asked once more.
 */
export function createComparator(): Comparator {
  let remote: Remote<ComparisonMethods> | undefined;
  let isClosed = false;
  const known = new Map<string, Known>();

  const startWorker = () =>
    connect<ComparisonMethods>(new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }));

  /** The worker, with the matrix of this key on its way to it. */
  const workerFor = (key: string): Remote<ComparisonMethods> => {
    if (isClosed) throw new NamedError("Cancelled", "The comparator was closed.");
    const entry = known.get(key);
    if (!entry) throw new NamedError("UnknownSpace", `No vectors are held for “${key}”.`);
    remote ??= startWorker();
    if (!entry.isSent) {
      entry.isSent = true;
      const { rows, dimension } = entry.matrix;
      // A copy of exactly these rows: the matrix may be a view into a larger buffer.
      const data = entry.matrix.data.slice(0, rows * dimension);
      // A failure to hold shows again in the question that follows, where somebody is listening.
      remote
        .call("hold", { key, matrix: { data, rows, dimension } }, { transfer: [data.buffer] })
        .catch(() => undefined);
    }
    return remote;
  };

  /** Asks, and once more with a fresh worker when this one crashed. */
  const ask = async <T>(
    key: string,
    question: (worker: Remote<ComparisonMethods>) => Promise<T>,
  ): Promise<T> => {
    const worker = workerFor(key);
    try {
      return await question(worker);
    } catch (thrown) {
      if (reportError(thrown).name !== "WorkerCrashed") throw thrown;
      if (remote === worker) {
        remote = undefined;
        for (const entry of known.values()) entry.isSent = false;
      }
      return question(workerFor(key));
    }
  };

  return {
    hold(key, version, matrix) {
      if (known.get(key)?.version !== version) known.set(key, { version, matrix, isSent: false });
    },
    neighbours(key, query, { signal, k, metric, exclude, among }) {
      const input = { key, query: query.slice(), k, metric, exclude, among };
      return ask(key, (worker) => worker.call("neighbours", input, { signal }));
    },
    similarities(key, rows, metric) {
      return ask(key, (worker) => worker.call("similarities", { key, rows, metric }));
    },
    likeness(key, query, metric, signal) {
      const input = { key, query: query.slice(), metric };
      return ask(key, (worker) => worker.call("likeness", input, { signal }));
    },
    regions(question, signal) {
      return ask(question.key, (worker) => worker.call("regions", question, { signal }));
    },
    forget(key) {
      const entry = known.get(key);
      if (!known.delete(key) || !entry) return;
      remote?.call("forget", { key }).catch(() => undefined);
    },
    close() {
      isClosed = true;
      known.clear();
      remote?.close();
      remote = undefined;
    },
  };
}
