import { describe, expect, it } from "vitest";
import { type Direction, DirectionSearch, type Place } from "./direction";

const origin = { x: 0, y: 0 };

function nearestInDirection(from: Place, places: readonly Place[], direction: Direction) {
  const search = new DirectionSearch(from, direction);
  places.forEach((place, index) => {
    search.offer(index, place);
  });
  return search.best;
}

describe("DirectionSearch", () => {
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
  it("stays when nothing lies that way, and ignores itself", () => {
    expect(nearestInDirection(origin, [origin, { x: -5, y: 0 }, { x: 3, y: 30 }], "right")).toBeUndefined();
  });
});
