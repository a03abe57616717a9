import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { NamedError } from "../../core/errors";
import { KEPT_FOR } from "../load/network";
import { createHelpers, Dispatcher } from "./helpers";

class FakeWorker {
  closed = false;
  close() {
    this.closed = true;
  }
}

function setUp(given: readonly number[] | undefined | Error) {
  const spawned: FakeWorker[] = [];
  const helpers = createHelpers<FakeWorker>({
    spawn() {
      const worker = new FakeWorker();
      spawned.push(worker);
      return worker;
    },
    async open() {
      if (given instanceof Error) throw given;
      return given && new Map([["out", Float32Array.from(given)]]);
    },
    probe: async () => new Map([["out", Float32Array.of(1, 2, 3)]]),
  });
  return { helpers, spawned };
}

const count = async (workers: readonly FakeWorker[] | undefined) => workers?.length;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("navigator", { hardwareConcurrency: 6 });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("helpers", () => {
  it("start with the first job, stay for the next, and go when there is none", async () => {
    const { helpers, spawned } = setUp([1, 2, 3.001]);
    expect(spawned).toHaveLength(0);
    expect(await helpers.use(count)).toBe(3);
    await vi.advanceTimersByTimeAsync(KEPT_FOR - 1);
    expect(helpers.isWarm).toBe(true);
    expect(await helpers.use(count)).toBe(3);
    expect(spawned).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(KEPT_FOR);
    expect(spawned.every(({ closed }) => closed)).toBe(true);
    expect(helpers.isWarm).toBe(false);
    expect(await helpers.use(count)).toBe(3);
    expect(spawned).toHaveLength(6);
  });

  it.each([
    ["whose vectors differ", [1, 2, -3]],
    ["that give none", undefined],
    ["that do not start", new RangeError("no memory")],
  ])("%s are not used, and not tried again", async (_, given) => {
    const { helpers, spawned } = setUp(given);
    expect(await helpers.use(count)).toBeUndefined();
    expect(spawned.every(({ closed }) => closed)).toBe(true);
    expect(await helpers.use(count)).toBeUndefined();
    expect(spawned).toHaveLength(3);
  });

  it("that die are put away, and started anew for the next job", async () => {
    const { helpers, spawned } = setUp([1, 2, 3]);
    const death = new NamedError("WorkerCrashed", "Gone.");
    await expect(helpers.use(() => Promise.reject(death))).rejects.toBe(death);
    await vi.advanceTimersByTimeAsync(0);
    expect(spawned.every(({ closed }) => closed)).toBe(true);
    expect(await helpers.use(count)).toBe(3);
    expect(spawned).toHaveLength(6);
  });
});

describe("Dispatcher", () => {
  it("gives work to who has the least of it, and frees who failed", async () => {
    const dispatcher = new Dispatcher(["a", "b"]);
    const order: string[] = [];
    const release: (() => void)[] = [];
    const work = (worker: string) => {
      order.push(worker);
      return new Promise<void>((resolve) => release.push(resolve));
    };
    const first = dispatcher.give(work);
    void dispatcher.give(work);
    await expect(dispatcher.give(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    release[0]();
    await first;
    void dispatcher.give(work);
    expect(order).toEqual(["a", "b", "a"]);
  });
});
