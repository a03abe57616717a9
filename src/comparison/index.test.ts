import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Matrix, matrixFromRows } from "../core/matrix";
import { type PortWorker, portWorkers } from "../remote/port-worker.fixture";
import { comparisonHandlers } from "./handlers";
import { createComparator } from "./index";
import type { ComparisonMethods } from "./protocol";
import type { Comparator } from "./types";

const east = Float32Array.of(1, 0);
const north = Float32Array.of(0, 1);
const compass: Matrix = matrixFromRows([north, east]);

let workers: PortWorker[];
let sent: string[];
let comparator: Comparator;

beforeEach(() => {
  sent = [];
  const { StandIn, made } = portWorkers<ComparisonMethods>(() => {
    const handlers = comparisonHandlers();
    return {
      ...handlers,
      hold(input, context) {
        sent.push(input.key.split(" ")[0]);
        return handlers.hold(input, context);
      },
    };
  });
  workers = made;
  vi.stubGlobal("Worker", StandIn);
  comparator = createComparator();
});

afterEach(() => {
  comparator.close();
  for (const worker of workers) worker.terminate();
  vi.unstubAllGlobals();
});

const best = async (query: Float32Array, key = "space") =>
  (await comparator.neighbours(key, query, { k: 1, metric: "cosine" }))[0].index;

describe("a comparator", () => {
  test("starts its worker with the first question and sends a version once", async () => {
    comparator.hold("space", 1, compass);
    expect(workers).toHaveLength(0);
    expect(await best(east)).toBe(1);
    comparator.hold("space", 1, compass);
    expect(await best(north)).toBe(0);
    expect(sent).toEqual(["space"]);
    comparator.hold("space", 2, matrixFromRows([east, north]));
    expect(await best(east)).toBe(0);
    expect(sent).toEqual(["space", "space"]);
    expect(workers).toHaveLength(1);
  });

  test("sends only its own rows of a larger buffer, and leaves the caller's vectors whole", async () => {
    const buffer = Float32Array.of(9, 9, 1, 0, 0, 1, 9, 9);
    comparator.hold("space", 1, { data: buffer.subarray(2, 6), rows: 2, dimension: 2 });
    const query = Float32Array.of(0, 2);
    expect(await best(query)).toBe(1);
    expect(query).toEqual(Float32Array.of(0, 2));
    expect(buffer.length).toBe(8);
  });

  test("answers by the rows a question was asked of, and takes large matrices in parts", async () => {
    const rows = 9;
    const dimension = 500_000;
    const data = new Float32Array(rows * dimension);
    for (let row = 0; row < rows; row++) data[row * dimension + row] = 1;
    const query = data.slice(7 * dimension, 8 * dimension);
    comparator.hold("space", 1, { data, rows, dimension });
    const former = best(query);
    comparator.hold("space", 2, { data: data.slice(6 * dimension), rows: 3, dimension });
    expect(await best(query)).toBe(1);
    expect(await former).toBe(7);
    // Three parts of four rows at most, then one of three.
    expect(sent).toHaveLength(4);
  });

  test("compares all pairs of rows", async () => {
    comparator.hold("space", 1, compass);
    expect(Array.from(await comparator.similarities("space", [0, 1], "dot"))).toEqual([1, 0, 0, 1]);
  });

  test("replaces a crashed worker, sends every matrix again, and asks once more", async () => {
    comparator.hold("space", 1, compass);
    comparator.hold("other", 1, matrixFromRows([east, north]));
    await best(east);
    await best(east, "other");
    const question = best(east);
    workers[0].crash("out of memory");
    expect(await question).toBe(1);
    expect(await best(east, "other")).toBe(0);
    expect(sent).toEqual(["space", "other", "space", "other"]);
    expect(workers).toHaveLength(2);
  });

  test("gives up when the fresh worker crashes as well", async () => {
    comparator.hold("space", 1, compass);
    await best(east);
    const question = best(east);
    workers[0].crash("first");
    // The fresh worker is made before any message can pass.
    while (workers.length < 2) await Promise.resolve();
    workers[1].crash("second");
    await expect(question).rejects.toMatchObject({ name: "WorkerCrashed" });
    expect(await best(east)).toBe(1);
  });

  test("refuses by name: a space that is not held, a forgotten one, a cancelled and a closed one", async () => {
    await expect(best(east)).rejects.toMatchObject({ name: "UnknownSpace" });
    comparator.hold("space", 1, compass);
    await best(east);
    comparator.forget("space");
    await expect(best(east)).rejects.toMatchObject({ name: "UnknownSpace" });
    comparator.hold("space", 1, compass);
    expect(await best(east)).toBe(1);
    const signal = AbortSignal.abort();
    await expect(comparator.neighbours("space", east, { k: 1, metric: "dot", signal })).rejects.toMatchObject(
      { name: "Cancelled" },
    );
    comparator.close();
    await expect(best(east)).rejects.toMatchObject({ name: "Cancelled" });
  });
});
