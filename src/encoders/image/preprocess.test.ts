import { describe, expect, it } from "vitest";
import type { Preprocessing } from "../card";
import { placement, preprocess, reduction } from "./preprocess";
import { probeTensor } from "./probe-pictures";

const pad: Preprocessing = {
  size: 224,
  fit: "pad",
  background: [255, 255, 255],
  resample: "bicubic",
  mean: [127, 127, 127],
  deviation: [128, 128, 128],
};
const crop: Preprocessing = { ...pad, fit: "crop" };

const plain = (width: number, height: number, colour: readonly [number, number, number]) => {
  const data = new Uint8Array(4 * width * height).map((_, i) => [...colour, 255][i % 4]);
  return { data, width, height };
};

describe("placement", () => {
  it.each([
    [
      448,
      224,
      { width: 224, height: 112, left: 0, top: 56 },
      { width: 448, height: 224, left: -112, top: 0 },
    ],
    [451, 300, { width: 224, height: 149, left: 0, top: 37 }, { width: 336, height: 224, left: -56, top: 0 }],
    [
      3,
      900,
      { width: 1, height: 224, left: 111, top: 0 },
      { width: 224, height: 67_200, left: 0, top: -33_488 },
    ],
    [1, 1, { width: 224, height: 224, left: 0, top: 0 }, { width: 224, height: 224, left: 0, top: 0 }],
  ])("%i × %i", (width, height, padded, cropped) => {
    expect(placement(width, height, pad)).toEqual(padded);
    expect(placement(width, height, crop)).toEqual(cropped);
  });
});

describe("reduction", () => {
  it("leaves at least three times the pixels that are needed", () => {
    expect(reduction(1000, 800, pad)).toBe(1);
    expect(reduction(1344, 1344, pad)).toBe(2);
    expect(reduction(12_000, 9000, pad)).toBe(17);
    expect(reduction(12_000, 3, pad)).toBe(1);
  });
});

describe("preprocess", () => {
  it("sets a wide picture between bands of the background, plane by plane", () => {
    const wide = { width: 448, height: 224 };
    const tensor = preprocess(plain(448, 224, [127, 255, 0]), wide, wide, pad);
    const at = (channel: number, y: number, x: number) => tensor[(channel * 224 + y) * 224 + x];
    expect([at(0, 0, 0), at(1, 0, 0), at(2, 55, 223)]).toEqual([1, 1, 1]);
    expect([at(0, 56, 0), at(1, 56, 0), at(2, 56, 0)]).toEqual([0, 1, -127 / 128]);
    expect([at(0, 167, 223), at(2, 167, 223), at(2, 168, 0)]).toEqual([0, -127 / 128, 1]);
  });

  it("fills the square when it crops, whatever the proportions", () => {
    const tall = { width: 3, height: 900 };
    const tensor = preprocess(plain(3, 900, [127, 127, 127]), tall, tall, crop);
    expect(tensor.every((value) => value === 0)).toBe(true);
  });
});

describe("probeTensor", () => {
  it("draws the pictures of the cards' formulas", () => {
    const at = (tensor: Float32Array, c: number, y: number, x: number) =>
      tensor[(c * 224 + y) * 224 + x] * 128 + 127;
    const gradient = probeTensor("gradient", pad);
    expect(at(gradient, 0, 3, 5)).toBe(14);
    expect(at(gradient, 2, 200, 100)).toBe(244);
    const disc = probeTensor("disc", pad);
    expect([at(disc, 0, 0, 0), at(disc, 1, 0, 0), at(disc, 2, 0, 0)]).toEqual([40, 120, 50]);
    expect([at(disc, 0, 112, 112), at(disc, 2, 112, 112)]).toEqual([240, 200]);
  });
});
