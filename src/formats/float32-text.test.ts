import { describe, expect, it } from "vitest";
import { longestFloat32Text, writeFloat32 } from "./float32-text";

/** The shortest text by trying every length with the language's own exact conversion; slow and plain. */
function shortestLength(value: number): number {
  for (let digits = 1; ; digits++)
    if (Math.fround(Number(value.toPrecision(digits))) === value) return digits;
}

const significant = (text: string) =>
  text.replace(/e.*$/, "").replace(/[-.]/g, "").replace(/^0+/, "").replace(/0+$/, "").length;

/** What is written, as a text. */
function float32Text(value: number): string {
  const bytes = new Uint8Array(longestFloat32Text);
  return String.fromCharCode(...bytes.subarray(0, writeFloat32(value, bytes, 0)));
}

/** Every float32 there is has one of these bit patterns. */
const fromBits = (bits: number) => new Float32Array(new Uint32Array([bits]).buffer)[0];

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
}

describe("writeFloat32", () => {
  it.each([
    [0, "0"],
    [-0, "-0.0"],
    [1, "1"],
    [-1.5, "-1.5"],
    [0.1, "0.1"],
    [1 / 3, "0.33333334"],
    [100, "100"],
    [16777216, "16777216"],
    [123456792, "123456790"],
    [0.000001, "0.000001"],
    [0.00000015, "1.5e-7"],
    [2 ** 50, "1125899900000000"],
    [1e16, "1e16"],
    [3.4028234663852886e38, "3.4028235e38"],
    [1.401298464324817e-45, "1e-45"],
    [1.1754943508222875e-38, "1.1754944e-38"],
    // 2^-96: the nearest eight-digit decimal lies below and reads back to its neighbour; the next one above is right.
    [2 ** -96, "1.2621775e-29"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [Number.NEGATIVE_INFINITY, "-Infinity"],
  ])("writes %d as %s", (value, text) => {
    expect(float32Text(Math.fround(value))).toBe(text);
  });

  it("reads back to the same bits and is never longer than need be, over random bit patterns", () => {
    const next = random(1);
    for (let round = 0; round < 100_000; round++) {
      const value = fromBits(next());
      if (!Number.isFinite(value)) continue;
      const text = float32Text(value);
      if (!Object.is(Math.fround(Number(text)), value)) expect.fail(`${value} became ${text}`);
      if (value !== 0 && significant(text) > shortestLength(value)) expect.fail(`${text} is too long`);
    }
  });

  it("does so for numbers as embeddings hold them, too", () => {
    const next = random(2);
    for (let round = 0; round < 100_000; round++) {
      const value = Math.fround((next() / 2 ** 31 - 1) * 0.2);
      const text = float32Text(value);
      if (!Object.is(Math.fround(Number(text)), value)) expect.fail(`${value} became ${text}`);
      if (value !== 0 && significant(text) > shortestLength(value)) expect.fail(`${text} is too long`);
    }
  });

  it("does so at every power of two and beside it, where the gaps change", () => {
    for (let exponent = 0; exponent < 255; exponent++) {
      for (const offset of [-2, -1, 0, 1, 2]) {
        const value = Math.abs(fromBits(Math.max(1, (exponent << 23) + offset)));
        const text = float32Text(value);
        expect(Math.fround(Number(text)), text).toBe(value);
        expect(significant(text)).toBeLessThanOrEqual(shortestLength(value));
      }
    }
  });
});
