import { describe, expect, it, vi } from "vitest";
import { NamedError } from "../../core/errors";
import type { EncodeOptions, TextEncoderHandle, TextVector } from "../types";
import { relayText } from "./relay";

const parity = { probes: 4, cosine: 0.9995, matches: true };

/** An encoder that gives the number `value` for each text, and remembers what it was asked. */
function encoder(kind: "wasm" | "webgpu", value: number) {
  const asked: (readonly string[])[] = [];
  const close = vi.fn();
  const handle = {
    card: { id: "a" },
    device: { kind, threads: 1, title: kind, reason: `It is ${kind}.` },
    check: async () => parity,
    layers: async () => ({ layers: [], failures: [], by: kind }),
    close,
    async encode(texts: readonly string[], { onResults }: EncodeOptions<TextVector>) {
      asked.push(texts);
      const vector = Float32Array.of(value);
      onResults(
        texts.map((_, index) => ({ index, vector, tokens: 3, truncated: false })),
        [],
      );
    },
  } as unknown as TextEncoderHandle;
  return { handle, asked, close };
}

/** Encodes texts, and gives what each became. */
async function numbers(handle: TextEncoderHandle, texts: readonly string[]): Promise<number[]> {
  const found: number[] = [];
  await handle.encode(texts, {
    onResults(results) {
      for (const { index, vector } of results) found[index] = vector[0];
    },
  });
  return found;
}

const long = Array.from({ length: 100 }, (_, at) => `a sentence about thing number ${at}`);

describe("relayText", () => {
  it("reads the first words on WASM, and goes on on the GPU once it was asked for and is there", async () => {
    const [wasm, gpu] = [encoder("wasm", 1), encoder("webgpu", 2)];
    const open = vi.fn(async () => gpu.handle);
    const relay = relayText(wasm.handle, open);
    expect(await numbers(relay, ["football", "soccer"])).toEqual([1, 1]);
    expect(open).not.toHaveBeenCalled();
    expect(relay.device).toMatchObject({ kind: "wasm", reason: expect.stringContaining("getting ready") });

    expect(await relay.check()).toBe(parity);
    expect(relay.device.kind).toBe("webgpu");
    expect(await numbers(relay, ["footwear"])).toEqual([2]);
    await vi.waitFor(() => expect(wasm.close).toHaveBeenCalled());
    expect(gpu.close).not.toHaveBeenCalled();
    relay.close();
    expect(gpu.close).toHaveBeenCalled();
  });

  it("has many texts, and layers, wait for the GPU", async () => {
    const [wasm, gpu] = [encoder("wasm", 1), encoder("webgpu", 2)];
    const open = vi.fn(async () => gpu.handle);
    const relay = relayText(wasm.handle, open);
    expect(new Set(await numbers(relay, long))).toEqual(new Set([2]));
    expect(await relay.layers(["a"])).toMatchObject({ by: "webgpu" });
    expect(wasm.asked).toEqual([]);
    expect(open).toHaveBeenCalledTimes(1);
  });

  it("lets words that are under way on WASM end before that is put away", async () => {
    const [wasm, gpu] = [encoder("wasm", 1), encoder("webgpu", 2)];
    let go = () => {};
    const slow: TextEncoderHandle = {
      ...wasm.handle,
      async encode(texts, options) {
        await new Promise<void>((resolve) => {
          go = resolve;
        });
        await wasm.handle.encode(texts, options);
      },
    };
    const relay = relayText(slow, async () => {
      // Asked while the GPU was getting ready.
      void late.push(numbers(relay, ["late"]));
      return gpu.handle;
    });
    const late: Promise<number[]>[] = [];
    await relay.check();
    expect(wasm.close).not.toHaveBeenCalled();
    go();
    expect(await late[0]).toEqual([1]);
    await vi.waitFor(() => expect(wasm.close).toHaveBeenCalled());
  });

  it("goes on on WASM, and says why, where the GPU can't be had", async () => {
    const wasm = encoder("wasm", 1);
    const relay = relayText(wasm.handle, async () => {
      throw new NamedError("EncoderFailed", "The WebGPU runtime did not start.");
    });
    expect(await relay.check()).toBe(parity);
    expect(relay.device).toMatchObject({
      kind: "wasm",
      reason: "WebGPU did not work (The WebGPU runtime did not start), so WASM is used.",
    });
    expect(new Set(await numbers(relay, long))).toEqual(new Set([1]));
    expect(wasm.close).not.toHaveBeenCalled();
  });

  it("gives the GPU up when it is closed while that gets ready", async () => {
    const [wasm, gpu] = [encoder("wasm", 1), encoder("webgpu", 2)];
    const relay = relayText(wasm.handle, async (signal) => {
      relay.close();
      expect(signal.aborted).toBe(true);
      return gpu.handle;
    });
    await relay.check();
    expect(wasm.close).toHaveBeenCalled();
    expect(gpu.close).toHaveBeenCalled();
  });
});
