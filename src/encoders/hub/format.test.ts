import { describe, expect, it } from "vitest";
import type { NumberFormat } from "../source";
import { chooseFormat, type FormatFacts, type Weights } from "./format";

const sizes: Readonly<Record<NumberFormat, number>> = {
  fp32: 4,
  fp16: 2,
  q8: 1,
  int8: 1,
  uint8: 1,
  q4: 0.6,
  q4f16: 0.5,
  bnb4: 0.6,
};

/** Files of a model with so many million parameters. */
const files = (parameters: number, formats: readonly NumberFormat[]): Weights[] =>
  formats.map((format) => ({ format, bytes: parameters * 1e6 * sizes[format] }));

const all = Object.keys(sizes) as NumberFormat[];
const wasm: FormatFacts = { device: "wasm", shaderF16: false, modality: "text" };
const picturesOnWasm: FormatFacts = { ...wasm, modality: "image" };
const gpu: FormatFacts = { device: "webgpu", shaderF16: true, modality: "text" };
const gpuWithoutHalf: FormatFacts = { ...gpu, shaderF16: false };

describe("chooseFormat", () => {
  it.each<[string, FormatFacts, Weights[], NumberFormat | undefined]>([
    ["a small text model on WASM in full", wasm, files(22, all), "fp32"],
    ["a larger one in eight bits", wasm, files(118, all), "q8"],
    ["int8 where there is no q8", wasm, files(118, ["fp32", "int8", "q4"]), "int8"],
    ["float32 rather than nothing", wasm, files(118, ["fp32"]), "fp32"],
    ["float16 before a large float32", wasm, files(118, ["fp32", "fp16"]), "fp16"],
    ["four bits when there is nothing else", wasm, files(118, ["q4", "q4f16"]), "q4"],
    ["a picture model on WASM never in eight bits by choice", picturesOnWasm, files(86, all), "fp32"],
    ["a very large one in float16", picturesOnWasm, files(300, all), "fp16"],
    ["eight bits of a picture model rather than nothing", picturesOnWasm, files(25, ["q8"]), "q8"],
    ["float16 on WebGPU that has it", gpu, files(22, all), "fp16"],
    ["float32 where there is no float16 file", gpu, files(22, ["fp32", "q8", "q4f16"]), "fp32"],
    ["q4f16 before q4 with float16", gpu, files(22, ["q4", "q4f16"]), "q4f16"],
    ["float32 on WebGPU without float16", gpuWithoutHalf, files(22, all), "fp32"],
    ["q4 there, never q4f16", gpuWithoutHalf, files(22, ["fp16", "q4f16", "q4"]), "q4"],
    ["nothing there of float16 alone", gpuWithoutHalf, files(22, ["fp16", "q4f16"]), undefined],
    ["nothing on WebGPU of eight bits alone", gpu, files(22, ["q8", "int8", "uint8", "bnb4"]), undefined],
    ["nothing of nothing", wasm, [], undefined],
    ["what fits into memory", { ...picturesOnWasm, mostBytes: 200e6 }, files(86, all), "fp16"],
    [
      "four bits when only they fit",
      { ...gpu, mostBytes: 70e6 },
      files(118, ["fp32", "fp16", "q4f16"]),
      "q4f16",
    ],
    ["the usual one when nothing fits", { ...gpu, mostBytes: 1e6 }, files(22, all), "fp16"],
  ])("takes %s", (_, facts, available, format) => {
    expect(chooseFormat(available, facts)?.format).toBe(format);
  });

  it("says why", () => {
    expect(chooseFormat(files(118, all), wasm)?.reason).toMatch(/quarter of the bytes/);
    expect(chooseFormat(files(118, all), gpu)?.reason).toMatch(/float16/);
  });
});
