import { describe, expect, it } from "vitest";
import { Pace } from "./pace";

/** Frames of a motion on a GPU that needs `perMillion` milliseconds for a million points: the shares drawn. */
function motion(pace: Pace, count: number, perMillion: number, frames: number): number[] {
  let now = 1_000;
  return Array.from({ length: frames }, () => {
    const share = pace.moving(now, count);
    now += Math.max(16.7, (share * count * perMillion) / 1e6);
    return share;
  });
}

describe("Pace", () => {
  it("draws all points where the GPU keeps up", () => {
    expect(new Set(motion(new Pace(), 1_000_000, 10, 100))).toEqual(new Set([1]));
  });

  it("finds a part that follows the hand where it doesn't, and begins with it the next time", () => {
    const pace = new Pace();
    const last = motion(pace, 1_000_000, 600, 40).at(-1) ?? 1;
    expect(last * 600).toBeGreaterThan(15);
    expect(last * 600).toBeLessThan(55);
    pace.rest();
    expect(motion(pace, 1_000_000, 600, 1)[0]).toBe(last);
  });

  it("draws no fewer than show the map's shape, and all of a small map", () => {
    expect(motion(new Pace(), 1_000_000, 2_500, 60).at(-1)).toBe(0.04);
    expect(motion(new Pace(), 30_000, 20_000, 60).at(-1)).toBe(1);
  });

  it("takes a pause for no frame", () => {
    const pace = new Pace();
    pace.moving(0, 1_000_000);
    pace.rest();
    expect(pace.moving(500, 1_000_000)).toBe(1);
  });
});
