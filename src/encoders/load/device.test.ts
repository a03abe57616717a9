import { describe, expect, it } from "vitest";
import type { DeviceChoice } from "../types";
import { chooseDevice, type DeviceFacts } from "./device";

const laptop: DeviceFacts = {
  adapter: "real",
  adapterTitle: "apple metal-3",
  stackSwitching: true,
  isolated: true,
  processors: 8,
  shaderF16: true,
  largestBuffer: 2 ** 31,
};
const withFallback: DeviceFacts = { ...laptop, adapter: "fallback" };
const withoutGpu: DeviceFacts = { ...laptop, adapter: "none", adapterTitle: "" };

describe("chooseDevice", () => {
  it.each<[DeviceChoice, string, DeviceFacts, "webgpu" | "wasm", string]>([
    ["auto", "a real adapter", laptop, "webgpu", "WebGPU (apple metal-3)"],
    ["auto", "a fallback adapter", withFallback, "wasm", "WASM, 4 threads"],
    ["auto", "no adapter", withoutGpu, "wasm", "WASM, 4 threads"],
    ["webgpu", "a real adapter", laptop, "webgpu", "WebGPU (apple metal-3)"],
    ["webgpu", "a fallback adapter", withFallback, "webgpu", "WebGPU (software)"],
    ["wasm", "a real adapter", laptop, "wasm", "WASM, 4 threads"],
    ["wasm", "a fallback adapter", withFallback, "wasm", "WASM, 4 threads"],
    ["wasm", "no adapter", withoutGpu, "wasm", "WASM, 4 threads"],
  ])("%s with %s", (choice, _, facts, kind, title) => {
    expect(chooseDevice(choice, facts)).toMatchObject({ kind, title });
  });

  it("refuses WebGPU where there is no adapter, and says what to choose", () => {
    expect(() => chooseDevice("webgpu", withoutGpu)).toThrow(
      expect.objectContaining({ name: "DeviceUnavailable", advice: "Choose Auto or WASM as the device." }),
    );
  });

  it("takes the runtime's build that the browser can use", () => {
    expect(chooseDevice("auto", laptop).build).toBe("jspi");
    expect(chooseDevice("auto", { ...laptop, stackSwitching: false }).build).toBe("asyncify");
    expect(chooseDevice("wasm", laptop).build).toBe("wasm");
  });

  it("names a WebGPU adapter that does not name itself", () => {
    expect(chooseDevice("auto", { ...laptop, adapterTitle: "" }).title).toBe("WebGPU (GPU)");
  });

  it.each([
    [1, true, 1],
    [2, true, 2],
    [3, true, 2],
    [4, true, 2],
    [8, true, 4],
    [16, true, 8],
    [64, true, 8],
    [1, false, 1],
    [16, false, 1],
  ])("with %i processors, isolated %s: %i threads", (processors, isolated, threads) => {
    expect(chooseDevice("wasm", { ...laptop, processors, isolated }).threads).toBe(threads);
  });

  it("says why there is one thread only", () => {
    const plan = chooseDevice("auto", { ...withoutGpu, isolated: false });
    expect(plan).toMatchObject({
      title: "WASM, 1 thread",
      reason: expect.stringContaining("not cross-origin isolated"),
    });
    expect(chooseDevice("auto", withFallback).reason).toContain("software");
  });
});
