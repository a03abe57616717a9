import { expect, test } from "vitest";
import { heatShares, patchAt } from "./patches";

test("a place of the picture finds its patch", () => {
  const parts = [0, 1, 2, 3].map((place) => ({
    box: [(place % 2) / 2, Math.floor(place / 2) / 2, 0.5, 0.5] as const,
  }));
  expect(patchAt(parts, 0.1, 0.1)).toBe(0);
  expect(patchAt(parts, 0.5, 0.1)).toBe(1);
  expect(patchAt(parts, 0.99, 0.99)).toBe(3);
  expect(patchAt(parts, 1.2, 0.1)).toBe(-1);
});

test("heat runs from the least alike to the most", () => {
  expect(heatShares([0.25, 0.5, 0.75, Number.NaN])).toEqual([0, 0.5, 1, 0]);
  expect(heatShares([0.5, 0.5])).toEqual([0, 0]);
});
