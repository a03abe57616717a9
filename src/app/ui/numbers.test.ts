import { describe, expect, it } from "vitest";
import {
  barFraction,
  formatBytes,
  formatItems,
  formatNumber,
  formatShare,
  formatSimilarity,
} from "./numbers";

describe("formatSimilarity", () => {
  it("shows three decimals and a real minus", () => {
    expect(formatSimilarity(0.84512, "cosine")).toBe("0.845");
    expect(formatSimilarity(-0.1, "cosine")).toBe("−0.100");
  });
  it("shows a distance for the Euclidean metric", () => {
    expect(formatSimilarity(-0.5571, "euclidean")).toBe("0.557");
  });
  it("never shows minus nothing", () => {
    expect(formatSimilarity(-0.00001, "dot")).toBe("0.000");
    expect(formatSimilarity(-0, "euclidean")).toBe("0.000");
  });
});

describe("barFraction", () => {
  it("is the cosine itself, never below zero", () => {
    expect(barFraction(0.5, "cosine", [0.9, 0.5])).toBe(0.5);
    expect(barFraction(-0.2, "cosine", [-0.2])).toBe(0);
  });
  it("is longer for nearer under every metric", () => {
    for (const metric of ["cosine", "dot", "euclidean"] as const) {
      const all = metric === "euclidean" ? [-0.2, -1.1, -3] : [0.9, 0.4, 0.1];
      const bars = all.map((similarity) => barFraction(similarity, metric, all));
      expect(bars[0]).toBeGreaterThan(bars[1]);
      expect(bars[1]).toBeGreaterThan(bars[2]);
      expect(bars.every((bar) => bar >= 0 && bar <= 1)).toBe(true);
    }
  });
  it("is full for a duplicate", () => {
    expect(barFraction(0, "euclidean", [0, -1])).toBe(1);
  });
});

describe("words for numbers", () => {
  it("counts items", () => {
    expect(formatItems(1)).toBe("1 item");
    expect(formatItems(10000)).toBe("10,000 items");
  });
  it("gives shares without false zeros", () => {
    expect(formatShare(0.004)).toBe("< 1 %");
    expect(formatShare(0)).toBe("0 %");
    expect(formatShare(0.934)).toBe("93 %");
  });
  it("writes any number short", () => {
    expect(formatNumber(1999)).toBe("1999");
    expect(formatNumber(1963.8)).toBe("1964");
    expect(formatNumber(9999.7)).toBe("10,000");
    expect(formatNumber(0)).toBe("0");
    expect(formatNumber(-0.123456)).toBe("−0.1235");
    expect(formatNumber(123456)).toBe("123,500");
    expect(formatNumber(3.2e9)).toBe("3.2E9");
    expect(formatNumber(0.00001234)).toBe("1.23E−5");
  });
  it("gives bytes in the total's unit", () => {
    expect(formatBytes(12_100_000, 23_500_000)).toBe("12.1 of 23.5 MB");
    expect(formatBytes(2_000, 40_000)).toBe("2 of 40 kB");
  });
});
