import { NamedError, reportError } from "../core/errors";
import type { Matrix } from "../core/matrix";
import { connect, type Remote } from "../remote/connect";
import type { ComparisonMethods } from "./protocol";
import type { Comparator } from "./types";

export type * from "./types";

/** Numbers that are copied for the worker at a time: 8 MB take a few milliseconds, and the page answers in between. */
const PART = 2_000_000;

/** A worker that holds matrices. */
type Holder = Remote<ComparisonMethods>;

const closed = () => new NamedError("Cancelled", "The comparator was closed.");

/** One version of a matrix. */
interface Known {
  /** Its name in the worker: a question is answered by the rows it was asked of, whatever is held by then. */
  readonly name: string;
  readonly version: number;
  readonly matrix: Matrix;
  /** The worker it was copied to, or is on its way to. */
  sent?: { readonly to: Holder; readonly done: Promise<void> };
  /** Questions that wait for an answer. */
  questions: number;
}

/**
 * Makes a comparator. Its worker starts with the first question. A matrix is copied to it, in parts, by the first question
 * after `hold`, so holding costs nothing; until then, and for a restart, the caller's matrix must stay as it is. A worker
 * that crashed is replaced, the matrices are sent again, and the question is asked once more.
 */
export function createComparator(): Comparator {
  let remote: Holder | undefined;
  let isClosed = false;
  const known = new Map<string, Known>();

  const startWorker = () =>
    connect<ComparisonMethods>(new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }));

  /** Copies a matrix; resolves when all of it is there, or the last part is on its way. */
  const send = async (worker: Holder, { name, matrix }: Known): Promise<void> => {
    const { data, rows, dimension } = matrix;
    const most = Math.max(1, Math.floor(PART / Math.max(1, dimension)));
    for (let first = 0; ; first += most) {
      // A copy of exactly these rows: the matrix may be a view into a larger buffer.
      const part = data.slice(first * dimension, Math.min(rows, first + most) * dimension);
      const held = worker.call(
        "hold",
        { key: name, rows, dimension, first, part },
        { transfer: [part.buffer] },
      );
      if (first + most < rows) await held;
      // A failure to hold shows again in the question that follows, where somebody is listening.
      else return void held.catch(() => undefined);
    }
  };

  const worker = (): Holder => {
    if (isClosed) throw closed();
    remote ??= startWorker();
    return remote;
  };

  const find = (key: string): Known => {
    const entry = known.get(key);
    if (entry) return entry;
    throw isClosed ? closed() : new NamedError("UnknownSpace", `No vectors are held for “${key}”.`);
  };

  /** Sees to it that a worker holds a matrix. */
  const fill = (to: Holder, entry: Known): Promise<void> => {
    if (entry.sent?.to !== to) entry.sent = { to, done: send(to, entry) };
    return entry.sent.done;
  };

  /** Lets the worker forget a version that is held no more, once nobody asks about it. */
  const release = (key: string, entry: Known) => {
    if (known.get(key) === entry || entry.questions > 0 || entry.sent?.to !== remote) return;
    remote?.call("forget", { key: entry.name }).catch(() => undefined);
    entry.sent = undefined;
  };

  /** Asks, and once more with a fresh worker when this one crashed. */
  const ask = async <T>(key: string, question: (worker: Holder, name: string) => Promise<T>): Promise<T> => {
    const entry = find(key);
    const asked = worker();
    const put = async (to: Holder) => {
      await fill(to, entry);
      return question(to, entry.name);
    };
    entry.questions++;
    try {
      return await put(asked);
    } catch (thrown) {
      if (reportError(thrown).name !== "WorkerCrashed") throw thrown;
      if (remote === asked) remote = undefined;
      return await put(worker());
    } finally {
      entry.questions--;
      release(key, entry);
    }
  };

  return {
    hold(key, version, matrix) {
      const former = known.get(key);
      if (former?.version === version) return;
      known.set(key, { name: `${key} ${version}`, version, matrix, questions: 0 });
      if (former) release(key, former);
    },
    neighbours(key, query, { signal, k, metric, exclude, among }) {
      const input = { query: query.slice(), k, metric, exclude, among };
      return ask(key, (worker, name) => worker.call("neighbours", { key: name, ...input }, { signal }));
    },
    similarities(key, rows, metric) {
      return ask(key, (worker, name) => worker.call("similarities", { key: name, rows, metric }));
    },
    likeness(key, query, metric, signal) {
      const input = { query: query.slice(), metric };
      return ask(key, (worker, name) => worker.call("likeness", { key: name, ...input }, { signal }));
    },
    regions(question, signal) {
      return ask(question.key, (worker, name) =>
        worker.call("regions", { ...question, key: name }, { signal }),
      );
    },
    forget(key) {
      const entry = known.get(key);
      if (!known.delete(key) || !entry) return;
      release(key, entry);
    },
    close() {
      isClosed = true;
      known.clear();
      remote?.close();
      remote = undefined;
    },
  };
}
