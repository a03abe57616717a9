import { errorFromReport, NamedError } from "../core/errors";
import type { FromWorker, Methods, ToWorker } from "./protocol";

/** How a call is stopped and followed. */
export interface CallOptions<Progress> {
  /** Gives the call up: the promise rejects with `Cancelled` at once, and the worker is told to stop. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Buffers of the input that are moved to the worker instead of copied. */
  transfer?: Transferable[];
}

/** A worker seen as plain async functions. */
export interface Remote<T extends Methods<T>> {
  call<K extends keyof T & string>(
    method: K,
    input: T[K]["input"],
    options?: CallOptions<T[K]["progress"]>,
  ): Promise<T[K]["output"]>;
  /** Ends the worker and gives its memory back. Calls under way reject with `Cancelled`. */
  close(): void;
}

interface Pending {
  resolve(output: unknown): void;
  reject(error: NamedError): void;
  progress?(progress: unknown): void;
}

/**
 * Connects to a worker that calls `serve`. When the worker dies (a script error while starting, out of memory, killed
 * from outside), every call under way and every later one rejects with `WorkerCrashed`; a caller recovers by connecting
 * to a fresh worker.
 */
export function connect<T extends Methods<T>>(worker: Worker): Remote<T> {
  const pending = new Map<number, Pending>();
  let nextCall = 1;
  let ended: NamedError | undefined;
  const waiting = new AbortController();

  const post = (message: ToWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer);

  const end = (error: NamedError) => {
    if (ended) return;
    ended = error;
    waiting.abort();
    worker.terminate();
    for (const call of pending.values()) call.reject(error);
    pending.clear();
  };

  /** Waits for the lock that the worker holds while it lives. */
  const watch = (lock: string) => {
    const onDeath = () =>
      end(
        new NamedError("WorkerCrashed", "A background worker was stopped.", {
          advice: "Try again; a fresh worker will be started.",
        }),
      );
    // Rejects when the worker is closed, and there is nothing left to watch.
    navigator.locks.request(lock, { signal: waiting.signal }, onDeath).catch(() => {});
  };

  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
    if (data.type === "alive") return watch(data.lock);
    const call = pending.get(data.call);
    if (!call) return;
    if (data.type === "progress") {
      call.progress?.(data.progress);
      return;
    }
    pending.delete(data.call);
    if (data.type === "done") call.resolve(data.output);
    else call.reject(errorFromReport(data.error));
  });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    end(
      new NamedError("WorkerCrashed", `A background worker stopped: ${event.message || "unknown reason"}.`, {
        advice: "Try again; a fresh worker will be started.",
      }),
    );
  });
  worker.addEventListener("messageerror", () => {
    end(new NamedError("WorkerCrashed", "A background worker sent a message that could not be read."));
  });

  return {
    call(method, input, { signal, onProgress, transfer } = {}) {
      return new Promise((resolve, reject) => {
        const cancelled = () => new NamedError("Cancelled", "Cancelled.");
        if (ended) return reject(ended);
        if (signal?.aborted) return reject(cancelled());
        const call = nextCall++;
        const onAbort = () => {
          if (!pending.delete(call)) return;
          post({ type: "abort", call });
          reject(cancelled());
        };
        const settle = () => signal?.removeEventListener("abort", onAbort);
        signal?.addEventListener("abort", onAbort, { once: true });
        pending.set(call, {
          resolve(output) {
            settle();
            resolve(output as never);
          },
          reject(error) {
            settle();
            reject(error);
          },
          progress: onProgress as Pending["progress"],
        });
        post({ type: "call", call, method, input }, transfer);
      });
    },
    close() {
      end(new NamedError("Cancelled", "The worker was closed."));
    },
  };
}
