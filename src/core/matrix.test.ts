import { expect, test } from "vitest";
import { matrixFromRows, row } from "./matrix";

test("rows go in and come out as views", () => {
  const matrix = matrixFromRows([Float32Array.of(1, 2), Float32Array.of(3, 4)]);
  expect(matrix).toEqual({ data: Float32Array.of(1, 2, 3, 4), rows: 2, dimension: 2 });
  expect(row(matrix, 1)).toEqual(Float32Array.of(3, 4));
  row(matrix, 1)[0] = 7;
  expect(matrix.data[2]).toBe(7);
});

test("no rows keep the dimension they are said to have", () => {
  expect(matrixFromRows([], 384)).toEqual({ data: new Float32Array(0), rows: 0, dimension: 384 });
});

test("refuses rows that do not exist and vectors of another length", () => {
  const matrix = matrixFromRows([Float32Array.of(1, 2)]);
  for (const index of [-1, 1]) expect(() => row(matrix, index)).toThrow(RangeError);
  expect(() => matrixFromRows([Float32Array.of(1, 2), Float32Array.of(3)])).toThrow(/vector 1 has 1 numbers/);
});
