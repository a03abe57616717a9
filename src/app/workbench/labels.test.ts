import { expect, test } from "vitest";
import { labelProbabilities, prompt } from "./labels";

test("softmax shares one probability among the labels, a sigmoid judges each alone", () => {
  const cosines = [0.3, 0.25, 0.2];
  const shares = labelProbabilities(cosines, { logitScale: 100, logitBias: 0, activation: "softmax" });
  expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
  expect(shares[0]).toBeCloseTo(1 / (1 + Math.exp(-5) + Math.exp(-10)), 12);
  const alone = labelProbabilities([0.1], { logitScale: 117.33, logitBias: -12.93, activation: "sigmoid" });
  expect(alone[0]).toBeCloseTo(1 / (1 + Math.exp(1.197)), 6);
  expect(labelProbabilities([1, -1], { logitScale: 1e4, logitBias: 0, activation: "softmax" })).toEqual([
    1, 0,
  ]);
});

test("a label is put into its sentence", () => {
  expect(prompt("a photo of a {}.", "cat")).toBe("a photo of a cat.");
  expect(prompt("a photo of", "cat")).toBe("a photo of cat");
  expect(prompt("", "cat")).toBe("cat");
});
