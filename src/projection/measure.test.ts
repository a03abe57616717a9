import { expect, test } from "vitest";
import { gaussian, seededRandom } from "../core/random";
import { ALL_UP_TO, measureMap } from "./measure";
import { JobMemory } from "./memory";

test("above a hundred thousand rows, some drawn at random are measured, and nobody's neighbours are searched for", async () => {
  const rows = ALL_UP_TO + 1;
  const random = seededRandom(4);
  const data = Float32Array.from({ length: rows * 2 }, () => gaussian(random));
  const memory = new JobMemory();
  memory.hold({ data, rows, dimension: 2 }, 0, rows);
  let share = 0;
  const found = await measureMap(memory, data, 2, "euclidean", 1, (fraction) => {
    expect(fraction).toBeGreaterThanOrEqual(share);
    share = fraction;
  });
  // The map is the space, but for what float32 can't tell apart.
  expect(found.measured).toBe(1024);
  expect(found.trustworthiness).toBeGreaterThan(0.9999);
  expect(found.trust).toHaveLength(rows);
  expect(memory.before("euclidean")).toBeUndefined();
  expect(memory.search).toBeUndefined();
  expect(share).toBeGreaterThan(0.9);
}, 60_000);
