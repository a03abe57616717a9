import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planBatches, planGroups, WASM_LIMITS, WEBGPU_LIMITS } from "./batches";

const lengths = fc.array(fc.integer({ min: 1, max: 256 }), { maxLength: 300 });

describe("planGroups", () => {
  it("fills groups with whole texts, short ones first", () => {
    expect(planGroups([5, 1, 9, 4, 20], 10)).toEqual([[1, 3, 0], [2], [4]]);
    expect(planGroups([], 10)).toEqual([]);
  });
});

describe("planBatches", () => {
  it("puts short texts first and wastes little on padding", () => {
    const batches = planBatches([200, 3, 4, 3, 200], WASM_LIMITS);
    expect(batches).toEqual([
      { indices: [1, 3, 2], length: 4 },
      { indices: [0, 4], length: 200 },
    ]);
  });

  for (const [name, limits] of Object.entries({ WASM_LIMITS, WEBGPU_LIMITS })) {
    it(`holds every text once, none cut, none over the limit (${name})`, () => {
      fc.assert(
        fc.property(lengths, (tokens) => {
          const batches = planBatches(tokens, limits);
          const seen = batches.flatMap(({ indices }) => indices).sort((a, b) => a - b);
          expect(seen).toEqual(tokens.map((_, index) => index));
          for (const { indices, length } of batches) {
            expect(Math.max(...indices.map((index) => tokens[index]))).toBeLessThanOrEqual(length);
            if (indices.length > 1) expect(indices.length * length).toBeLessThanOrEqual(limits.tokens);
          }
        }),
      );
    });
  }

  it("wastes at most a seventh on padding when there are many texts (WASM)", () => {
    const many = Array.from({ length: 400 }, (_, index) => 3 + ((index * 7919) % 120));
    const padded = planBatches(many, WASM_LIMITS).reduce(
      (sum, { indices, length }) => sum + indices.length * length,
      0,
    );
    const needed = many.reduce((sum, length) => sum + length, 0);
    expect(padded / needed).toBeLessThan(8 / 7);
  });

  it("knows few shapes on WebGPU", () => {
    const many = Array.from({ length: 1000 }, (_, index) => 3 + ((index * 7919) % 250));
    const shapes = new Set(
      planBatches(many, WEBGPU_LIMITS).map(({ indices, length }) => `${indices.length}×${length}`),
    );
    expect(shapes.size).toBeLessThanOrEqual(20);
    for (const shape of shapes) {
      const [rows, length] = shape.split("×").map(Number);
      expect(Math.log2(rows) % 1).toBe(0);
      expect(Math.log2(length) % 1).toBe(0);
    }
  });
});
