import { reportError } from "../core/errors";
import { type FromWorker, type Handlers, type Methods, Moved, type ToWorker } from "./protocol";

/** The part of a worker's global scope that serving needs; a started `MessagePort` has it too. */
export interface ServingScope {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToWorker>) => void): void;
}

/**
 * Answers a client's calls inside a worker. Calls run concurrently, as their promises allow; a handler that must
 * not overlap with another queues itself. Whatever a handler throws reaches the caller as a `NamedError`. The default
 * scope is the worker's own.
 */
export function serve<T extends Methods<T>>(
  handlers: Handlers<T>,
  scope: ServingScope = globalThis as unknown as ServingScope,
): void {
  const running = new Map<number, AbortController>();
  const post = (message: FromWorker, transfer: Transferable[] = []) => scope.postMessage(message, transfer);
  if (scope === (globalThis as unknown)) holdLifeline((lock) => post({ type: "alive", lock }));

  scope.addEventListener("message", async ({ data }) => {
    if (data.type === "abort") {
      running.get(data.call)?.abort();
      return;
    }
    const { call, method, input } = data;
    const controller = new AbortController();
    running.set(call, controller);
    try {
      const handler = handlers[method as keyof T];
      const result = await handler(input as T[keyof T]["input"], {
        signal: controller.signal,
        progress: (progress, transfer) => post({ type: "progress", call, progress }, transfer),
      });
      if (result instanceof Moved) post({ type: "done", call, output: result.value }, result.transfer);
      else post({ type: "done", call, output: result });
    } catch (thrown) {
      post({ type: "failed", call, error: reportError(thrown) });
    } finally {
      running.delete(call);
    }
  });
}

/**
 * Holds a Web Lock until this worker ends, however it ends, and tells its name. A worker that is terminated or killed
 * says nothing; the browser then frees its locks, and whoever waits for this one knows.
 */
function holdLifeline(tell: (lock: string) => void): void {
  // Not there on pages that are not served securely; then a killed worker goes unnoticed.
  if (!navigator.locks) return;
  const lock = `worker ${crypto.randomUUID()}`;
  void navigator.locks.request(lock, () => {
    tell(lock);
    return new Promise(() => {});
  });
}
