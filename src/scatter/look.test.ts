import { describe, expect, it } from "vitest";
import { dotStyle, meanSpacing, thumbnailStyle } from "./look";

describe("dotStyle", () => {
  it("draws few points large and opaque, many small and translucent", () => {
    expect(dotStyle(100, 0.001)).toEqual({ radius: 4.5, halo: 1.5, opacity: 1 });
    const dense = dotStyle(4, 0.2);
    expect(dense.radius).toBeLessThan(1.5);
    expect(dense.halo).toBe(0);
    expect(dense.opacity).toBeLessThan(0.9);
  });

  it("lets a crowd of any density hide most of what is below, and no crowd all", () => {
    for (const crowd of [0.5, 2, 8, 20]) {
      const { radius, opacity } = dotStyle(1 / Math.sqrt(crowd), crowd);
      const layers = crowd * Math.PI * radius * radius;
      const hidden = 1 - (1 - opacity) ** Math.max(1, layers);
      expect(hidden).toBeGreaterThan(0.8);
      expect(hidden).toBeLessThan(0.95);
    }
  });

  it("never shrinks dots to nothing, nor fades a lone one out of sight", () => {
    expect(dotStyle(0, 1e6)).toMatchObject({ radius: 0.5, opacity: 0.1 });
  });

  it("turns opaque without a jump as one comes nearer", () => {
    let before = dotStyle(1, 1);
    for (let zoom = 1.02; zoom < 20; zoom *= 1.02) {
      const now = dotStyle(zoom, 1 / zoom ** 2);
      expect(Math.abs(now.opacity - before.opacity)).toBeLessThan(0.05);
      before = now;
    }
    expect(before).toMatchObject({ opacity: 1, radius: 4.5 });
  });
});

describe("thumbnailStyle", () => {
  it("shows dots from far, pictures from near, larger ones from very near", () => {
    expect(thumbnailStyle(10, 1).presence).toBe(0);
    expect(thumbnailStyle(100, 1)).toEqual({ side: 40, presence: 1 });
    expect(thumbnailStyle(1000, 32).side).toBe(112);
  });

  it("grows with the room, slower once pictures can be told, and without a leap", () => {
    const sides = Array.from({ length: 1200 }, (_, step) => thumbnailStyle(step / 10, 1).side);
    for (let step = 1; step < sides.length; step++) {
      expect(sides[step]).toBeGreaterThanOrEqual(sides[step - 1]);
      expect(sides[step] - sides[step - 1]).toBeLessThan(0.1);
    }
    // Some forty pictures on a phone's map, and on a laptop's.
    expect(thumbnailStyle(43, 1).side).toBe(24);
    expect(thumbnailStyle(82, 1).side).toBe(40);
  });
});

describe("meanSpacing", () => {
  it("is the side of the square that each point has for itself", () => {
    expect(meanSpacing(100, 25, 3)).toBeCloseTo(6);
    expect(meanSpacing(0, 25, 3)).toBeGreaterThan(100);
  });
});
