import { describe, expect, it } from "vitest";
import { Choice } from "./choice";

function chosen(offers: readonly (readonly [index: number, distance: number, depth: number])[]): number {
  const choice = new Choice();
  choice.begin(8);
  for (const [index, distance, depth] of offers) choice.offer(index, distance ** 2, depth, 4);
  return choice.best;
}

describe("Choice", () => {
  it("takes the nearest of dots on a plane, and nothing out of reach", () => {
    expect(chosen([])).toBe(-1);
    expect(chosen([[1, 8.5, 1]])).toBe(-1);
    const plane = [
      [1, 6, 1],
      [2, 3, 1],
      [3, 3.5, 1],
    ] as const;
    expect(chosen(plane)).toBe(2);
    expect(chosen(plane.toReversed())).toBe(2);
  });

  it("takes the dot in front where discs in space lie over each other", () => {
    const space = [
      [1, 1, 1.2],
      [2, 3, 0.9],
      [3, 7, 0.5],
    ] as const;
    expect(chosen(space)).toBe(3);
    expect(chosen(space.slice(0, 2))).toBe(2);
  });

  it("takes the last of dots on one spot", () => {
    expect(
      chosen([
        [4, 2, 1],
        [9, 2, 1],
        [7, 2, 1],
      ]),
    ).toBe(9);
  });
});
