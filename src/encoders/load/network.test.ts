import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { listTaps } from "../graph/taps";
import { fromFloat16, type Network, openNetwork } from "./network";
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

describe("fromFloat16", () => {
  it("knows every kind of number", () => {
    const bits = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0xfc00, 0x8000);
    expect(Array.from(fromFloat16(bits))).toEqual([1, -2, 2 ** -24, 65_504, Infinity, -Infinity, -0]);
    expect(fromFloat16(Uint16Array.of(0x7e00))[0]).toBeNaN();
  });
});
