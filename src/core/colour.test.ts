import { describe, expect, it } from "vitest";
import { hexOf, labOf, linearOf, linearOfLab, mixed } from "./colour";

describe("OKLab", () => {
  it("agrees with the published pairs of the definition", () => {
    const [lightness, a, b] = labOf(linearOf("#ff0000"));
    expect(lightness).toBeCloseTo(0.628, 3);
    expect(a).toBeCloseTo(0.2249, 3);
    expect(b).toBeCloseTo(0.1258, 3);
    expect(labOf([1, 1, 1])[0]).toBeCloseTo(1, 5);
  });
  it("goes there and back", () => {
    for (const hex of ["#2f5bea", "#d9542b", "#000000", "#ffffff", "#0c3d22"]) {
      expect(hexOf(linearOfLab(labOf(linearOf(hex))))).toBe(hex);
    }
  });
});

describe("mixed", () => {
  it("starts and ends at its colours and is grey between black and white", () => {
    expect(mixed("#2f5bea", "#d9542b", 0)).toBe("#2f5bea");
    expect(mixed("#2f5bea", "#d9542b", 1)).toBe("#d9542b");
    expect(mixed("#000000", "#ffffff", 0.5)).toBe("#636363");
  });
});
