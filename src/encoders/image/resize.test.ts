import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Resample } from "../card";
import filters from "./filters.reference.json";
import reference from "./pillow.reference.json";
import { BoxReducer } from "./reduce";
import { type Pixels, resize } from "./resize";

/** The picture that the reference was made from: whole numbers only, so that Python and JavaScript agree. */
function picture(width: number, height: number): Pixels {
  const data = new Uint8Array(4 * width * height);
  let place = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++)
        data[place++] = (x * (7 + c) + y * (13 - 2 * c) + ((x * y) % (31 + c))) % 256;
      data[place++] = 255;
    }
  }
  return { data, width, height };
}

describe("resize", () => {
  for (const { width, height, toWidth, toHeight, sha256, start } of reference.resize) {
    it(`gives Pillow's bytes: ${width} × ${height} → ${toWidth} × ${toHeight}`, () => {
      const { data } = resize(picture(width, height), toWidth, toHeight, "bicubic");
      expect(Array.from(data.subarray(0, start.length))).toEqual(start);
      expect(createHash("sha256").update(data).digest("hex")).toBe(sha256);
    });
  }

  for (const { resample, from, to, sha256, start } of filters.cases) {
    it(`gives Pillow's bytes with ${resample}: ${from.join(" × ")} → ${to.join(" × ")}`, () => {
      const { data } = resize(picture(from[0], from[1]), to[0], to[1], resample as Resample);
      expect(Array.from(data.subarray(0, start.length))).toEqual(start);
      expect(createHash("sha256").update(data).digest("hex")).toBe(sha256);
    });
  }

  it("gives the same pixels for a window as for the whole", () => {
    const whole = resize(picture(50, 40), 30, 20, "bicubic");
    const window = { left: 4, top: 3, width: 11, height: 9 };
    const part = resize(picture(50, 40), 30, 20, "bicubic", { window });
    for (let y = 0; y < window.height; y++) {
      const from = 3 * ((y + window.top) * 30 + window.left);
      expect(part.data.slice(3 * y * window.width, 3 * (y + 1) * window.width)).toEqual(
        whole.data.slice(from, from + 3 * window.width),
      );
    }
  });

  it("keeps a picture of one colour that colour", () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(size, size, size, size, fc.integer({ min: 0, max: 255 }), (w, h, toW, toH, value) => {
        const data = new Uint8Array(4 * w * h).fill(value);
        const resized = resize({ data, width: w, height: h }, toW, toH, "bicubic");
        expect(resized.data.every((byte) => byte === value)).toBe(true);
      }),
    );
  });
});

describe("BoxReducer", () => {
  for (const { width, height, factor, values } of reference.reduce) {
    it(`averages as Pillow's reduce does: ${width} × ${height} by ${factor}, in one piece and in strips`, () => {
      const { data } = picture(width, height);
      for (const rows of [height, factor]) {
        const reducer = new BoxReducer(width, height, factor);
        for (let top = 0; top < height; top += rows) {
          const strip = data.subarray(4 * width * top, 4 * width * Math.min(height, top + rows));
          reducer.add({ data: strip, width, height: Math.min(rows, height - top) });
        }
        const averages = reducer.finish().data.filter((_, place) => place % 4 < 3);
        expect(averages.length).toBe(values.length);
        // Pillow divides by a rounded reciprocal, so that halves may fall the other way.
        averages.forEach((average, place) => {
          expect(Math.abs(average - values[place])).toBeLessThanOrEqual(1);
        });
      }
    });
  }
});
