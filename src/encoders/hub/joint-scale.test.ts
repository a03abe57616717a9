import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cosine } from "../../core/vectors";
import { readScale } from "./joint-scale";
import { resolveModel } from "./resolve";

const folder = join(import.meta.dirname, "../../../e2e/fixtures/hub/tiny");
const bytes = (path: string) => Uint8Array.from(readFileSync(join(folder, path)));
const file = (path: string) => new File([bytes(path)], path.split("/").at(-1) ?? path);

async function jointOf(model: string, names: readonly string[]) {
  const files = names.map((name) => file(`${model}/${name}`));
  const found = await resolveModel({ from: "files", name: model, files });
  return { joint: found.joint, assumptions: found.text?.assumptions ?? [] };
}

const towers = ["config.json", "tokenizer.json", "tokenizer_config.json", "preprocessor_config.json"].concat([
  "onnx/text_model.onnx",
  "onnx/vision_model.onnx",
]);

describe("the scale of a two-tower model", () => {
  it("is read out of the file of both towers, and gives PyTorch's probabilities", async () => {
    const { joint, assumptions } = await jointOf("siglip", [...towers, "onnx/model.onnx"]);
    expect(joint?.activation).toBe("sigmoid");
    expect(joint?.logitScale).toBeCloseTo(Math.exp(4.7), 3);
    expect(joint?.logitBias).toBeCloseTo(-12.9, 5);
    expect(assumptions.join(" ")).not.toMatch(/scale/);

    const reference = JSON.parse(readFileSync(join(folder, "siglip/reference.json"), "utf8"));
    const { buffer, byteOffset, length } = readFileSync(join(folder, "siglip/reference.f32"));
    const numbers = new Float32Array(buffer.slice(byteOffset, byteOffset + length));
    const vectors = (tower: "text" | "image") =>
      reference[tower].vectors.map(({ offset, shape }: { offset: number; shape: number[] }) =>
        numbers.subarray(offset, offset + shape[0]),
      );
    const { logitScale, logitBias } = joint ?? { logitScale: 0, logitBias: 0 };
    vectors("image").forEach((image: Float32Array, row: number) => {
      vectors("text").forEach((text: Float32Array, column: number) => {
        const logit = cosine(image, text) * logitScale + logitBias;
        expect(1 / (1 + Math.exp(-logit))).toBeCloseTo(reference.probabilities[row][column], 4);
      });
    });
  });

  it("is what such models have where that file is missing, and says so", async () => {
    const { joint, assumptions } = await jointOf("siglip", towers);
    expect(joint).toEqual({ logitScale: 117, logitBias: -12.9, activation: "sigmoid" });
    expect(assumptions.join(" ")).toMatch(/scale/);
    expect((await jointOf("clip", towers)).joint?.logitScale).toBe(100);
  });

  it("is found with the beginning and the end of the file alone", () => {
    const whole = bytes("siglip/onnx/model.onnx");
    const parts = (head: number) => [whole.slice(0, head), whole.slice(-4096)] as const;
    const [head, tail] = parts(190_000);
    expect(readScale(head, whole.length, [head, tail])?.logitBias).toBeCloseTo(-12.9, 5);
    const [short, end] = parts(10_000);
    expect(readScale(short, whole.length, [short, end])).toBeUndefined();
    expect(readScale(Uint8Array.of(1, 2, 3), 3, [])).toBeUndefined();
  });
});
