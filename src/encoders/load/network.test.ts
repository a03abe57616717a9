import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { listTaps } from "../graph/taps";
import { KEPT_FOR, type Network, openNetwork } from "./network";
import { nodeRuntime } from "./runtime.fixture";

const file = join(import.meta.dirname, "../../../e2e/fixtures/hub/tiny/bge/onnx/model.onnx");
const bytes = () => Uint8Array.from(readFileSync(file));

describe("openNetwork", () => {
  let network: Network;
  let feed: Parameters<Network["run"]>[0];
  const last = "last_hidden_state";
  const first = ({ graph }: Network) => listTaps(graph, "text")[0].name;

  beforeAll(async () => {
    const runtime = await nodeRuntime();
    network = openNetwork(runtime, { graph: bytes(), external: [] });
    const values = { input_ids: [2n, 74n, 3n], attention_mask: [1n, 1n, 1n], token_type_ids: [0n, 0n, 0n] };
    feed = ({ name }) =>
      new runtime.Tensor("int64", BigInt64Array.from(values[name as keyof typeof values]), [1, 3]);
  });

  it("feeds a part what it needs alone, and lets another take its place", async () => {
    await network.give([last]);
    expect(network.inputs.map(({ name }) => name)).toContain("attention_mask");
    const whole = (await network.run(feed, [last])).get(last);
    expect(whole?.shape).toEqual([1, 3, 16]);
    await network.give([first(network)]);
    expect(network.inputs.map(({ name }) => name)).not.toContain("attention_mask");
    await expect(network.run(feed, [last])).rejects.toMatchObject({ name: "EncoderFailed" });
    await network.give([first(network), last]);
    expect((await network.run(feed, [last])).get(last)?.data).toEqual(whole?.data);
  });

  it("runs another part aside, and goes on as before", async () => {
    await network.give([last]);
    const name = first(network);
    const shape = await network.aside(
      [name],
      async (part) => (await part.run(feed, [name])).get(name)?.shape,
    );
    expect(shape).toEqual([1, 3, 16]);
    expect((await network.run(feed, [last])).get(last)?.shape).toEqual([1, 3, 16]);
  });

  it("puts out more layers for a job, and no longer once nobody has asked for a while", async () => {
    await network.give([last]);
    const name = first(network);
    vi.useFakeTimers();
    try {
      const job = async () => (await network.run(feed, [name, last])).get(name)?.shape;
      expect(await network.widened([name], job)).toEqual([1, 3, 16]);
      await vi.advanceTimersByTimeAsync(KEPT_FOR - 1);
      expect(await network.widened([name], job)).toEqual([1, 3, 16]);
      await vi.advanceTimersByTimeAsync(KEPT_FOR - 1);
      expect((await network.run(feed, [name])).has(name)).toBe(true);
      await vi.advanceTimersByTimeAsync(1);
      await expect(network.run(feed, [name])).rejects.toMatchObject({ name: "EncoderFailed" });
      expect((await network.run(feed, [last])).get(last)?.shape).toEqual([1, 3, 16]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("keeps what it has when a part can't be had", async () => {
    await network.give([last]);
    await expect(network.give(["nothing"])).rejects.toMatchObject({ name: "UnknownTap" });
    expect((await network.run(feed, [last])).get(last)?.shape).toEqual([1, 3, 16]);
  });

  it("names a file that is no network", async () => {
    const runtime = await nodeRuntime();
    const page = new TextEncoder().encode("<!doctype html>");
    expect(() => openNetwork(runtime, { graph: page, external: [] })).toThrow(
      expect.objectContaining({ name: "ModelCorrupt" }),
    );
  });
});
