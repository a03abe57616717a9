import { describe, expect, it } from "vitest";
import { requireFits } from "./fits";

const gibibyte = 2 ** 30;
const roomy = { memory: 8 * gibibyte, largestBuffer: 2 * gibibyte };

describe("requireFits", () => {
  it.each<[string, number, Parameters<typeof requireFits>[1], "wasm" | "webgpu", number?]>([
    ["a usual model", 90e6, roomy, "wasm"],
    ["a large one where the browser does not tell its memory", 1.8e9, { largestBuffer: 0 }, "wasm"],
    ["a large table on WASM", 900e6, { ...roomy, largestBuffer: 256e6 }, "wasm", 800e6],
    ["a table that the graphics device takes", 900e6, roomy, "webgpu", 800e6],
  ])("passes %s", (_, bytes, facts, kind, largestTensor) => {
    expect(() => requireFits({ title: "x", bytes, largestTensor }, facts, { kind })).not.toThrow();
  });

  it.each<[string, number, Parameters<typeof requireFits>[1], "wasm" | "webgpu", number, RegExp]>([
    [
      "more than the memory",
      500e6,
      { ...roomy, memory: gibibyte },
      "wasm",
      0,
      /500 MB.*1,500 MB of the 1,074 MB/,
    ],
    ["more than WebAssembly opens", 2.2e9, roomy, "wasm", 0, /2,200 MB.*1,900 MB/],
    ["the same on WebGPU", 2.2e9, roomy, "webgpu", 0, /WebAssembly/],
    [
      "a table that is too large",
      900e6,
      { ...roomy, largestBuffer: 256e6 },
      "webgpu",
      800e6,
      /800 MB.*256 MB/,
    ],
  ])("refuses %s", (_, bytes, facts, kind, largestTensor, message) => {
    expect(() => requireFits({ title: "x", bytes, largestTensor }, facts, { kind })).toThrow(
      expect.objectContaining({ name: "ModelTooLarge", message: expect.stringMatching(message) }),
    );
  });
});
