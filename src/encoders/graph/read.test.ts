import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reportError } from "../../core/errors";
import { NetworkWriter } from "./network.fixture";
import { readGraph } from "./read";

const models = join(import.meta.dirname, "../../../public/models");
const minilm = readFileSync(join(models, "all-minilm-l6-v2/onnx/model.onnx"));

/** Reads bytes that may be nonsense: anything but a named error is a failure. */
function read(bytes: Uint8Array): "read" | "refused" {
  try {
    readGraph(bytes);
    return "read";
  } catch (error) {
    expect(reportError(error).name).toBe("ModelCorrupt");
    return "refused";
  }
}

describe("readGraph", () => {
  it("reads what MiniLM's file says, without its weights", () => {
    const { nodes, inputs, outputs, initialisers } = readGraph(minilm);
    expect(inputs).toMatchObject([
      { name: "input_ids", type: 7, shape: ["batch", "sequence"] },
      { name: "attention_mask" },
      { name: "token_type_ids" },
    ]);
    expect(outputs).toMatchObject([
      { name: "last_hidden_state", type: 1, shape: ["batch", "sequence", 384] },
    ]);
    expect(nodes.filter(({ op }) => op === "Softmax")).toHaveLength(6);
    expect(initialisers.get("model.embeddings.word_embeddings.weight_int8")).toMatchObject({
      type: 3,
      shape: [30_522, 384],
    });
  });

  it("is done with 100 MB in a moment", () => {
    const large = new Uint8Array(100_000_000);
    // One weight of 99 MB in front of the graph's first node: dims, type, name and raw data.
    const network = new NetworkWriter();
    network.node("Relu", ["x"], { output: "y" });
    const small = network.finish("y");
    const weight = Uint8Array.of(0x3a, ...varint(99_000_013), 0x2a, ...varint(99_000_008), 0x42, 1, 119);
    large.set(small);
    large.set(weight, small.length);
    large.set(Uint8Array.of(0x4a, ...varint(99_000_000)), small.length + weight.length);
    const bytes = large.subarray(0, small.length + weight.length + 5 + 99_000_000);
    const start = performance.now();
    expect(readGraph(bytes).initialisers.get("w")).toBeDefined();
    expect(performance.now() - start).toBeLessThan(200);
  });

  it("names what the bodies of If and Loop take from outside", () => {
    const inner = new NetworkWriter();
    inner.node("Add", ["outer", inner.node("Relu", ["other"])], { output: "sum" });
    const network = new NetworkWriter();
    network.node("If", ["condition"], { output: "chosen", body: inner.body("sum", "handed_on") });
    const [node] = readGraph(network.finish("chosen")).nodes;
    expect(node.inputs).toEqual(["condition"]);
    expect([...node.captured].sort()).toEqual(["handed_on", "other", "outer"]);
  });

  it("refuses bodies inside each other without end", () => {
    let body = new NetworkWriter().body("x");
    for (let depth = 0; depth < 40; depth++) {
      const outer = new NetworkWriter();
      outer.node("If", ["condition"], { output: "x", body });
      body = outer.body("x");
    }
    const network = new NetworkWriter();
    network.node("If", ["condition"], { output: "x", body });
    expect(read(network.finish("x"))).toBe("refused");
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["a web page", new TextEncoder().encode("<!doctype html><title>Not found</title>")],
    [
      "a Git LFS pointer",
      new TextEncoder().encode("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"),
    ],
    ["JSON", new TextEncoder().encode('{"model_type":"bert"}')],
    ["a model without a graph", Uint8Array.of(0x08, 8)],
    ["a length beyond the end", Uint8Array.of(0x3a, 0xff, 0xff, 0xff, 0xff, 0x7f)],
    ["a number without an end", new Uint8Array(32).fill(0xff)],
  ])("refuses %s by name", (_, bytes) => {
    expect(read(bytes)).toBe("refused");
  });

  it("takes any random bytes for what they are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        read(bytes);
      }),
      { numRuns: 3000 },
    );
  });

  it("refuses a file that was cut, wherever it was", () => {
    const network = new NetworkWriter();
    const x = network.input("input_ids", 7, ["batch", "tokens"]);
    network.node("Gather", [network.weight(4, 3), x], { output: "y", numbers: { axis: [0] } });
    const whole = network.finish("y");
    // The last field is the operator set: without it the graph is whole.
    for (let length = 0; length < whole.length - 4; length++) {
      expect(read(whole.subarray(0, length)), String(length)).toBe("refused");
    }
    expect(read(whole)).toBe("read");
  });

  it("survives any byte being another", () => {
    const network = new NetworkWriter();
    const x = network.input("input_ids", 7, ["batch", "tokens"]);
    network.node("Gather", [network.weight(4, 3), x], { output: "y", numbers: { axis: [0] } });
    const whole = network.finish("y");
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (place, byte) => {
        const altered = whole.slice();
        altered[place] = byte;
        read(altered);
      }),
      { numRuns: 3000 },
    );
  });

  it("survives MiniLM's own bytes, cut and altered", () => {
    fc.assert(
      fc.property(fc.nat(minilm.length), fc.nat(255), (place, byte) => {
        read(minilm.subarray(0, place));
        const altered = minilm.slice(0, 40_000);
        altered[place % altered.length] = byte;
        read(altered);
      }),
      { numRuns: 60 },
    );
  });
});

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return [...bytes, rest];
}
