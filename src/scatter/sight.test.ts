import { describe, expect, it } from "vitest";
import { seededRandom } from "../core/random";
import { createCamera, type Lens, project, writeMatrix } from "./camera";
import { Choice } from "./choice";
import { Cloud, Flag } from "./cloud";
import { createBounds, farthestAlong, measure } from "./fit";
import { Polygon } from "./polygon";
import type { Projector } from "./projector";
import { Sight } from "./sight";
import { exhaust } from "./steps";
import type { ScatterPoints } from "./types";

const lens: Lens = { width: 800, height: 600, reach: 4 };

/** Places that lie in groups, one after another, so that blocks have small boxes; now and then a few are none. */
function somePlaces(count: number, dimensions: 2 | 3, random: () => number): Float32Array {
  const groups = Array.from({ length: 6 }, () => [random() - 0.5, random() - 0.5, random() - 0.5]);
  const hasGaps = random() < 0.4;
  return Float32Array.from({ length: count * dimensions }, (_, at) => {
    const index = Math.floor(at / dimensions);
    if (hasGaps && index % 800 > 780 && random() < 0.2) return Number.NaN;
    return groups[Math.floor((index * 6) / count)][at % dimensions] + 0.1 * random();
  });
}

/** Points with keys, a part of the numbers below `of`. */
function somePoints(of: number, random: () => number): ScatterPoints {
  const isSame = random() < 0.5;
  const first = isSame ? 0 : Math.floor(random() * 3);
  const all = Array.from({ length: of }, (_, at) => `key ${at + first}`);
  const keys = isSame ? all : all.filter(() => random() < 0.98);
  if (!isSame && random() < 0.3) keys.reverse();
  const dimensions = random() < 0.5 ? 2 : 3;
  return {
    count: keys.length,
    dimensions,
    positions: somePlaces(keys.length, dimensions, random),
    colours: new Uint8Array(keys.length),
    kinds: Uint8Array.from(keys, () => Math.floor(random() * 5)),
    key: (index) => keys[index],
  };
}

/** Compares all that follows from the blocks' boxes with what follows from every single point. */
function compare(cloud: Cloud, random: () => number): void {
  const { to, style, count, blocks } = cloud;
  const all = [...Array(count).keys()];
  const drawn = all.filter((index) => !cloud.isHidden(index));
  expect(cloud.visible).toBe(drawn.length);
  expect(cloud.visibleImages).toBe(drawn.filter((index) => cloud.isImage(index)).length);
  const [bounds, expected] = [createBounds(), createBounds()];
  blocks.bounds(to, style, bounds);
  measure(to, count, style, all, expected);
  if (expected.minZ === expected.maxZ) {
    expected.radius = Math.hypot(expected.maxX - expected.minX, expected.maxY - expected.minY) / 2;
  }
  expect(bounds).toEqual(expected);
  const [a, b, c] = [random() - 0.5, random() - 0.5, random() - 0.5];
  expect(blocks.farthestAlong(a, b, c, to, style)).toBe(farthestAlong(a, b, c, to, count, style, all));

  const camera = { ...createCamera(), zoom: 200 + 900 * random(), x: random() - 0.5, y: random() - 0.5 };
  if (cloud.dimensions === 3) Object.assign(camera, { perspective: 1, yaw: random(), pitch: random() - 0.5 });
  const matrix = new Float32Array(16);
  writeMatrix(camera, lens, matrix);
  for (let aim = 0; aim < 6; aim++) comparePicks(cloud, matrix, drawn, random);
}

/** Compares what is found near a place with what looking at every point finds there. */
function comparePicks(
  cloud: Cloud,
  matrix: Float32Array,
  drawn: readonly number[],
  random: () => number,
): void {
  const [place, spot] = [
    { x: 0, y: 0, z: 0 },
    { x: 400, y: 300, w: 1 },
  ];
  const isInFront = (index: number) => {
    cloud.placeOf(index, place);
    return project(matrix, lens, place.x, place.y, place.z, spot);
  };
  // Mostly on a point or just beside it: a place taken at random finds none.
  if (drawn.length > 0) isInFront(drawn[Math.floor(random() * drawn.length)]);
  const [x, y, radius] = [spot.x + 9 * random(), spot.y + 9 * random(), 7 + 20 * random()];
  const polygon = new Polygon([x, y, x + 90, y + 20, x + 50, y + 110]);
  const each = new Choice();
  each.begin(radius);
  const held = drawn.filter((index) => {
    if (!isInFront(index)) return false;
    each.offer(index, (spot.x - x) ** 2 + (spot.y - y) ** 2, spot.w, 3);
    return polygon.holds(spot.x, spot.y);
  });
  const sight = new Sight(cloud, { matrix, lens } as Projector);
  const choice = new Choice();
  choice.begin(radius);
  exhaust(sight.near({ x, y, radius, disc: 3 }, choice));
  const inside: number[] = [];
  exhaust(sight.inside(polygon, inside));
  expect(choice.best).toBe(each.best);
  expect(inside).toEqual(held);
}

