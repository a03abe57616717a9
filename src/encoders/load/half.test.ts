import { describe, expect, it } from "vitest";
import { fromFloat16, toFloat16 } from "./half";

describe("fromFloat16", () => {
  it("knows every kind of number", () => {
    const bits = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0xfc00, 0x8000);
    expect(Array.from(fromFloat16(bits))).toEqual([1, -2, 2 ** -24, 65_504, Infinity, -Infinity, -0]);
    expect(fromFloat16(Uint16Array.of(0x7e00))[0]).toBeNaN();
  });
});

describe("toFloat16", () => {
  it("gives back every half as it was", () => {
    const all = Uint16Array.from({ length: 65_536 }, (_, bits) => bits).filter(
      (bits) => (bits & 0x7c00) !== 0x7c00 || (bits & 0x3ff) === 0,
    );
    expect(toFloat16(fromFloat16(all))).toEqual(all);
    expect(fromFloat16(toFloat16(Float32Array.of(Number.NaN)))[0]).toBeNaN();
  });

  it("rounds to the nearest, and ties to even", () => {
    const ulp = 2 ** -10;
    const given = [1 + 0.4 * ulp, 1 + 0.5 * ulp, 1 + 1.5 * ulp, 65_519, 65_520, 1.6 * 2 ** -24, 2 ** -26];
    const expected = [1, 1, 1 + 2 * ulp, 65_504, Infinity, 2 * 2 ** -24, 0];
    expect(Array.from(fromFloat16(toFloat16(Float32Array.from(given))))).toEqual(expected);
  });
});
