import { describe, expect, it } from "vitest";
import { NamedError } from "../../core/errors";
import type { DeviceFacts, DevicePlan } from "./device";
import { openOnBestDevice } from "./open-model";

const facts: DeviceFacts = {
  adapter: "real",
  adapterTitle: "",
  stackSwitching: true,
  isolated: true,
  processors: 4,
  shaderF16: true,
  largestBuffer: 2 ** 31,
};

/** A model whose WebGPU attempts end as told, and which remembers what was opened and closed. */
function model(onWebGpu: number | Error) {
  const log: string[] = [];
  const attempt = async ({ kind }: DevicePlan) => {
    log.push(`open ${kind}`);
    const outcome = kind === "webgpu" ? onWebGpu : 1;
    if (outcome instanceof Error) throw outcome;
    const parity = { probes: 1, cosine: outcome, matches: outcome > 0.99 };
    return { check: async () => parity, close: () => log.push(`close ${kind}`) };
  };
  return { log, attempt };
}

describe("openOnBestDevice", () => {
  it("stays on WebGPU when its vectors match", async () => {
    const { log, attempt } = model(0.9999);
    const { device } = await openOnBestDevice("auto", facts, attempt);
    expect(device.kind).toBe("webgpu");
    expect(log).toEqual(["open webgpu"]);
  });

  it("gives wrong vectors up for WASM under auto, and says why", async () => {
    const { log, attempt } = model(0.12);
    const { device, opened } = await openOnBestDevice("auto", facts, attempt);
    expect(device).toMatchObject({
      kind: "wasm",
      reason: "WebGPU gave vectors that differ from the reference (cosine 0.120), so WASM is used.",
    });
    expect((await opened.check()).matches).toBe(true);
    expect(log).toEqual(["open webgpu", "close webgpu", "open wasm"]);
  });

  it("keeps wrong vectors, marked as such, when WebGPU was asked for by name", async () => {
    const { log, attempt } = model(0.12);
    const { opened } = await openOnBestDevice("webgpu", facts, attempt);
    expect((await opened.check()).matches).toBe(false);
    expect(log).toEqual(["open webgpu"]);
  });

  it("falls back when WebGPU does not start", async () => {
    const { attempt } = model(
      new NamedError("EncoderFailed", "The WebGPU runtime did not start: no shader."),
    );
    const { device } = await openOnBestDevice("auto", facts, attempt);
    expect(device.reason).toBe(
      "WebGPU did not work (The WebGPU runtime did not start: no shader), so WASM is used.",
    );
  });

  it.each(["ModelCorrupt", "ModelNotFound", "NetworkFailed", "Cancelled"] as const)(
    "does not try another device after %s",
    async (name) => {
      const { log, attempt } = model(new NamedError(name, "No."));
      await expect(openOnBestDevice("auto", facts, attempt)).rejects.toMatchObject({ name });
      expect(log).toEqual(["open webgpu"]);
    },
  );

  it("does not fall back from WebGPU that was asked for by name", async () => {
    const { attempt } = model(new NamedError("DeviceLost", "Lost."));
    await expect(openOnBestDevice("webgpu", facts, attempt)).rejects.toMatchObject({ name: "DeviceLost" });
  });
});
