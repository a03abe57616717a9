import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Grid } from "./grid";

/** Coordinates that often coincide, lie on a line, or are not finite. */
const coordinate = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 2, arbitrary: fc.integer({ min: -2, max: 2 }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const points = fc.array(fc.tuple(coordinate, coordinate), { maxLength: 200 });
const place = fc.double({ min: -120, max: 120, noNaN: true });

describe("Grid", () => {
  it("finds the same nearest distance as looking at every point", () => {
    fc.assert(
      fc.property(
        points,
        place,
        place,
        fc.double({ min: 0.01, max: 150, noNaN: true }),
        (spots, x, y, radius) => {
          const coordinates = new Float32Array(spots.flat());
          const grid = new Grid();
          grid.build(coordinates, 2, spots.length, (index) => index % 7 === 3);
          let expected = Number.POSITIVE_INFINITY;
          for (let index = 0; index < spots.length; index++) {
            if (index % 7 === 3) continue;
            const distance = Math.hypot(coordinates[index * 2] - x, coordinates[index * 2 + 1] - y);
            if (distance <= radius && distance < expected) expected = distance;
          }
          const found = grid.nearest(x, y, radius);
          if (expected === Number.POSITIVE_INFINITY) {
            expect(found).toBe(-1);
          } else {
            expect(found % 7).not.toBe(3);
            expect(Math.hypot(coordinates[found * 2] - x, coordinates[found * 2 + 1] - y)).toBeCloseTo(
              expected,
              9,
            );
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it("visits every point of a box, and estimates no fewer", () => {
    fc.assert(
      fc.property(points, place, place, place, place, (spots, x1, y1, x2, y2) => {
        const coordinates = new Float32Array(spots.flatMap(([x, y]) => [x, y, 0]));
        const grid = new Grid();
        grid.build(coordinates, 3, spots.length, () => false);
        const box = [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)] as const;
        const visited = new Set<number>();
        grid.visit(...box, (index) => visited.add(index));
        for (let index = 0; index < spots.length; index++) {
          const x = coordinates[index * 3];
          const y = coordinates[index * 3 + 1];
          if (x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]) expect(visited.has(index)).toBe(true);
        }
        expect(grid.estimate(...box)).toBe(visited.size);
      }),
    );
  });

  it("gives the point drawn on top where several stand on one spot", () => {
    const grid = new Grid();
    grid.build(new Float32Array([5, 5, 5, 5, 5, 5]), 2, 3, () => false);
    expect(grid.nearest(5.1, 5, 1)).toBe(2);
  });

  it("holds nothing before it is built", () => {
    expect(new Grid().nearest(0, 0, 10)).toBe(-1);
  });
});