interface Standing {
  readonly place: readonly number[];
  readonly placed: boolean;
  readonly filtered: boolean;
}

/** Where points stand at a moment. */
function standing(cloud: Cloud, now: number): Standing[] {
  cloud.tick(now);
  return Array.from({ length: cloud.count }, (_, index) => ({
    place: placeOf(cloud, index),
    placed: !cloud.has(index, Flag.hidden),
    filtered: cloud.has(index, Flag.filtered),
  }));
}

function placeOf(cloud: Cloud, index: number): number[] {
  const place = { x: 0, y: 0, z: 0 };
  cloud.placeOf(index, place);
  // Where points come from is kept as float32.
  return [place.x, place.y, place.z].map(Math.fround);
}

/** After points were replaced: those that were there start where they stood, the others where they go. */
function compareStarts(cloud: Cloud, before: readonly Standing[], successor: (old: number) => number): void {
  const old = new Map(before.map((was, index) => [successor(index), was]));
  for (let index = 0; index < cloud.count; index++) {
    const was = old.get(index);
    expect(cloud.has(index, Flag.filtered)).toBe(was?.filtered ?? false);
    const known = was?.placed === true && !cloud.has(index, Flag.hidden);
    expect(cloud.style[index * 4 + 3]).toBe(known ? 0 : 255);
    const goal = [...cloud.to.subarray(index * 3, index * 3 + 3)];
    expect(placeOf(cloud, index)).toEqual(known ? was.place : goal);
  }
}

describe("a cloud and its blocks", () => {
  it("tell of points replaced, moved, hidden and under way what looking at each would", () => {
    let found = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const random = seededRandom(seed);
      const cloud = new Cloud();
      let now = 0;
      let size = 0;
      for (let step = 0; step < 14; step++) {
        now += random() < 0.3 ? 1000 : 60 * random();
        const duration = random() < 0.6 ? 100 : 0;
        const what = step === 0 ? 0 : random();
        if (what < 0.35) {
          size = Math.floor(random() ** 2 * 6000);
          const places = standing(cloud, now);
          const { successor } = exhaust(cloud.replacing(somePoints(size, random), now));
          cloud.travel(now, duration);
          if (duration > 0) compareStarts(cloud, places, successor);
        } else if (what < 0.75) {
          cloud.move(somePlaces(cloud.count, cloud.dimensions, random), now, duration);
        } else if (what < 0.95) {
          cloud.filter(Uint8Array.from({ length: cloud.count }, () => (random() < 0.7 ? 1 : 0)));
        } else {
          cloud.filter(null);
        }
        compare(cloud, random);
        cloud.tick(now + 50 * random());
        compare(cloud, random);
        found += cloud.count;
      }
    }
    expect(found).toBeGreaterThan(50_000);
  });

  it("pass over all blocks but those near the pointer", () => {
    const count = 40_000;
    const cloud = new Cloud();
    const positions = Float32Array.from({ length: count * 2 }, (_, at) =>
      at % 2 === 0 ? at / count - 1 : 0,
    );
    const [colours, kinds] = [new Uint8Array(count), new Uint8Array(count)];
    exhaust(cloud.replacing({ count, dimensions: 2, positions, colours, kinds }, 0));
    const matrix = new Float32Array(16);
    writeMatrix({ ...createCamera(), zoom: 380 }, lens, matrix);
    const steps = new Sight(cloud, { matrix, lens } as Projector).near(
      { x: 400, y: 300, radius: 8, disc: 3 },
      new Choice(),
    );
    // Were all 40 blocks looked at, it would pause between.
    expect(steps.next().done).toBe(true);
    expect(cloud.has(0, Flag.hidden)).toBe(false);
  });
});

describe("kinship of points by their names", () => {
  it("is found after removals, insertions and any new order", () => {
    const random = seededRandom(3);
    for (let round = 0; round < 60; round++) {
      const before = somePoints(400, random);
      const after = somePoints(400, random);
      const cloud = new Cloud();
      exhaust(cloud.replacing(before, 0));
      const { successor } = exhaust(cloud.replacing(after, 1));
      const key = (points: ScatterPoints, index: number) => points.key?.(index);
      const places = new Map(Array.from({ length: after.count }, (_, index) => [key(after, index), index]));
      for (let old = 0; old < before.count; old++) {
        expect(successor(old)).toBe(places.get(key(before, old)) ?? -1);
      }
    }
  });
});
