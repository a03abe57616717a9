import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Box } from "./box-index";
import { boxBeside, type LabelRequest, Placer, SIDES } from "./placer";

const WIDTH = 640;
const HEIGHT = 480;
const RADIUS = 4.5;

const dot = fc.record({
  x: fc.double({ min: 0, max: WIDTH, noNaN: true }),
  y: fc.double({ min: 0, max: HEIGHT, noNaN: true }),
  width: fc.double({ min: 6, max: 160, noNaN: true }),
  side: fc.integer({ min: -1, max: SIDES.length - 1 }),
});

function request(spot: { x: number; y: number; width: number; side?: number }): LabelRequest {
  return {
    x: spot.x,
    y: spot.y,
    reach: RADIUS,
    width: spot.width,
    height: 13,
    mayCover: 0,
    insists: false,
    marginX: 3,
    marginY: 0,
    counted: true,
    side: spot.side ?? -1,
    keeps: false,
  };
}

function start(spots: readonly { x: number; y: number }[]): Placer {
  const placer = new Placer();
  placer.reset(WIDTH, HEIGHT, RADIUS);
  for (const { x, y } of spots) placer.dots.add(x, y);
  placer.start();
  return placer;
}

const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe("Placer", () => {
  it("never lets labels overlap, leave the view or cover another dot", () => {
    fc.assert(
      fc.property(fc.array(dot, { maxLength: 120 }), (spots) => {
        const placer = start(spots);
        const placed: Box[] = [];
        for (const spot of spots) {
          if (placer.place(request(spot)) < 0) continue;
          const box = { ...placer.placed };
          for (const other of placed) expect(overlap(box, other)).toBe(false);
          expect(box.left >= 0 && box.top >= 0 && box.right <= WIDTH && box.bottom <= HEIGHT).toBe(true);
          for (const other of spots) {
            if (other === spot) continue;
            const inside =
              other.x > box.left && other.x < box.right && other.y > box.top && other.y < box.bottom;
            expect(inside).toBe(false);
          }
          placed.push(box);
        }
      }),
    );
  });

  it("labels a dot that stands alone on its right, or on the side where the label was", () => {
    const spot = { x: 300, y: 200, width: 60 };
    expect(SIDES[start([spot]).place(request(spot))]).toBe("right");
    const below = SIDES.indexOf("below");
    expect(start([spot]).place(request({ ...spot, side: below }))).toBe(below);
  });

  it("turns to another side where a dot, a box or the edge is in the way", () => {
    const spot = { x: 300, y: 200, width: 60 };
    expect(SIDES[start([spot, { x: 330, y: 202 }]).place(request(spot))]).toBe("left");
    const placer = start([spot]);
    placer.boxes.add({ left: 310, top: 190, right: 400, bottom: 210 });
    expect(SIDES[placer.place(request(spot))]).toBe("left");
    const edge = { x: WIDTH - 20, y: 200, width: 60 };
    expect(SIDES[start([edge]).place(request(edge))]).toBe("left");
  });

  it("covers the fewest dots when it must cover some, and none when it may not", () => {
    const spot = { x: 300, y: 200, width: 60 };
    const crowd = [spot];
    for (let x = 220; x <= 380; x += 8) for (let y = 160; y <= 240; y += 8) crowd.push({ x, y, width: 0 });
    expect(start(crowd).place(request(spot))).toBe(-1);
    expect(
      start(crowd).place({ ...request(spot), mayCover: Number.POSITIVE_INFINITY }),
    ).toBeGreaterThanOrEqual(0);
  });

  it("leaves a label where it stood while a map is moved, unless another takes the place", () => {
    const spot = { x: 300, y: 200, width: 60 };
    const kept = { ...request({ ...spot, side: SIDES.indexOf("above") }), keeps: true };
    // A dot that has come as near as rounding can bring it.
    expect(SIDES[start([spot, { x: 300, y: 200 - RADIUS - 5 - 13 - RADIUS + 0.5 }]).place(kept)]).toBe(
      "above",
    );
    const placer = start([spot]);
    placer.boxes.add({ left: 280, top: 175, right: 320, bottom: 190 });
    expect(SIDES[placer.place(kept)]).toBe("right");
  });

  it("turns a label that must be seen and was widened where it stood away from the edge", () => {
    const spot = { x: 40, y: 200, width: 60 };
    const left = { ...request({ ...spot, side: SIDES.indexOf("left") }), keeps: true };
    expect(SIDES[start([spot]).place({ ...left, mayCover: Number.POSITIVE_INFINITY })]).toBe("right");
  });

  it("lets a label that insists stand over a picture, and no other", () => {
    const spot = { x: 300, y: 200, width: 60 };
    const placer = start([spot]);
    placer.boxes.add({ left: 100, top: 100, right: 500, bottom: 300 });
    expect(placer.place(request(spot))).toBe(-1);
    const insisting = { ...request(spot), mayCover: Number.POSITIVE_INFINITY, insists: true };
    expect(SIDES[placer.place(insisting)]).toBe("right");
  });
});

describe("boxBeside", () => {
  it("stands clear of the dot on every side", () => {
    for (let side = 0; side < SIDES.length; side++) {
      const box: Box = { left: 0, top: 0, right: 0, bottom: 0 };
      boxBeside(request({ x: 100, y: 100, width: 40 }), side, box);
      const dx = Math.max(box.left - 100, 100 - box.right, 0);
      const dy = Math.max(box.top - 100, 100 - box.bottom, 0);
      expect(Math.hypot(dx, dy), SIDES[side]).toBeGreaterThan(RADIUS);
    }
  });
});
