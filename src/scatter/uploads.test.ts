import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Cloud } from "./cloud";
import { createMarks, flagMarks } from "./marks";
import type { PointsUpload } from "./painter/methods";
import { exhaust } from "./steps";
import type { ScatterPoints } from "./types";
import { Uploads } from "./uploads";

/** What the GPU holds: the painter's points layer does the same with its buffers. */
class Copies {
  to = new Float32Array();
  from = new Float32Array();
  style = new Uint8Array();

  upload({ swapped, to, from, style }: PointsUpload): void {
    if (swapped) [this.to, this.from] = [this.from, this.to];
    if (to) this.to = to.slice();
    if (from === "to") this.from = this.to;
    else if (from) this.from = from;
    if (style) this.style = style;
  }
}

function points(seed: number, count: number): ScatterPoints {
  return {
    count,
    dimensions: 2,
    positions: positions(seed, count),
    colours: new Uint8Array(count).fill(seed),
    kinds: new Uint8Array(count),
  };
}

/** Replaces the points at once; `travel` follows. */
const replaced = (cloud: Cloud, points: ScatterPoints, now: number) => exhaust(cloud.replacing(points, now));

/** Now and then a place that is none. */
const positions = (seed: number, count: number) =>
  Float32Array.from({ length: count * 2 }, (_, at) =>
    (at + seed) % 11 === 0 ? Number.NaN : seed * 100 + at,
  );

const steps = fc.array(
  fc.record({
    kind: fc.constantFrom("replace", "move", "select", "filter", "send"),
    seed: fc.integer({ min: 0, max: 50 }),
    count: fc.integer({ min: 0, max: 40 }),
    travel: fc.constantFrom(0, 100),
    passes: fc.constantFrom(0, 30, 60, 200),
  }),
  { maxLength: 30 },
);

describe("Uploads", () => {
  it("has the painter hold what the cloud holds, however much happens between two frames", () => {
    fc.assert(
      fc.property(steps, (steps) => {
        const cloud = new Cloud();
        const marks = createMarks();
        const uploads = new Uploads(cloud, marks);
        const copies = new Copies();
        let now = 0;
        const send = () => {
          const { points } = uploads.take();
          if (!points) return;
          copies.upload(points);
          uploads.giveBack({ bytes: 0, to: points.to });
        };
        for (const { kind, seed, count, travel, passes } of steps) {
          now += passes;
          cloud.tick(now);
          if (kind === "replace") {
            const { moves } = replaced(cloud, points(seed, count), now);
            cloud.travel(now, travel);
            uploads.replaced(moves && travel > 0);
          } else if (kind === "move") {
            uploads.moved(cloud.move(positions(seed, cloud.count), now, travel));
          } else if (kind === "select") {
            marks.selection = cloud.count > 0 ? [seed % cloud.count] : [];
            flagMarks(cloud, marks);
            uploads.restyled();
          } else if (kind === "filter") {
            cloud.filter(new Uint8Array(cloud.count).fill(1).fill(0, 0, seed));
            uploads.restyled();
          } else {
            send();
          }
        }
        send();
        const { count, to, from, style, mix } = cloud;
        expect(copies.to).toEqual(to.slice(0, count * 3));
        expect(copies.style).toEqual(style.slice(0, count * 4));
        // Where points come from is asked only while they travel.
        if (mix < 1) expect(copies.from).toEqual(from.slice(0, count * 3));
        expect(uploads.take()).toEqual({ points: undefined, marked: undefined, lines: undefined });
      }),
      { numRuns: 400 },
    );
  });

  it("sends no places when styles alone have changed, and positions alone when points move on", () => {
    const cloud = new Cloud();
    const uploads = new Uploads(cloud, createMarks());
    replaced(cloud, points(1, 10), 0);
    uploads.replaced(false);
    expect(uploads.take().points).toMatchObject({ count: 10, swapped: false, from: "to" });
    uploads.restyled();
    expect(uploads.take().points).toMatchObject({ to: undefined, from: undefined });
    const even = Float32Array.from({ length: 20 }, (_, at) => at);
    replaced(cloud, { ...points(1, 10), positions: even }, 0);
    uploads.replaced(false);
    uploads.take();
    for (const now of [1000, 2000, 3000]) {
      uploads.moved(
        cloud.move(
          even.map((value) => value + now),
          now,
          100,
        ),
      );
      const sent = uploads.take().points;
      expect(sent).toMatchObject({ swapped: true, from: undefined });
      // With the first of them points are no longer new.
      if (now > 1000) expect(sent?.style).toBeUndefined();
      cloud.tick(now + 100);
    }
  });
});
