import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { naturalTap } from "../reading";
import { NetworkWriter } from "./network.fixture";
import { readGraph } from "./read";
import { listTaps } from "./taps";

const models = join(import.meta.dirname, "../../../public/models");

function shippedTaps(id: string, modality: "text" | "image", size?: number) {
  const taps = listTaps(readGraph(readFileSync(join(models, id, "onnx/model.onnx"))), modality, { size });
  const card = JSON.parse(readFileSync(join(models, id, "card.json"), "utf8"));
  return { taps, named: card.taps as { name: string; shape: (number | string)[] }[] };
}

const brief = (bytes: Uint8Array, modality: "text" | "image", size?: number) =>
  listTaps(readGraph(bytes), modality, { size }).map(
    ({ name, title, kind }) => `${name} | ${title} | ${kind}`,
  );

/** A layer norm, written out in steps as exporters did before opset 17. */
function writtenNorm(network: NetworkWriter, x: string, width: number, output?: string): string {
  const centred = network.node("Sub", [x, network.node("ReduceMean", [x])]);
  const square = network.node("Pow", [centred, network.weight(1)]);
  const variance = network.node("Add", [network.node("ReduceMean", [square]), network.weight(1)]);
  const unit = network.node("Div", [centred, network.node("Sqrt", [variance])]);
  const scaled = network.node("Mul", [unit, network.weight(width)]);
  return network.node("Add", [scaled, network.weight(width)], { output });
}

function linear(network: NetworkWriter, x: string, from: number, to: number): string {
  return network.node("Add", [network.node("MatMul", [x, network.weight(from, to)]), network.weight(to)]);
}

function attention(network: NetworkWriter, x: string, width: number): string {
  const scores = network.node("MatMul", [
    linear(network, x, width, width),
    network.node("Transpose", [linear(network, x, width, width)]),
  ]);
  const shares = network.node("Softmax", [network.node("Add", [scores, "mask"])]);
  return linear(network, network.node("MatMul", [shares, linear(network, x, width, width)]), width, width);
}

/** GELU in its tanh form: it adds x to what was computed from x, and is no block. */
function tanhGelu(network: NetworkWriter, x: string): string {
  const cube = network.node("Mul", [network.node("Pow", [x, network.weight(1)]), network.weight(1)]);
  const inner = network.node("Tanh", [
    network.node("Mul", [network.node("Add", [x, cube]), network.weight(1)]),
  ]);
  return network.node("Mul", [x, network.node("Add", [inner, network.weight(1)])]);
}

function feedForward(network: NetworkWriter, x: string, width: number): string {
  return linear(network, tanhGelu(network, linear(network, x, width, 4 * width)), 4 * width, width);
}

