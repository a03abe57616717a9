import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { insidePolygon, polygonBox } from "./polygon";

const side = fc.double({ min: -50, max: 50, noNaN: true });

describe("insidePolygon", () => {
  it("agrees with the plain test on rectangles, whichever way round they run", () => {
    fc.assert(
      fc.property(side, side, side, side, side, side, fc.boolean(), (x1, y1, x2, y2, x, y, turned) => {
        const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)];
        const [top, bottom] = [Math.min(y1, y2), Math.max(y1, y2)];
        fc.pre([left, right].every((edge) => edge !== x) && [top, bottom].every((edge) => edge !== y));
        const polygon = turned
          ? [left, top, left, bottom, right, bottom, right, top]
          : [left, top, right, top, right, bottom, left, bottom];
        expect(insidePolygon(polygon, x, y)).toBe(x > left && x < right && y > top && y < bottom);
      }),
    );
  });

  it("leaves the inside of a fold out", () => {
    const arrow = [0, 0, 10, 10, 0, 20, 5, 10];
    expect(insidePolygon(arrow, 2, 10)).toBe(false);
    expect(insidePolygon(arrow, 7, 10)).toBe(true);
  });

  it("holds nothing with fewer than three corners", () => {
    expect(insidePolygon([0, 0, 10, 10], 5, 5)).toBe(false);
    expect(insidePolygon([], 0, 0)).toBe(false);
  });
});

describe("polygonBox", () => {
  it("is the box around the corners", () => {
    expect(polygonBox([3, 4, -1, 9, 2, 2])).toEqual([-1, 2, 3, 9]);
  });
});
