import { NamedError, throwIfCancelled } from "../core/errors";
import type { Matrix } from "../core/matrix";
import { connect, type Remote } from "../remote/connect";
import type { ProjectionMethods } from "./protocol";
import type { Projector, RowNames } from "./types";

export { DEFAULT_PROJECTION } from "./defaults";
export type * from "./types";

/**
 * Milliseconds a cancelled job gets to let go before its worker is given up. A job looks up every 30 ms; one that
 * takes longer is in a long single step, and a fresh worker (some 50 ms) is quicker than waiting for its end.
 */
const PATIENCE = 100;

/** Numbers that are copied for the worker at a time: 8 MB take a few milliseconds, and the page answers in between. */
const PART = 2_000_000;

/**
 * Makes a projector. Its worker starts with the first call; a second call cancels the first, whose promise rejects
 * with `Cancelled`; a worker that crashed or is stuck is replaced by a fresh one at the next call.
 */
export function createProjector(): Projector {
  let remote: Remote<ProjectionMethods> | undefined;
  /** The rows that the worker remembers, as they stand in the caller's memory. */
  let sent: Matrix | undefined;
  /** What these rows stand for, where it is known. */
  let names: RowNames | undefined;
  let current: AbortController | undefined;
  let isPaused = false;
  let isClosed = false;

  const setPaused = (wanted: boolean) => {
    if (!current || wanted === isPaused) return;
    isPaused = wanted;
    // A worker that crashes meanwhile says so through the job.
    remote?.call("pause", { isPaused }).catch(() => undefined);
  };

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
    if (!remote) {
      remote = startWorker();
      sent = undefined;
    }
    return remote;
  };

  /** After a failure nobody knows what the worker holds. */
  const call = async (send: () => Promise<unknown>): Promise<void> => {
    try {
      await send();
    } catch (thrown) {
      sent = undefined;
      throw thrown;
    }
  };

  /** Sends the rows that the worker has not got yet, in parts that the page does not feel. */
  const send = async (
    worker: Remote<ProjectionMethods>,
    matrix: Matrix,
    rowNames: RowNames | undefined,
    signal: AbortSignal,
  ): Promise<void> => {
    const { data, rows, dimension } = matrix;
    const former = names;
    names = rowNames;
    if (sent && !continues(sent, matrix) && sent.dimension === dimension) {
      const kept = keptRows(former, sent.rows, rowNames);
      if (kept) {
        sent = { ...matrix, rows: kept.length };
        await call(() => worker.call("keep", { rows: kept }));
        throwIfCancelled(signal);
      }
    }
    let known = sent && continues(sent, matrix) ? sent.rows : 0;
    const most = Math.max(1, Math.floor(PART / Math.max(1, dimension)));
    // Also for no rows at all: the worker must know that there are none.
    while (known < rows || sent === undefined || !continues(sent, matrix)) {
      const to = Math.min(rows, known + most);
      // A copy of exactly these rows: the matrix may be a view into a larger buffer, and stays with its owner.
      const added = { data: data.slice(known * dimension, to * dimension), rows: to - known, dimension };
      sent = { ...matrix, rows: to };
      const first = known;
      await call(() =>
        worker.call("hold", { added, known: first, expected: rows }, { transfer: [added.data.buffer] }),
      );
      known = to;
      // A newer call goes on from here; two must not send at once.
      throwIfCancelled(signal);
    }
  };

  return {
    async project(matrix, options, { signal, onProgress, start, rows, ...more } = {}) {
      if (isClosed) throw new NamedError("Cancelled", "The projector was closed.");
      throwIfCancelled(signal);
      current?.abort();
      const own = new AbortController();
      current = own;
      isPaused = false;
      const either = signal ? AbortSignal.any([own.signal, signal]) : own.signal;
      try {
        const worker = await freeWorker();
        throwIfCancelled(either);
        await send(worker, matrix, rows, either);
        const from = start?.slice();
        return await worker.call(
          "project",
          { options, start: from, ...more, isPaused },
          { signal: either, onProgress, transfer: from ? [from.buffer] : [] },
        );
      } finally {
        if (current === own) current = undefined;
      }
    },
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    prepare(method) {
      if (remote || isClosed) return;
      remote = startWorker();
      // Code that does not load fails the job that needs it.
      remote.call("prepare", { method }).catch(() => undefined);
    },
    async trueNeighbours(row) {
      if (!remote) throw new NamedError("NotReady", "Nothing has been laid out yet.");
      return await remote.call("trueNeighbours", { row });
    },
    close() {
      isClosed = true;
      current?.abort();
      remote?.close();
      remote = undefined;
    },
  };
}

/** True when a matrix stands in the same memory as the former one and only has rows after it. */
function continues(former: Matrix, matrix: Matrix): boolean {
  return (
    former.data.buffer === matrix.data.buffer &&
    former.data.byteOffset === matrix.data.byteOffset &&
    former.dimension === matrix.dimension &&
    former.rows <= matrix.rows
  );
}

/** Where fewer rows are left than this share, sending them again costs little beside what must be searched for again. */
const LEAST_KEPT = 0.5;

/**
 * The first `held` of the former rows that are still there, when they come first, in the same order, and are most of both;
 * else undefined.
 */
function keptRows(
  former: RowNames | undefined,
  held: number,
  next: RowNames | undefined,
): Uint32Array | undefined {
  if (!former || !next || former.space !== next.space) return undefined;
  const kept: number[] = [];
  for (let row = 0; row < held; row++) if (former.ids[row] === next.ids[kept.length]) kept.push(row);
  if (kept.length < LEAST_KEPT * Math.max(held, next.ids.length)) return undefined;
  // A row that comes again later, out of order, would be taken for a new one; it is one, as far as the worker knows.
  return Uint32Array.from(kept);
}