describe("listTaps", () => {
  it("finds what MiniLM's card names, by structure alone", () => {
    const { taps, named } = shippedTaps("all-minilm-l6-v2", "text");
    expect(taps.map(({ name }) => name)).toEqual(named.map(({ name }) => name));
    expect(taps.map(({ title }) => title)).toEqual([
      "Token embeddings",
      ...[1, 2, 3, 4, 5].map((block) => `Block ${block} output`),
      "Block 6 output (last hidden state)",
    ]);
    expect(taps.every(({ kind, shape }) => kind === "tokens" && shape[2] === 384)).toBe(true);
    expect(taps.map(({ depth }) => depth)).toEqual([0, 1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6, 1]);
  });

  it("finds what EfficientNet's card names, with the sizes of its maps", () => {
    const { taps, named } = shippedTaps("efficientnet-lite0", "image", 224);
    expect(taps.map(({ name, shape }) => ({ name, shape }))).toEqual(
      named.map(({ name, shape }) => ({ name, shape })),
    );
    expect(taps.map(({ kind }) => kind)).toEqual([...Array(18).fill("map"), "vector", "logits"]);
    expect(taps.at(-2)?.title).toBe("Penultimate layer, pooled");
  });

  it("reads a BERT whose norms are written out: a block's output is its norm", () => {
    const network = new NetworkWriter();
    const ids = network.input("input_ids", 7, ["batch", "sequence"]);
    network.input("mask", 1, ["batch", 1, 1, "sequence"]);
    const words = network.node("Gather", [network.weight(9, 8), ids]);
    let x = writtenNorm(network, network.node("Add", [words, network.weight(4, 8)]), 8, "embedded");
    for (let block = 0; block < 2; block++) {
      const attended = network.node("Add", [attention(network, x, 8), x]);
      const middle = writtenNorm(network, attended, 8);
      const sum = network.node("Add", [feedForward(network, middle, 8), middle]);
      x = writtenNorm(network, sum, 8, `block_${block}`);
    }
    expect(brief(network.finish("block_1"), "text")).toEqual([
      "embedded | Token embeddings | tokens",
      "block_0 | Block 1 output | tokens",
      "block_1 | Block 2 output | tokens",
    ]);
  });

  it("reads a ViT: a block's output is its sum; the last norm, the pooled token and the logits follow", () => {
    const network = new NetworkWriter();
    network.input("pixel_values", 1, ["batch", 3, 32, 32]);
    const options = { numbers: { kernel_shape: [8, 8], strides: [8, 8] } };
    const patches = network.node("Conv", ["pixel_values", network.weight(8, 3, 8, 8)], options);
    const rows = network.node("Transpose", [network.node("Reshape", [patches, network.weight(3)])]);
    const tokens = network.node("Concat", [network.weight(1, 1, 8), rows]);
    let x = network.node("Add", [tokens, network.weight(1, 17, 8)], { output: "embedded" });
    for (let block = 0; block < 2; block++) {
      const norm = network.node("LayerNormalization", [x, network.weight(8), network.weight(8)]);
      const middle = network.node("Add", [attention(network, norm, 8), x]);
      const second = network.node("LayerNormalization", [middle, network.weight(8), network.weight(8)]);
      x = network.node("Add", [feedForward(network, second, 8), middle], { output: `block_${block}` });
    }
    const last = network.node("LayerNormalization", [x, network.weight(8), network.weight(8)], {
      output: "normed",
    });
    const pooled = network.node("Gather", [last, network.weight(1)], {
      output: "cls",
      numbers: { axis: [1] },
    });
    network.node("Gemm", [pooled, network.weight(8, 10), network.weight(10)], { output: "logits" });
    expect(brief(network.finish("logits"), "image", 32)).toEqual([
      "embedded | Patch embeddings | tokens",
      "block_0 | Block 1 output | tokens",
      "block_1 | Block 2 output | tokens",
      "normed | Last hidden state | tokens",
      "cls | Penultimate layer, pooled | vector",
      "logits | Logits | logits",
    ]);
  });

  it("reads fused nodes: the sum where the file keeps it, else what it has", () => {
    const network = new NetworkWriter();
    const ids = network.input("input_ids", 7, ["batch", "sequence"]);
    const weights = [network.weight(9, 8), "", "", "", network.weight(8)];
    let x = network.node("EmbedLayerNormalization", [ids, ...weights], { output: "embedded" });
    const norm = (sum: readonly string[], output: string) =>
      network.node("SkipLayerNormalization", [...sum, network.weight(8), network.weight(8)], { output });
    for (let block = 0; block < 2; block++) {
      const attended = network.node("Attention", [x, network.weight(8, 24), network.weight(24)]);
      const middle = norm([linear(network, attended, 8, 8), x], `middle_${block}`);
      x = norm([feedForward(network, middle, 8), middle], `block_${block}`);
    }
    expect(brief(network.finish("block_1"), "text")).toEqual([
      "embedded | Token embeddings | tokens",
      "block_0 | Block 1 output | tokens",
      "block_1 | Block 2 output | tokens",
    ]);
  });

  it("reads a ResNet: blocks end behind the activation of their sum, be the skip projected or not", () => {
    const network = new NetworkWriter();
    network.input("pixel_values", 1, ["batch", 3, 32, 32]);
    const conv = (x: string, from: number, to: number, stride = 1) =>
      network.node("Conv", [x, network.weight(to, from, 3, 3), network.weight(to)], {
        numbers: { kernel_shape: [3, 3], strides: [stride, stride], pads: [1, 1, 1, 1] },
      });
    const stem = network.node("Relu", [conv("pixel_values", 3, 4, 2)], { output: "stem" });
    const inner = conv(network.node("Relu", [conv(stem, 4, 4)]), 4, 4);
    const first = network.node("Relu", [network.node("Add", [inner, stem])], { output: "first" });
    const branch = conv(network.node("Relu", [conv(first, 4, 8, 2)]), 8, 8);
    const sum = network.node("Add", [branch, conv(first, 4, 8, 2)]);
    const second = network.node("Relu", [sum], { output: "second" });
    const pooled = network.node("Flatten", [network.node("GlobalAveragePool", [second])], {
      output: "pooled",
    });
    network.node("Gemm", [pooled, network.weight(8, 10), network.weight(10)], { output: "scores" });
    const taps = listTaps(readGraph(network.finish("scores")), "image", { size: 32 });
    expect(taps.map(({ name, title, shape }) => [name, title, shape.join("×")])).toEqual([
      ["stem", "Stem output", "batch×4×16×16"],
      ["first", "Block 1 output", "batch×4×16×16"],
      ["second", "Block 2 output", "batch×8×8×8"],
      ["pooled", "Penultimate layer, pooled", "batch×8"],
      ["scores", "Logits", "batch×10"],
    ]);
  });

  it("takes a language model's scores for what they are: logits of each token, and nothing pooled before", () => {
    const bytes = readFileSync(
      join(import.meta.dirname, "../../../e2e/fixtures/hub/tiny/distilbert-cased/onnx/model.onnx"),
    );
    const taps = listTaps(readGraph(bytes), "text");
    expect(taps.filter(({ kind }) => kind === "vector")).toEqual([]);
    expect(taps.at(-1)).toMatchObject({ name: "logits", kind: "logits", shape: ["batch", "tokens", 145] });
    expect(naturalTap(taps, "text").title).toBe("Block 3 output");
  });

  it("goes by the numbers in names where the structure says nothing", () => {
    const network = new NetworkWriter();
    const ids = network.input("input_ids", 7, ["batch", "sequence"]);
    let x = network.node("Gather", [network.weight(9, 8), ids]);
    for (let layer = 0; layer < 3; layer++) {
      const inner = network.node("MatMul", [x, network.weight(8, 8)], {
        name: `/encoder/layer.${layer}/MatMul`,
      });
      x = network.node("Tanh", [inner], { name: `/encoder/layer.${layer}/Tanh`, output: `after_${layer}` });
    }
    network.node("ReduceMean", [x], { output: "sentence_embedding" });
    expect(brief(network.finish("sentence_embedding"), "text")).toEqual([
      "after_0 | Block 1 output | tokens",
      "after_1 | Block 2 output | tokens",
      "after_2 | Block 3 output | tokens",
      "sentence_embedding | Sentence embedding | vector",
    ]);
  });

  it("reads MobileNet's blocks, which end with a convolution that no activation follows", () => {
    const network = new NetworkWriter();
    network.input("pixel_values", 1, ["batch", 3, 32, 32]);
    const conv = (x: string, from: number, to: number, output?: string, group = 1) =>
      network.node("Conv", [x, network.weight(to, from / group, 1, 1), network.weight(to)], {
        numbers: { kernel_shape: [1, 1], group: [group] },
        output,
      });
    const swish = (x: string, output?: string) =>
      network.node("Mul", [x, network.node("Sigmoid", [x])], { output });
    let x = swish(conv("pixel_values", 3, 4), "stem");
    for (let block = 0; block < 2; block++) {
      const wide = swish(conv(swish(conv(x, 4, 8)), 8, 8, undefined, 8));
      x = conv(wide, 8, 4, `block_${block}`);
    }
    const head = swish(conv(x, 4, 16), "head");
    network.node("GlobalAveragePool", [head], { output: "pooled" });
    expect(brief(network.finish("pooled"), "image", 32)).toEqual([
      "stem | Stem output | map",
      "block_0 | Block 1 output | map",
      "block_1 | Block 2 output | map",
      "head | Head output | map",
      "pooled | Output “pooled” | vector",
    ]);
  });

  it("keeps the towers of a network with two inputs apart", () => {
    const network = new NetworkWriter();
    const ids = network.input("input_ids", 7, ["batch", "sequence"]);
    network.input("pixel_values", 1, ["batch", 3, 32, 32]);
    const words = network.node("Gather", [network.weight(9, 8), ids], { output: "words" });
    const pixels = network.node("Conv", ["pixel_values", network.weight(8, 3, 8, 8)]);
    network.node("MatMul", [words, network.weight(8, 6)], { output: "text_embeds" });
    network.node("MatMul", [network.node("Flatten", [pixels]), network.weight(8, 6)], {
      output: "image_embeds",
    });
    network.node("MatMul", ["text_embeds", "image_embeds"], { output: "logits_per_text" });
    const bytes = network.finish("text_embeds", "image_embeds", "logits_per_text");
    expect(brief(bytes, "text").join()).not.toMatch(/image|per_text/);
    expect(brief(bytes, "image").join()).not.toMatch(/text|words/);
  });
});
