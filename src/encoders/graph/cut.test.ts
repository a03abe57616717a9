import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tapModel } from "./cut";
import { NetworkWriter } from "./network.fixture";
import { readGraph } from "./read";

const minilm = readFileSync(
  join(import.meta.dirname, "../../../public/models/all-minilm-l6-v2/onnx/model.onnx"),
);

describe("tapModel", () => {
  const graph = readGraph(minilm);

  it("leaves out what is not needed", () => {
    const early = tapModel(minilm, graph, ["layer_1_output"]);
    const cut = readGraph(early);
    expect(cut.outputs.map(({ name }) => name)).toEqual(["layer_1_output"]);
    expect(cut.nodes.filter(({ op }) => op === "Softmax")).toHaveLength(2);
    expect(early.length).toBeLessThan(0.75 * minilm.length);
    const inputs = readGraph(tapModel(minilm, graph, ["embeddings_output"])).inputs;
    expect(inputs.map(({ name }) => name)).toEqual(["input_ids", "token_type_ids"]);
  });

  it("keeps the declared type of an output, and gives several", () => {
    const cut = readGraph(tapModel(minilm, graph, ["embeddings_output", "last_hidden_state"]));
    expect(cut.outputs).toMatchObject([
      { name: "embeddings_output", type: 0 },
      { name: "last_hidden_state", type: 1, shape: ["batch", "sequence", 384] },
    ]);
    expect(cut.nodes).toHaveLength(graph.nodes.length);
  });

  it("keeps what the bodies of If and Loop need", () => {
    const inner = new NetworkWriter();
    inner.node("Neg", ["outer"], { output: "negative" });
    const network = new NetworkWriter();
    network.node("Abs", ["x"], { output: "outer" });
    network.node("Exp", ["x"], { output: "unneeded" });
    network.node("If", ["condition"], { output: "chosen", body: inner.body("negative") });
    const bytes = network.finish("chosen", "unneeded");
    const cut = readGraph(tapModel(bytes, readGraph(bytes), ["chosen"]));
    expect(cut.nodes.map(({ op }) => op)).toEqual(["Abs", "If"]);
  });

  it("names a layer that the model does not have", () => {
    expect(() => tapModel(minilm, graph, ["layer_9_output"])).toThrow(
      expect.objectContaining({ name: "UnknownTap", message: expect.stringContaining("“layer_9_output”") }),
    );
  });
});
