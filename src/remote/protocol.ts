import type { ErrorReport } from "../core/errors";

/** Messages between a typed client and its worker. Nothing outside src/remote/ reads them. */
export type ToWorker =
  | { type: "call"; call: number; method: string; input: unknown }
  | { type: "abort"; call: number };

/** As `ToWorker`, the other way. */
export type FromWorker =
  | { type: "progress"; call: number; progress: unknown }
  | { type: "done"; call: number; output: unknown }
  | { type: "failed"; call: number; error: ErrorReport }
  /** Sent once: the worker holds the Web Lock of this name for as long as it lives. */
  | { type: "alive"; lock: string };

/** What a worker's method is given beside its input. */
export interface CallContext<Progress> {
  /** Aborted when the caller gave up; check it between steps of long work. */
  readonly signal: AbortSignal;
  /** Sends progress to the caller; `transfer` moves buffers instead of copying them. */
  progress(progress: Progress, transfer?: Transferable[]): void;
}

/** One method of a worker: what goes in, what comes out, and what it reports on the way. */
export interface Method {
  input: unknown;
  output: unknown;
  progress: unknown;
}

/** The methods of a worker, by name. */
export type Methods<T> = { [K in keyof T]: Method };

/** The functions a worker must supply for a set of methods. Wrap the output in `moved` to transfer it. */
export type Handlers<T extends Methods<T>> = {
  [K in keyof T]: (
    input: T[K]["input"],
    context: CallContext<T[K]["progress"]>,
  ) => Promise<T[K]["output"] | Moved<T[K]["output"]>> | T[K]["output"] | Moved<T[K]["output"]>;
};

/** A result whose buffers are moved to the caller instead of copied. */
export class Moved<T> {
  readonly value: T;
  readonly transfer: Transferable[];

  constructor(value: T, transfer: Transferable[]) {
    this.value = value;
    this.transfer = transfer;
  }
}

/** Marks a worker's result so that `transfer` is moved, not copied. */
export function moved<T>(value: T, transfer: Transferable[]): Moved<T> {
  return new Moved(value, transfer);
}
