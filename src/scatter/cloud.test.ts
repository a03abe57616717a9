import { describe, expect, it } from "vitest";
import { Cloud, Flag } from "./cloud";
import { exhaust } from "./steps";
import type { ScatterPoints } from "./types";

function points(
  rows: readonly (readonly [key: string, x: number, y: number])[],
  dimensions: 2 | 3 = 2,
): ScatterPoints {
  return {
    count: rows.length,
    dimensions,
    positions: new Float32Array(rows.flatMap(([, x, y]) => (dimensions === 3 ? [x, y, 1] : [x, y]))),
    colours: new Uint8Array(rows.length).fill(3),
    kinds: new Uint8Array(rows.length),
    label: (index) => rows[index][0],
    thumbnail: () => undefined,
    key: (index) => rows[index][0],
  };
}

function place(cloud: Cloud, index: number): number[] {
  const out = { x: 0, y: 0, z: 0 };
  cloud.placeOf(index, out);
  return [out.x, out.y, out.z];
}

/** Replaces the points at once, and returns what tells their new indices. */
function replace(
  cloud: Cloud,
  points: ScatterPoints,
  now: number,
  duration: (moves: boolean) => number,
): (old: number) => number {
  const { moves, successor } = exhaust(cloud.replacing(points, now));
  cloud.travel(now, duration(moves));
  return successor;
}

const travel = () => 400;

describe("Cloud", () => {
  it("lets known points travel from where they are, wherever they stand in the new order", () => {
    const cloud = new Cloud();
    replace(
      cloud,
      points([
        ["a", 0, 0],
        ["b", 10, 0],
      ]),
      0,
      () => 0,
    );
    const successor = replace(
      cloud,
      points([
        ["new", 5, 5],
        ["b", 20, 8],
        ["a", 0, 4],
      ]),
      100,
      travel,
    );
    expect([0, 1, 2, -1].map(successor)).toEqual([2, 1, -1, -1]);
    cloud.tick(100);
    expect(place(cloud, 1)).toEqual([10, 0, 0]);
    expect(place(cloud, 0)).toEqual([5, 5, 0]);
    cloud.tick(300);
    expect(place(cloud, 1)).toEqual([15, 4, 0]);
    expect(cloud.tick(500)).toBe(false);
    expect(place(cloud, 2)).toEqual([0, 4, 0]);
  });

  it("goes on from the middle of a travel that is interrupted", () => {
    const cloud = new Cloud();
    replace(cloud, points([["a", 0, 0]]), 0, () => 0);
    cloud.move(new Float32Array([10, 0]), 0, 400);
    cloud.move(new Float32Array([0, 10]), 200, 400);
    cloud.tick(200);
    expect(place(cloud, 0)).toEqual([5, 0, 0]);
    cloud.tick(900);
    expect(place(cloud, 0)).toEqual([0, 10, 0]);
  });

  it("marks new points as growing, and says whether some travel", () => {
    const cloud = new Cloud();
    replace(
      cloud,
      points([
        ["a", 0, 0],
        ["b", 1, 1],
      ]),
      0,
      () => 0,
    );
    let told: boolean | undefined;
    replace(
      cloud,
      points([
        ["a", 0, 0],
        ["b", 2, 2],
        ["c", 3, 3],
      ]),
      10,
      (moves) => {
        told = moves;
        return 100;
      },
    );
    expect(told).toBe(true);
    expect([cloud.style[3], cloud.style[7], cloud.style[11]]).toEqual([0, 0, 255]);
  });

  it("hides points without a position and brings them back", () => {
    const cloud = new Cloud();
    replace(
      cloud,
      points([
        ["a", Number.NaN, 0],
        ["b", 1, 1],
      ]),
      0,
      () => 0,
    );
    expect([cloud.isHidden(0), cloud.visible]).toEqual([true, 1]);
    cloud.move(new Float32Array([4, 4, 1, 1]), 0, 100);
    expect([cloud.isHidden(0), cloud.visible]).toEqual([false, 2]);
    expect(place(cloud, 0)).toEqual([4, 4, 0]);
  });

  it("has a point grow in that had no position when its like was there before", () => {
    const cloud = new Cloud();
    const before = points([
      ["a", Number.NaN, 0],
      ["b", 1, 1],
    ]);
    replace(cloud, before, 0, () => 0);
    replace(cloud, { ...before, positions: new Float32Array([4, 4, 2, 2]) }, 0, travel);
    expect([place(cloud, 0), place(cloud, 1)]).toEqual([
      [4, 4, 0],
      [1, 1, 0],
    ]);
    expect([cloud.style[3], cloud.style[7]]).toEqual([255, 0]);
    expect(cloud.visible).toBe(2);
  });

  it("sets flags one by one and ignores points that don't exist", () => {
    const cloud = new Cloud();
    replace(
      cloud,
      points([
        ["a", 0, 0],
        ["b", 1, 1],
      ]),
      0,
      () => 0,
    );
    cloud.flag(1, Flag.selected, true);
    cloud.flag(7, Flag.selected, true);
    cloud.flag(-1, Flag.selected, true);
    expect([cloud.has(0, Flag.selected), cloud.has(1, Flag.selected)]).toEqual([false, true]);
  });

  it("counts images and patches, hidden ones left out, as what a picture may stand for", () => {
    const cloud = new Cloud();
    const all = points(
      ["text", "image", "row", "token", "patch", "hidden patch"].map((key, x) => [key, x, 0]),
    );
    replace(cloud, { ...all, kinds: Uint8Array.of(0, 1, 2, 3, 4, 4) }, 0, travel);
    expect([0, 1, 2, 3, 4].filter((index) => cloud.isImage(index))).toEqual([1, 4]);
    expect(cloud.visibleImages).toBe(3);
    cloud.filter(Uint8Array.of(1, 1, 1, 1, 1, 0));
    expect(cloud.visibleImages).toBe(2);
  });
});
