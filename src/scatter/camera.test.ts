import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Camera,
  createCamera,
  type Lens,
  mixCameras,
  orbit,
  pan,
  project,
  writeMatrix,
  zoomAbout,
} from "./camera";

const lens: Lens = { width: 800, height: 600, reach: 5 };
const matrix = new Float32Array(16);

function drawnAt(camera: Camera, x: number, y: number, z: number) {
  writeMatrix(camera, lens, matrix);
  const out = { x: Number.NaN, y: Number.NaN, w: Number.NaN };
  return project(matrix, lens, x, y, z, out) ? out : null;
}

const anyCamera = fc.record({
  x: fc.double({ min: -3, max: 3, noNaN: true }),
  y: fc.double({ min: -3, max: 3, noNaN: true }),
  z: fc.double({ min: -3, max: 3, noNaN: true }),
  zoom: fc.double({ min: 5, max: 500, noNaN: true }),
  yaw: fc.double({ min: -3, max: 3, noNaN: true }),
  pitch: fc.double({ min: -1.5, max: 1.5, noNaN: true }),
  perspective: fc.constantFrom(0, 0.4, 1),
});
const pixels = fc.double({ min: -300, max: 300, noNaN: true });

describe("project", () => {
  it("draws the centre in the middle and a unit of the plane as long as the zoom says", () => {
    const camera = { ...createCamera(), x: 1, y: 2, zoom: 50 };
    expect(drawnAt(camera, 1, 2, 0)).toMatchObject({ x: 400, y: 300 });
    const spot = drawnAt(camera, 2, 3, 0);
    expect(spot?.x).toBeCloseTo(450, 3);
    expect(spot?.y).toBeCloseTo(250, 3);
  });

  it("draws near points larger than far ones, and none behind the eye", () => {
    const camera = { ...createCamera(), zoom: 100, perspective: 1 };
    const near = drawnAt(camera, 1, 0, 1);
    const far = drawnAt(camera, 1, 0, -1);
    expect(near && far && near.x - 400 > far.x - 400).toBe(true);
    expect(near && far && near.w < far.w).toBe(true);
    expect(drawnAt(camera, 0, 0, 1000)).toBeNull();
  });

  it("moves what is near to the right when it is turned", () => {
    const camera = createCamera();
    camera.zoom = 100;
    orbit(camera, 0.3, 0);
    const front = drawnAt(camera, 0, 0, 1);
    const back = drawnAt(camera, 0, 0, -1);
    expect(front && back && front.x > 400 && back.x < 400).toBe(true);
  });

  it("looks down on the points when it is tilted", () => {
    const camera = createCamera();
    camera.zoom = 100;
    orbit(camera, 0, 0.5);
    const front = drawnAt(camera, 0, 0, 1);
    expect(front && front.y > 300).toBe(true);
  });

  it("keeps the depth of every drawn point inside the depth buffer", () => {
    fc.assert(
      fc.property(
        anyCamera,
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (camera, azimuth, height) => {
          writeMatrix(camera, lens, matrix);
          const flat = Math.sqrt(1 - height * height) * lens.reach;
          const x = camera.x + Math.cos(azimuth * Math.PI) * flat;
          const y = camera.y + height * lens.reach;
          const z = camera.z + Math.sin(azimuth * Math.PI) * flat;
          const w = matrix[3] * x + matrix[7] * y + matrix[11] * z + matrix[15];
          if (w < 0.06) return;
          const depth = (matrix[2] * x + matrix[6] * y + matrix[10] * z + matrix[14]) / w;
          expect(Math.abs(depth)).toBeLessThan(1.001);
        },
      ),
    );
  });
});

describe("pan", () => {
  it("moves what was in the middle by exactly the pixels asked for, at any angle", () => {
    fc.assert(
      fc.property(anyCamera, pixels, pixels, (start, dx, dy) => {
        const camera = { ...start };
        pan(camera, dx, dy);
        const spot = drawnAt(camera, start.x, start.y, start.z);
        expect(spot?.x).toBeCloseTo(400 + dx, 0);
        expect(spot?.y).toBeCloseTo(300 + dy, 0);
      }),
    );
  });
});

describe("zoomAbout", () => {
  it("keeps the place under the pointer where it is", () => {
    fc.assert(
      fc.property(
        anyCamera,
        pixels,
        pixels,
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (start, dx, dy, factor) => {
          const held = { ...start };
          pan(held, -dx, -dy);
          const camera = { ...start };
          zoomAbout(camera, factor, dx, dy, 1, 1e4);
          const spot = drawnAt(camera, held.x, held.y, held.z);
          expect(spot?.x).toBeCloseTo(400 + dx, 0);
          expect(spot?.y).toBeCloseTo(300 + dy, 0);
        },
      ),
    );
  });

  it("stays within its limits", () => {
    const camera = { ...createCamera(), zoom: 10 };
    zoomAbout(camera, 1000, 0, 0, 1, 50);
    expect(camera.zoom).toBe(50);
    zoomAbout(camera, 1e-6, 0, 0, 1, 50);
    expect(camera.zoom).toBe(1);
  });
});

describe("mixCameras", () => {
  it("starts at the one, ends at the other, and zooms evenly in between", () => {
    fc.assert(
      fc.property(anyCamera, anyCamera, (a, b) => {
        const out = createCamera();
        mixCameras(a, b, 0, out);
        for (const key of Object.keys(a) as (keyof Camera)[]) expect(out[key]).toBeCloseTo(a[key], 6);
        mixCameras(a, b, 1, out);
        for (const key of Object.keys(a) as (keyof Camera)[]) expect(out[key]).toBeCloseTo(b[key], 6);
        mixCameras(a, b, 0.5, out);
        expect(out.zoom).toBeCloseTo(Math.sqrt(a.zoom * b.zoom), 6);
      }),
    );
  });
});
