import { describe, expect, test } from "vitest";
import { gaussian, sampleWithoutReplacement, seededRandom } from "./random";

const draw = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

describe("random", () => {
  test("the same seed gives the same stream, near seeds give unlike ones", () => {
    expect(draw(42, 50)).toEqual(draw(42, 50));
    const [a, b] = [draw(42, 1000), draw(43, 1000)];
    expect(a.filter((value, i) => Math.abs(value - b[i]) < 1e-3).length).toBeLessThan(10);
  });

  test("numbers are uniform in [0, 1): χ² over 20 bins stays below its 99.9 % bound", () => {
    for (const seed of [0, 1, 42, -7, 2 ** 40]) {
      const bins = new Array<number>(20).fill(0);
      for (const value of draw(seed, 20000)) bins[Math.floor(value * 20)]++;
      const chi = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
      expect(chi).toBeLessThan(43.8);
    }
  });

  test("normal numbers have mean 0, variance 1 and kurtosis 3", () => {
    const random = seededRandom(5);
    const values = Array.from({ length: 40000 }, () => gaussian(random));
    const moment = (p: number) => values.reduce((sum, value) => sum + value ** p, 0) / values.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2)).toBeCloseTo(1, 1);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
  });

  test("a sample holds different rows in order, each row as often as any other", () => {
    const random = seededRandom(9);
    const times = new Array<number>(10).fill(0);
    for (let i = 0; i < 3000; i++) {
      const sample = Array.from(sampleWithoutReplacement(10, 3, random));
      expect(new Set(sample).size).toBe(3);
      expect(sample).toEqual(sample.toSorted((a, b) => a - b));
      for (const row of sample) times[row]++;
    }
    for (const count of times) expect(Math.abs(count - 900)).toBeLessThan(120);
    expect(Array.from(sampleWithoutReplacement(3, 5, random))).toEqual([0, 1, 2]);
  });
});
