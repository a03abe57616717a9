import { expect, it } from "vitest";
import { type ErrorName, NamedError } from "../../core/errors";
import { startRuntime } from "./runtime";

const start = (kind: "webgpu" | "wasm", name: ErrorName) => {
  const missing = new NamedError(name, "ort/runtime.wasm is not there.");
  const build = kind === "webgpu" ? "asyncify" : "wasm";
  return startRuntime({ kind, threads: 1, build }, "https://example.org/ort/", Promise.reject(missing));
};

it.each(["ModelNotFound", "ModelCorrupt"] as const)(
  "lays a runtime that ends in %s to WebGPU's charge, so that WASM is tried",
  async (name) => {
    await expect(start("webgpu", name)).rejects.toMatchObject({
      name: "EncoderFailed",
      message: "The WebGPU runtime could not be had: ort/runtime.wasm is not there.",
      advice: "Choose WASM as the device, or retry.",
    });
  },
);

it.each([
  ["webgpu", "NetworkFailed"],
  ["webgpu", "Cancelled"],
  ["wasm", "ModelNotFound"],
] as const)("leaves what another device would meet too as it is: %s, %s", async (kind, name) => {
  await expect(start(kind, name)).rejects.toMatchObject({ name });
});
