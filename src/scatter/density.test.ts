import { describe, expect, it } from "vitest";
import { crowdDensity } from "./density";
import { createBounds, measure } from "./fit";

/** Evenly spread points: `side × side` over a square of edge `edge` from (x, y). */
function square(side: number, edge: number, x = 0, y = 0): number[] {
  return Array.from({ length: side * side }, (_, index) => [
    x + ((index % side) / (side - 1)) * edge,
    y + (Math.floor(index / side) / (side - 1)) * edge,
    0,
  ]).flat();
}

function densityOf(numbers: number[]): number {
  const positions = Float32Array.from(numbers);
  const count = numbers.length / 3;
  const bounds = createBounds();
  const style = new Uint8Array(count * 4);
  measure(positions, count, style, [...Array(count).keys()], bounds);
  return crowdDensity(positions, style, count, bounds);
}

describe("crowdDensity", () => {
  it("is the density of points that are spread evenly", () => {
    const density = densityOf(square(100, 10));
    expect(density).toBeGreaterThan(80);
    expect(density).toBeLessThan(140);
  });

  it("is that of the crowd where most points stand in one", () => {
    const density = densityOf([...square(100, 1), ...square(10, 10, 20, 20)]);
    expect(density).toBeGreaterThan(5_000);
  });

  it("is 0 where there is no area", () => {
    expect(densityOf([])).toBe(0);
    expect(densityOf([1, 2, 0])).toBe(0);
    expect(densityOf([1, 2, 0, 1, 9, 0])).toBe(0);
  });
});
