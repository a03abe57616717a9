import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type NearestNeighbours, nearestNeighbours } from "../../core/nearest";
import { type PortWorker, portWorkers } from "../../remote/port-worker.fixture";
import { clusters } from "../clusters.fixture";
import { exactNeighbours } from "./exact";
import { helperHandlers } from "./helper-handlers";
import type { HelperMethods } from "./protocol";

let workers: PortWorker[];
/** Ends the helpers after so many comparisons, as a lack of memory would. */
let crashAfter = Number.POSITIVE_INFINITY;

beforeEach(() => {
  crashAfter = Number.POSITIVE_INFINITY;
  const { StandIn, made } = portWorkers<HelperMethods>(() => {
    const handlers = helperHandlers();
    let done = 0;
    return {
      ...handlers,
      compare(input, context) {
        if (done++ >= crashAfter) for (const worker of workers) worker.crash("out of memory");
        return handlers.compare(input, context);
      },
    };
  });
  workers = made;
  vi.stubGlobal("Worker", StandIn);
  vi.stubGlobal("navigator", { hardwareConcurrency: 3 });
});

afterEach(() => {
  for (const worker of workers) worker.terminate();
  vi.unstubAllGlobals();
});

/** Gives messages a turn at every step, so that the helpers, which share this thread, get their share. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

// Just enough products for help to be worth its start.
const matrix = clusters(1900, 1800, 20, 1, 0.8);
let truth: NearestNeighbours;

beforeAll(async () => {
  truth = await nearestNeighbours(matrix, 10, "cosine");
});

describe.each([
  ["that share the rows", true],
  ["that hold copies", false],
])("exact neighbours with helpers %s", (_, isIsolated) => {
  beforeEach(() => {
    vi.stubGlobal("crossOriginIsolated", isIsolated);
  });

  test("are those of one worker, and the helpers are gone afterwards", async () => {
    const found = await exactNeighbours(matrix, 10, "cosine", turn);
    expect(workers).toHaveLength(2);
    expect(workers.every(({ isTerminated }) => isTerminated)).toBe(true);
    expect(found.indices).toEqual(truth.indices);
  });

  test("are still complete when the helpers crash, at once or in between", async () => {
    for (const count of [0, 1]) {
      crashAfter = count;
      expect((await exactNeighbours(matrix, 10, "cosine", turn)).indices).toEqual(truth.indices);
    }
  });

  test("end the helpers when the search is stopped", async () => {
    const stop = new Error("stop");
    let steps = 0;
    const step = async () => {
      await turn();
      if (++steps > 3) throw stop;
    };
    await expect(exactNeighbours(matrix, 10, "cosine", step)).rejects.toBe(stop);
    expect(workers.every(({ isTerminated }) => isTerminated)).toBe(true);
  });
});
