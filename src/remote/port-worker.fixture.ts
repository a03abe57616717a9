import type { Handlers, Methods, ToWorker } from "./protocol";
import { type ServingScope, serve } from "./serve";

/**
 * A worker without the thread, for tests of typed clients: the client sees a `Worker`, the real handlers answer over a
 * message channel, with real structured cloning and transfer.
 */
export class PortWorker extends EventTarget {
  readonly #port: MessagePort;
  readonly #stop: () => void;
  isTerminated = false;

  /** `stop` ends what the other side is doing, as the end of a thread would. */
  constructor(port: MessagePort, stop: () => void) {
    super();
    this.#port = port;
    this.#stop = stop;
    port.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  terminate(): void {
    this.isTerminated = true;
    this.#port.close();
    this.#stop();
  }

  /** Does what a worker's script error or lack of memory does. */
  crash(message: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }
}

/** A class to stand in for `Worker`, and the workers made of it, in order. Each gets handlers of its own. */
export function portWorkers<T extends Methods<T>>(handlers: () => Handlers<T>) {
  const made: PortWorker[] = [];
  class StandIn extends PortWorker {
    constructor() {
      const { port1, port2 } = new MessageChannel();
      const calls: number[] = [];
      const abort = (call: number) =>
        port2.dispatchEvent(new MessageEvent<ToWorker>("message", { data: { type: "abort", call } }));
      super(port1, () => calls.forEach(abort));
      port2.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
        if (data.type === "call") calls.push(data.call);
      });
      port2.start();
      serve<T>(handlers(), port2 as unknown as ServingScope);
      made.push(this);
    }
  }
  return { StandIn, made };
}
