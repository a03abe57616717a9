import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readGraph } from "../graph/read";
import { openNetwork } from "../load/network";
import { nodeRuntime } from "../load/runtime.fixture";
import { Bert } from "./bert";
import { planBert } from "./bert-plan";

const bytesOf = (path: string) => Uint8Array.from(readFileSync(join(import.meta.dirname, "../../..", path)));
const shipped = bytesOf("public/models/all-minilm-l6-v2/onnx/model.onnx");
const tiny = (name: string, file = "model.onnx") => bytesOf(`e2e/fixtures/hub/tiny/${name}/onnx/${file}`);

/** Texts of many lengths, one of them a single token, none of them padded. */
const lengths = [1, 3, 4, 5, 17, 32, 40];
const texts = (words: number) =>
  lengths.map((length) => Array.from({ length }, (_, i) => (i * 37 + length) % words));

async function farthest(file: Uint8Array<ArrayBuffer>, words: number, output: string): Promise<number> {
  const plan = planBert(file, readGraph(file), output);
  const bert = plan && Bert.open(plan);
  if (!bert) throw new Error("the network is not understood");
  const runtime = await nodeRuntime();
  const network = openNetwork(runtime, { graph: file.slice(), external: [] });
  await network.give([output]);
  const given = texts(words);
  const found = bert.run(given);
  let at = 0;
  let most = 0;
  for (const ids of given) {
    const shape = [1, ids.length];
    const values = (name: string) =>
      BigInt64Array.from(ids, (id) =>
        name === "input_ids" ? BigInt(id) : name === "attention_mask" ? 1n : 0n,
      );
    const feed = ({ name }: { readonly name: string }) => new runtime.Tensor("int64", values(name), shape);
    const { data } = (await network.run(feed, [output])).get(output) ?? { data: new Float32Array() };
    expect(data.length).toBe(ids.length * plan.width);
    for (const value of data) most = Math.max(most, Math.abs(value - found[at++]));
  }
  expect(at).toBe(found.length);
  return most;
}

describe("Bert", () => {
  it("computes the shipped text encoder as onnxruntime does, in eight bits", async () => {
    expect(await farthest(shipped, 30_000, "last_hidden_state")).toBeLessThan(2e-5);
  });

  it("computes a network of full precision, whatever its width", async () => {
    expect(await farthest(tiny("minilm"), 80, "last_hidden_state")).toBeLessThan(1e-5);
  });
});

describe("planBert", () => {
  it("reads no more blocks than the wanted layer needs", () => {
    const blocks = (output: string) => planBert(shipped, readGraph(shipped), output)?.blocks.length;
    expect(blocks("layer_2_output")).toBe(3);
    expect(blocks("layer_2_attention_output")).toBeUndefined();
  });

  it("leaves networks of another form to onnxruntime", () => {
    for (const name of ["distilbert-cased", "roberta", "multilingual-e5", "zero-word"]) {
      const file = tiny(name);
      const graph = readGraph(file);
      expect(planBert(file, graph, graph.outputs[0].name), name).toBeUndefined();
    }
  });
});
