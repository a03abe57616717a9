import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Polygon } from "./polygon";

const whole = fc.integer({ min: -50, max: 50 });
const side = fc.double({ min: -50, max: 50, noNaN: true });

describe("Polygon", () => {
  it("agrees with the plain test on rectangles, whichever way round they run", () => {
    fc.assert(
      fc.property(side, side, side, side, side, side, fc.boolean(), (x1, y1, x2, y2, x, y, turned) => {
        const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)];
        const [top, bottom] = [Math.min(y1, y2), Math.max(y1, y2)];
        fc.pre([left, right].every((edge) => edge !== x) && [top, bottom].every((edge) => edge !== y));
        const polygon = turned
          ? [left, top, left, bottom, right, bottom, right, top]
          : [left, top, right, top, right, bottom, left, bottom];
        expect(new Polygon(polygon).holds(x, y)).toBe(x > left && x < right && y > top && y < bottom);
      }),
    );
  });

  it("leaves the inside of a fold out", () => {
    const arrow = [0, 0, 10, 10, 0, 20, 5, 10];
    expect(new Polygon(arrow).holds(2, 10)).toBe(false);
    expect(new Polygon(arrow).holds(7, 10)).toBe(true);
  });

  it("holds nothing with fewer than three corners", () => {
    expect(new Polygon([0, 0, 10, 10]).holds(5, 5)).toBe(false);
    expect(new Polygon([]).holds(0, 0)).toBe(false);
  });

  it("agrees with looking at every edge, however wild the shape", () => {
    fc.assert(
      fc.property(fc.array(whole, { minLength: 6, maxLength: 80 }), whole, whole, (numbers, column, row) => {
        // Off the corners, where rounding could count a place on an edge as either.
        const [x, y] = [column + 0.37, row + 0.41];
        const corners = numbers.slice(0, numbers.length & ~1);
        let inside = false;
        for (let i = 0, j = corners.length - 2; i < corners.length; j = i, i += 2) {
          const [xi, yi, xj, yj] = [corners[i], corners[i + 1], corners[j], corners[j + 1]];
          if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
        }
        expect(new Polygon(corners).holds(x, y)).toBe(inside);
      }),
      { numRuns: 500 },
    );
  });
});
