import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type PortWorker, portWorkers } from "../remote/port-worker.fixture";
import { clusters } from "./clusters.fixture";
import { projectionHandlers } from "./handlers";
import { createProjector, DEFAULT_PROJECTION, type ProjectionProgress, type Projector } from "./index";
import type { ProjectionMethods } from "./protocol";

let workers: PortWorker[];
let projector: Projector;
/** While true, workers do not answer `settle`: as if in one long step. */
let isStuck: boolean;

beforeEach(() => {
  isStuck = false;
  const { StandIn, made } = portWorkers<ProjectionMethods>(() => {
    const handlers = projectionHandlers();
    return {
      ...handlers,
      settle: (input, context) => (isStuck ? new Promise(() => undefined) : handlers.settle(input, context)),
    };
  });
  workers = made;
  vi.stubGlobal("Worker", StandIn);
  projector = createProjector();
});

afterEach(() => {
  projector.close();
  for (const worker of workers) worker.terminate();
  vi.unstubAllGlobals();
});

const small = clusters(40, 8, 4);
const options = { ...DEFAULT_PROJECTION, epochs: 40 };
/** Long enough not to end before something is done to it. */
const endless = { ...DEFAULT_PROJECTION, epochs: 1_000_000 };

/** Starts an endless layout and waits until its points move. */
async function startEndless(signal?: AbortSignal): Promise<{ outcome: Promise<unknown> }> {
  let move = () => {};
  const moving = new Promise<void>((resolve) => {
    move = resolve;
  });
  const outcome = projector
    .project(small, endless, { signal, onProgress: ({ positions }) => positions && move() })
    .catch((thrown: unknown) => thrown);
  await moving;
  return { outcome };
}

