import { afterEach, describe, expect, it, vi } from "vitest";
import { NamedError } from "../core/errors";
import { connect, type Remote } from "./connect";
import { moved } from "./protocol";
import { type ServingScope, serve } from "./serve";

type Arithmetic = {
  add: { input: { a: number; b: number }; output: number; progress: never };
  count: { input: number; output: number; progress: number };
  numbers: { input: number; output: Float32Array; progress: never };
  refuse: { input: string; output: never; progress: never };
};

/** A worker's two ends without the thread: a client sees a Worker, the server sees its scope. */
class PortWorker extends EventTarget {
  readonly #port: MessagePort;
  terminated = false;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
  }

  postMessage(message: unknown, transfer: Transferable[] = []) {
    this.#port.postMessage(message, transfer);
  }

  terminate() {
    this.terminated = true;
    this.#port.close();
  }

  crash(message: string) {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }
}

let worker: PortWorker;

function start(): Remote<Arithmetic> {
  const { port1, port2 } = new MessageChannel();
  port2.start();
  serve<Arithmetic>(
    {
      add: ({ a, b }) => a + b,
      async count(upTo, { signal, progress }) {
        for (let n = 1; n <= upTo; n++) {
          await new Promise((resolve) => setTimeout(resolve, 1));
          signal.throwIfAborted();
          progress(n);
        }
        return upTo;
      },
      numbers(size) {
        const data = new Float32Array(size).fill(1);
        return moved(data, [data.buffer]);
      },
      refuse(what) {
        throw new NamedError("EmptyText", `No ${what}.`, { advice: "Type something." });
      },
    },
    port2 as unknown as ServingScope,
  );
  worker = new PortWorker(port1);
  return connect<Arithmetic>(worker as unknown as Worker);
}

afterEach(() => worker.terminate());

describe("connect and serve", () => {
  it("answers calls, whatever their order", async () => {
    const remote = start();
    const [slow, fast] = await Promise.all([remote.call("count", 3), remote.call("add", { a: 1, b: 2 })]);
    expect([slow, fast]).toEqual([3, 3]);
  });

  it("reports progress", async () => {
    const seen: number[] = [];
    await start().call("count", 3, { onProgress: (n) => seen.push(n) });
    expect(seen).toEqual([1, 2, 3]);
  });

  it("moves results", async () => {
    expect(await start().call("numbers", 4)).toEqual(Float32Array.of(1, 1, 1, 1));
  });

  it("hands errors over with name and advice", async () => {
    await expect(start().call("refuse", "text")).rejects.toMatchObject({
      name: "EmptyText",
      message: "No text.",
      advice: "Type something.",
    });
  });

  it("names a method that does not exist", async () => {
    await expect(start().call("divide" as "add", { a: 1, b: 0 })).rejects.toMatchObject({
      name: "Unexpected",
    });
  });

  it("rejects an aborted call at once and stops the worker's loop", async () => {
    const remote = start();
    const controller = new AbortController();
    const progress = vi.fn(() => controller.abort());
    await expect(
      remote.call("count", 1000, { signal: controller.signal, onProgress: progress }),
    ).rejects.toMatchObject({ name: "Cancelled" });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(progress).toHaveBeenCalledTimes(1);
  });

  it("rejects everything once the worker crashed", async () => {
    const remote = start();
    const pending = remote.call("count", 1000);
    worker.crash("out of memory");
    await expect(pending).rejects.toMatchObject({ name: "WorkerCrashed" });
    await expect(remote.call("add", { a: 1, b: 1 })).rejects.toMatchObject({ name: "WorkerCrashed" });
    expect(worker.terminated).toBe(true);
  });

  it("gives the worker back on close", async () => {
    const remote = start();
    const pending = remote.call("count", 1000);
    remote.close();
    await expect(pending).rejects.toMatchObject({ name: "Cancelled" });
    expect(worker.terminated).toBe(true);
  });
});
