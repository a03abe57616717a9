import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readGraph } from "../graph/read";
import { openNetwork } from "../load/network";
import { nodeRuntime } from "../load/runtime.fixture";
import { Convnet } from "./convnet";
import { planConvnet } from "./convnet-plan";

const bytesOf = (path: string) => Uint8Array.from(readFileSync(join(import.meta.dirname, "../../..", path)));
const shipped = bytesOf("public/models/efficientnet-lite0/onnx/model.onnx");
const tiny = (name: string, file = "model.onnx") => bytesOf(`e2e/fixtures/hub/tiny/${name}/onnx/${file}`);

/** A picture of waves and steps, so that no two places look alike. */
function picture(size: number, phase: number): Float32Array {
  return Float32Array.from({ length: 3 * size * size }, (_, i) => Math.sin(i / 7 + phase) + (i % 13) / 13);
}

describe("Convnet", () => {
  it("computes the shipped image encoder as onnxruntime does", async () => {
    const size = 224;
    const outputs = ["features", "logits"];
    const plan = planConvnet(shipped, readGraph(shipped), outputs, size);
    const convnet = plan && Convnet.open(plan);
    if (!convnet) throw new Error("the shipped network has steps that the kernel does not have");
    const runtime = await nodeRuntime();
    const network = openNetwork(runtime, { graph: shipped.slice(), external: [] });
    await network.give(outputs);
    for (const phase of [0, 1]) {
      const given = picture(size, phase);
      const tensor = new runtime.Tensor("float32", given, [1, 3, size, size]);
      const expected = await network.run(() => tensor, outputs);
      const found = convnet.run(given);
      for (const name of outputs) {
        const { data } = expected.get(name) ?? { data: new Float32Array() };
        const scale = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        expect(data.length).toBeGreaterThan(0);
        expect(found.get(name)).toHaveLength(data.length);
        // Float32 sums of a thousand products in another order.
        const farthest = data.reduce(
          (most, value, i) => Math.max(most, Math.abs(value - (found.get(name)?.[i] ?? Number.NaN))),
          0,
        );
        expect(farthest).toBeLessThan(2e-5 * scale);
      }
    }
  });
});

describe("planConvnet", () => {
  it("reads no more than the wanted vector needs", () => {
    const steps = (outputs: string[]) => planConvnet(shipped, readGraph(shipped), outputs, 224)?.steps.length;
    expect(steps(["features"])).toBe(50);
    expect(steps(["features", "logits"])).toBe(51);
  });

  it("leaves maps, and networks with other steps, to onnxruntime", () => {
    expect(planConvnet(shipped, readGraph(shipped), ["block_3_output"], 224)).toBeUndefined();
    expect(planConvnet(shipped, readGraph(shipped), ["no such tensor"], 224)).toBeUndefined();
    for (const file of [tiny("resnet"), tiny("vit"), tiny("clip", "vision_model.onnx")]) {
      const graph = readGraph(file);
      const outputs = graph.outputs.map(({ name }) => name);
      expect(planConvnet(file, graph, outputs, 32)).toBeUndefined();
    }
  });
});