describe("a projector", () => {
  test("starts its worker with the first call, streams frames, and leaves the caller's arrays whole", async () => {
    expect(workers).toHaveLength(0);
    const reports: ProjectionProgress[] = [];
    const start = new Float32Array(80).fill(Number.NaN);
    const result = await projector.project(small, options, {
      start,
      onProgress: (report) => reports.push(report),
    });
    expect(result.method).toBe("umap");
    expect(result.positions).toHaveLength(80);
    expect(reports.map(({ stage }) => stage)).toContain("layout");
    expect(small.data).toHaveLength(320);
    expect(start).toHaveLength(80);
    await projector.project(small, options);
    expect(workers).toHaveLength(1);
  });

  test("a second call cancels the first, and goes on in the same worker", async () => {
    const { outcome } = await startEndless();
    const second = projector.project(small, options);
    expect(await outcome).toMatchObject({ name: "Cancelled" });
    expect((await second).method).toBe("umap");
    expect(workers).toHaveLength(1);
  });

  test("of several calls at once only the last is done", async () => {
    const calls = [1, 2, 3].map((seed) => projector.project(small, { ...options, seed }));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
  });

  test("a worker that does not let go is replaced", async () => {
    const { outcome } = await startEndless();
    isStuck = true;
    const second = projector.project(small, options);
    expect(await outcome).toMatchObject({ name: "Cancelled" });
    expect((await second).method).toBe("umap");
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  });

  test("a crashed worker is replaced at the next call", async () => {
    const controller = new AbortController();
    const { outcome } = await startEndless(controller.signal);
    workers[0].crash("out of memory");
    expect(await outcome).toMatchObject({ name: "WorkerCrashed" });
    expect((await projector.project(clusters(5, 4, 2), options)).method).toBe("pca");
    workers[1].crash("while idle");
    expect((await projector.project(clusters(5, 4, 2), options)).method).toBe("pca");
    expect(workers).toHaveLength(3);
  });

  test("can be cancelled by its signal, before and while it runs, and by closing", async () => {
    await expect(projector.project(small, options, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "Cancelled",
    });
    expect(workers).toHaveLength(0);
    const controller = new AbortController();
    const { outcome } = await startEndless(controller.signal);
    controller.abort();
    expect(await outcome).toMatchObject({ name: "Cancelled" });
    const again = await startEndless();
    projector.close();
    expect(await again.outcome).toMatchObject({ name: "Cancelled" });
    await expect(projector.project(small, options)).rejects.toMatchObject({ name: "Cancelled" });
    expect(workers.every(({ isTerminated }) => isTerminated)).toBe(true);
  });

  test("pauses at once, gives the same map after it goes on, and can be cancelled while it is paused", async () => {
    const slow = { ...options, epochs: 20_000 };
    const undisturbed = await projector.project(small, slow);
    let reports = 0;
    const began = performance.now();
    const paused = projector.project(small, slow, { onProgress: () => reports++ });
    projector.pause();
    const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    // Longer than the slice of work after which a job looks up.
    await wait(200);
    const before = reports;
    await wait(100);
    expect(reports).toBe(before);
    projector.resume();
    const { positions, milliseconds } = await paused;
    expect(reports).toBeGreaterThan(before);
    expect(positions).toEqual(undisturbed.positions);
    // The pause is not counted.
    expect(milliseconds.total).toBeLessThan(performance.now() - began - 200);
    const { outcome } = await startEndless();
    projector.pause();
    await wait(100);
    const next = projector.project(small, options);
    expect(await outcome).toMatchObject({ name: "Cancelled" });
    expect((await next).method).toBe("umap");
    expect(workers).toHaveLength(1);
  });

  test("sends only rows that the worker has not got, in parts, and forgets them with the worker", async () => {
    const sent: { known: number; rows: number }[] = [];
    const { StandIn, made } = portWorkers<ProjectionMethods>(() => {
      const handlers = projectionHandlers();
      return {
        ...handlers,
        hold(input, context) {
          sent.push({ known: input.known, rows: input.added.rows });
          return handlers.hold(input, context);
        },
      };
    });
    workers = made;
    vi.stubGlobal("Worker", StandIn);
    const quick = { ...options, method: "pca" } as const;
    // 50 rows of 100,000 numbers take three parts.
    const room = clusters(51, 100_000, 4);
    const head = (rows: number) => ({
      data: room.data.subarray(0, rows * 100_000),
      rows,
      dimension: 100_000,
    });
    await projector.project(head(50), quick);
    expect(sent.map(({ known }) => known)).toEqual([0, 20, 40]);
    sent.length = 0;
    await projector.project(head(50), quick);
    expect(sent).toEqual([]);
    const more = await projector.project(head(51), quick);
    expect(sent).toEqual([{ known: 50, rows: 1 }]);
    expect(more.positions).toHaveLength(102);
    sent.length = 0;
    expect((await projector.project(head(20), quick)).positions).toHaveLength(40);
    expect(sent).toEqual([{ known: 0, rows: 20 }]);
    expect((await projector.project(head(0), quick)).positions).toHaveLength(0);
    workers[0].crash("out of memory");
    sent.length = 0;
    expect((await projector.project(head(20), quick)).positions).toHaveLength(40);
    expect(sent).toEqual([{ known: 0, rows: 20 }]);
  });

  test("after rows were removed, sends nothing again and searches only for what was lost", async () => {
    const calls: string[] = [];
    const { StandIn, made } = portWorkers<ProjectionMethods>(() => {
      const handlers = projectionHandlers();
      // Later workers only say what a fresh one would make of the same rows.
      if (made.length > 0) return handlers;
      return {
        ...handlers,
        hold(input, context) {
          calls.push(`hold ${input.known}+${input.added.rows}`);
          return handlers.hold(input, context);
        },
        keep(input, context) {
          calls.push(`keep ${input.rows.length}`);
          return handlers.keep(input, context);
        },
      };
    });
    workers = made;
    vi.stubGlobal("Worker", StandIn);
    const all = clusters(203, 8, 4);
    const chosen = (rows: readonly number[]) => ({
      matrix: {
        data: Float32Array.from(rows.flatMap((row) => Array.from(all.data.subarray(row * 8, row * 8 + 8)))),
        rows: rows.length,
        dimension: 8,
      },
      rows: { space: "a", ids: rows.map(String) },
    });
    const first = Array.from({ length: 200 }, (_, row) => row);
    const left = first.filter((row) => row !== 3 && row !== 77 && row !== 199);
    const more = [...left, 200, 201, 202];
    for (const rows of [first, left, more]) {
      const { matrix, rows: names } = chosen(rows);
      const made = await projector.project(matrix, options, { rows: names });
      const fresh = createProjector();
      expect(made.positions).toEqual((await fresh.project(matrix, options)).positions);
      fresh.close();
    }
    expect(calls).toEqual(["hold 0+200", "keep 197", "keep 197", "hold 197+3"]);
    calls.length = 0;
    const elsewhere = chosen(left);
    await projector.project(elsewhere.matrix, options, { rows: { ...elsewhere.rows, space: "b" } });
    await projector.project(chosen(left.slice(0, 50)).matrix, options, {
      rows: { space: "b", ids: left.slice(0, 50).map(String) },
    });
    expect(calls).toEqual(["hold 0+197", "hold 0+50"]);
  });

  test("a call that comes while vectors are sent goes on with what has arrived", async () => {
    const room = clusters(50, 100_000, 4);
    const whole = { data: room.data, rows: 50, dimension: 100_000 };
    const quick = { ...options, method: "pca" } as const;
    const calls = [
      projector.project(whole, quick),
      new Promise((resolve) => setTimeout(resolve)).then(() => projector.project(whole, quick)),
      new Promise((resolve) => setTimeout(resolve, 1)).then(() => projector.project(whole, quick)),
    ];
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
    const fresh = createProjector();
    const last = outcomes[2] as PromiseFulfilledResult<{ positions: Float32Array }>;
    expect(last.value.positions).toEqual((await fresh.project(whole, quick)).positions);
    fresh.close();
  });

  test("after refused rows, sends them all again", async () => {
    const room = clusters(30, 4, 2);
    const head = (rows: number) => ({ data: room.data.subarray(0, rows * 4), rows, dimension: 4 });
    await projector.project(head(20), options);
    room.data[25 * 4] = Number.NaN;
    await expect(projector.project(head(30), options)).rejects.toMatchObject({
      name: "InvalidVectors",
      message: expect.stringMatching(/Vector 26 of 30/),
    });
    expect((await projector.project(head(25), options)).positions).toHaveLength(50);
  });

  test("says how an item's true neighbours stand on the map", async () => {
    await expect(projector.trueNeighbours(0)).rejects.toMatchObject({ name: "NotReady" });
    await projector.project(small, options);
    const found = await projector.trueNeighbours(3);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0].rank).toBeGreaterThanOrEqual(1);
  });

  test("errors of the worker keep their names", async () => {
    const bad = { data: Float32Array.of(1, Number.NaN), rows: 2, dimension: 1 };
    await expect(projector.project(bad, options)).rejects.toMatchObject({ name: "InvalidVectors" });
  });
});
