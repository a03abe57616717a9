import { expect, test } from "vitest";
import { matrixText, shortRow } from "./matrix";

test("a row is printed as matrices are", () => {
  const vector = Float32Array.from({ length: 384 }, (_, index) => (index - 192) / 100);
  expect(shortRow(vector)).toEqual(["−1.9200", "−1.9100", "−1.9000", "…", "1.8900", "1.9000", "1.9100"]);
  expect(shortRow(new Float32Array([0, 0.5]))).toEqual(["0.0000", "0.5000"]);
});

test("tokens and numbers survive a table", () => {
  const rows = [
    { token: "[CLS]", vector: new Float32Array([0.1, -2]) },
    { token: ",", vector: new Float32Array([2 ** -40, 3]) },
    { token: '"', vector: new Float32Array([0, 1]) },
  ];
  const text = matrixText(rows, ",");
  expect(text).toBe('token,0,1\r\n[CLS],0.100000001,-2\r\n",",9.09494702e-13,3\r\n"""",0,1\r\n');
  expect(Math.fround(Number("0.100000001"))).toBe(Math.fround(0.1));
  expect(matrixText(rows, "\t").split("\r\n")[2].split("\t")[0]).toBe(",");
});
