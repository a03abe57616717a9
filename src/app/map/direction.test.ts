import { describe, expect, it } from "vitest";
import { nearestInDirection } from "./direction";

const origin = { x: 0, y: 0 };

describe("nearestInDirection", () => {
  const around = [
    { x: 10, y: 0 },
    { x: 0, y: 10 },
    { x: -10, y: 0 },
    { x: 0, y: -10 },
  ];
  it("walks all four ways, y downwards", () => {
    expect(nearestInDirection(origin, around, "right")).toBe(0);
    expect(nearestInDirection(origin, around, "down")).toBe(1);
    expect(nearestInDirection(origin, around, "left")).toBe(2);
    expect(nearestInDirection(origin, around, "up")).toBe(3);
  });
  it("prefers straight ahead over nearer but aside", () => {
    const places = [
      { x: 10, y: 9 },
      { x: 20, y: 0 },
    ];
    expect(nearestInDirection(origin, places, "right")).toBe(1);
  });
  it("stays when nothing lies that way, and ignores itself and what is out of view", () => {
    expect(
      nearestInDirection(origin, [origin, undefined, { x: -5, y: 0 }, { x: 3, y: 30 }], "right"),
    ).toBeUndefined();
  });
});
