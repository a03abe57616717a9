import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCamera, type Lens, project, writeMatrix } from "./camera";
import { Flag } from "./cloud";
import { createBounds, fitPlane, fitSpace, measure } from "./fit";

const lens: Lens = { width: 800, height: 600, reach: 1 };
const insets = { top: 50, right: 70, bottom: 110, left: 60 };
const coordinate = fc.double({ min: -50, max: 50, noNaN: true });
const cloud = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 2, maxLength: 40 });

describe("fitPlane and fitSpace", () => {
  it("bring every point into the room left by the insets, and leave no zoom unused", () => {
    fc.assert(
      fc.property(cloud, fc.boolean(), coordinate, (points, space, angle) => {
        const positions = new Float32Array(points.flatMap(([x, y, z]) => [x, y, space ? z : 0]));
        const bounds = createBounds();
        const all = points.map((_, index) => index);
        measure(positions, points.length, new Uint8Array(points.length * 4), all, bounds);
        fc.pre(bounds.maxX - bounds.minX > 0.01 && bounds.maxY - bounds.minY > 0.01);
        const camera = createCamera();
        if (space) {
          camera.perspective = 1;
          camera.yaw = angle;
          camera.pitch = Math.sin(angle);
          fitSpace(camera, bounds, lens, insets, (a, b, c) =>
            Math.max(
              ...all.map(
                (index) =>
                  a * positions[index * 3] + b * positions[index * 3 + 1] + c * positions[index * 3 + 2],
              ),
            ),
          );
        } else {
          fitPlane(camera, bounds, lens, insets);
        }
        const matrix = new Float32Array(16);
        writeMatrix(camera, { ...lens, reach: bounds.radius * 2 }, matrix);
        const spot = { x: 0, y: 0, w: 1 };
        let slack = Number.POSITIVE_INFINITY;
        for (let at = 0; at < positions.length; at += 3) {
          const drawn = project(matrix, lens, positions[at], positions[at + 1], positions[at + 2], spot);
          expect(drawn).toBe(true);
          const room = Math.min(
            spot.x - insets.left,
            lens.width - insets.right - spot.x,
            spot.y - insets.top,
            lens.height - insets.bottom - spot.y,
          );
          expect(room).toBeGreaterThan(-0.5);
          slack = Math.min(slack, room);
        }
        expect(slack).toBeLessThan(0.5);
      }),
    );
  });

  it("shows a lone point in the middle of the room", () => {
    const bounds = createBounds();
    measure(new Float32Array([3, 4, 0]), 1, new Uint8Array(4), [0], bounds);
    const camera = createCamera();
    fitPlane(camera, bounds, lens, insets);
    const matrix = new Float32Array(16);
    writeMatrix(camera, lens, matrix);
    const spot = { x: 0, y: 0, w: 1 };
    project(matrix, lens, 3, 4, 0, spot);
    expect(spot.x).toBeCloseTo((60 + 730) / 2, 3);
    expect(spot.y).toBeCloseTo((50 + 490) / 2, 3);
  });
});

describe("measure", () => {
  it("leaves out hidden points and takes only those asked for", () => {
    const positions = new Float32Array([0, 0, 0, 10, 0, 0, 0, 4, 0, 99, 99, 99]);
    const bounds = createBounds();
    const style = new Uint8Array(16);
    style[14] = Flag.filtered;
    measure(positions, 4, style, [0, 1, 2, 3], bounds);
    expect(bounds).toMatchObject({ count: 3, maxX: 10, maxY: 4, maxZ: 0 });
    measure(positions, 4, style, [0, 2, 3, 77], bounds);
    expect(bounds).toMatchObject({ count: 2, maxX: 0, maxY: 4, radius: 2 });
  });
});
