import { expect, test } from "vitest";
import { chartPath, chartScale } from "./chart";

test("a chart's range is whole tenths around the values, never a sliver", () => {
  expect(chartScale([0.845, 0.314])).toEqual({ low: 0.3, high: 0.9 });
  expect(chartScale([0.3, 0.9])).toEqual({ low: 0.3, high: 0.9 });
  const sliver = chartScale([0.81, 0.82, Number.NaN]);
  expect(sliver.high).toBe(0.9);
  expect(sliver.low).toBeCloseTo(0.7);
  expect(chartScale([Number.NaN])).toEqual({ low: 0, high: 1 });
});

test("a path leaves gaps where a value is missing", () => {
  const same = (value: number) => value;
  expect(chartPath([0, 1, Number.NaN, 3, 4], same, same)).toBe("M0.0 0.0L1.0 1.0M3.0 3.0L4.0 4.0");
  expect(chartPath([], same, same)).toBe("");
});
