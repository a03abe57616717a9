import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DotCover } from "./dot-cover";

const across = fc.double({ min: -20, max: 220, noNaN: true });
const upright = fc.double({ min: -20, max: 120, noNaN: true });

describe("DotCover", () => {
  it("counts every dot within reach of a box, and none farther than a cell beyond", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(across, upright), { maxLength: 80 }),
        across,
        upright,
        fc.double({ min: 1, max: 90, noNaN: true }),
        fc.double({ min: 0, max: 8, noNaN: true }),
        (dots, left, top, width, reach) => {
          const cover = new DotCover();
          cover.reset(200, 100);
          for (const [x, y] of dots) cover.add(x, y);
          cover.finish();
          const box = { left, top, right: left + width, bottom: top + 13 };
          const within = (slack: number) =>
            dots.filter(
              ([x, y]) =>
                x >= 0 &&
                y >= 0 &&
                x < 200 &&
                y < 100 &&
                x >= box.left - reach - slack &&
                x <= box.right + reach + slack &&
                y >= box.top - reach - slack &&
                y <= box.bottom + reach + slack,
            ).length;
          const count = cover.count(box, reach);
          expect(count).toBeGreaterThanOrEqual(within(0));
          expect(count).toBeLessThanOrEqual(within(2));
          const counted = dots.filter(([x, y]) => cover.counts(box, reach, x, y)).length;
          expect(counted).toBe(count);
        },
      ),
    );
  });

  it("forgets what it counted before", () => {
    const cover = new DotCover();
    cover.reset(100, 100);
    cover.add(50, 50);
    cover.finish();
    cover.reset(100, 100);
    cover.finish();
    expect(cover.count({ left: 0, top: 0, right: 100, bottom: 100 }, 0)).toBe(0);
  });
});
