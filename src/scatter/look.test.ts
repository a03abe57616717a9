import { describe, expect, it } from "vitest";
import { dotStyle, meanSpacing, thumbnailStyle } from "./look";

describe("dotStyle", () => {
  it("draws few points large and opaque, many small and translucent", () => {
    expect(dotStyle(100)).toEqual({ radius: 4.5, halo: 1.5, opacity: 1 });
    const dense = dotStyle(4);
    expect(dense.radius).toBeLessThan(1.5);
    expect(dense.halo).toBe(0);
    expect(dense.opacity).toBeLessThan(0.8);
  });

  it("never shrinks dots to nothing", () => {
    expect(dotStyle(0).radius).toBe(1);
  });
});

describe("thumbnailStyle", () => {
  it("shows dots from far, pictures from near, larger ones from very near", () => {
    expect(thumbnailStyle(10, 1).presence).toBe(0);
    expect(thumbnailStyle(100, 1)).toEqual({ side: 40, presence: 1 });
    expect(thumbnailStyle(1000, 16).side).toBe(72);
  });
});

describe("meanSpacing", () => {
  it("is the side of the square that each point has for itself", () => {
    expect(meanSpacing(100, 25, 3)).toBeCloseTo(6);
    expect(meanSpacing(0, 25, 3)).toBeGreaterThan(100);
  });
});
