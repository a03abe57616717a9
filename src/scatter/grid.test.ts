import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCamera, type Lens, project, writeMatrix } from "./camera";
import { Frustum } from "./frustum";
import { Grid } from "./grid";

/** Coordinates that often coincide, lie in a plane or on a line, or are not finite. */
const coordinate = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 2, arbitrary: fc.integer({ min: -2, max: 2 }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const depth = fc.oneof(fc.constant(fc.constant(0)), fc.constant(coordinate));
const points = depth.chain((z) => fc.array(fc.tuple(coordinate, coordinate, z), { maxLength: 300 }));
const camera = fc.record({
  x: fc.double({ min: -50, max: 50, noNaN: true }),
  y: fc.double({ min: -50, max: 50, noNaN: true }),
  zoom: fc.double({ min: 0.5, max: 60, noNaN: true }),
  yaw: fc.double({ min: -3, max: 3, noNaN: true }),
  pitch: fc.double({ min: -1.5, max: 1.5, noNaN: true }),
  perspective: fc.constantFrom(0, 0.5, 1),
});
const lens: Lens = { width: 800, height: 600, reach: 300 };
const corner = fc.tuple(
  fc.double({ min: -50, max: 850, noNaN: true }),
  fc.double({ min: -50, max: 650, noNaN: true }),
);

describe("Grid", () => {
  it("visits every point drawn in a rectangle of the view, none twice, and estimates no fewer", () => {
    fc.assert(
      fc.property(points, camera, corner, corner, (spots, angles, [x1, y1], [x2, y2]) => {
        const places = new Float32Array(spots.flat());
        const matrix = new Float32Array(16);
        writeMatrix({ ...createCamera(), ...angles }, lens, matrix);
        const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)];
        const [top, bottom] = [Math.min(y1, y2), Math.max(y1, y2)];
        const frustum = new Frustum().set(matrix, lens, left, top, right, bottom);
        const grid = new Grid();
        grid.build(places, spots.length, (index) => index % 7 === 3);
        const visited: number[] = [];
        grid.visit(frustum, (index) => visited.push(index));
        const found = new Set(visited);
        expect(found.size).toBe(visited.length);
        expect(grid.estimate(frustum)).toBeGreaterThanOrEqual(visited.length);
        const out = { x: 0, y: 0, w: 1 };
        for (let index = 0; index < spots.length; index++) {
          const [x, y, z] = places.subarray(index * 3, index * 3 + 3);
          const finite = Number.isFinite(x + y + z);
          if (!finite || index % 7 === 3) {
            expect(found.has(index)).toBe(false);
            continue;
          }
          const drawn = project(matrix, lens, x, y, z, out);
          // Places on the very edge may be rounded to either side.
          const inside =
            out.x > left + 1e-3 && out.x < right - 1e-3 && out.y > top + 1e-3 && out.y < bottom - 1e-3;
          if (drawn && inside) expect(found.has(index)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("looks at few points besides those in a small rectangle, in space as on the plane", () => {
    const count = 40_000;
    for (const thick of [0, 1]) {
      // A fixed sequence that looks random: the fractions of multiples of irrational numbers.
      const places = Float32Array.from({ length: count * 3 }, (_, at) =>
        at % 3 === 2
          ? thick * ((at * 0.8191725133961645) % 1)
          : (at * [0.7548776662466927, 0.5698402909980532][at % 3]) % 1,
      );
      const grid = new Grid();
      grid.build(places, count, () => false);
      const matrix = new Float32Array(16);
      writeMatrix(
        { ...createCamera(), x: 0.5, y: 0.5, zoom: 500, perspective: thick },
        { ...lens, reach: 1 },
        matrix,
      );
      let visited = 0;
      grid.visit(new Frustum().set(matrix, lens, 392, 292, 408, 308), () => visited++);
      expect(visited).toBeGreaterThan(0);
      expect(visited).toBeLessThan(count / 100);
    }
  });

  it("holds nothing before it is built", () => {
    const matrix = new Float32Array(16);
    writeMatrix(createCamera(), lens, matrix);
    let visited = 0;
    new Grid().visit(new Frustum().set(matrix, lens, 0, 0, 800, 600), () => visited++);
    expect(visited).toBe(0);
  });
});
