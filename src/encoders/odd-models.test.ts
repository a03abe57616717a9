import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ImageCard, TextCard } from "./card";
import { listTaps } from "./graph/taps";
import { encodeImages } from "./image/encode";
import { openNetwork } from "./load/network";
import { nodeRuntime } from "./load/runtime.fixture";
import { type MeasuredReading, naturalTap } from "./reading";
import { WEBGPU_LIMITS } from "./text/batches";
import { encodeTexts, measureText } from "./text/encode";
import { createTokeniser } from "./text/tokenise";
import type { EncodeFailure } from "./types";

/** Tiny models whose numbers fail (recipes/odd_models.py). */
const folder = join(import.meta.dirname, "../../e2e/fixtures/hub/tiny");
const never = new AbortController().signal;
const json = (path: string) => JSON.parse(readFileSync(join(folder, path), "utf8"));

async function openNumbers(model: string, modality: "text" | "image") {
  const runtime = await nodeRuntime();
  const graph = Uint8Array.from(readFileSync(join(folder, model, "onnx", "model.onnx")));
  const network = openNetwork(runtime, { graph, external: [] });
  const tap = naturalTap(listTaps(network.graph, modality, { size: 32 }), modality);
  await network.give([tap.name]);
  return { runtime, network, tap };
}

async function openTexts(model: string) {
  const { tap, ...opened } = await openNumbers(model, "text");
  const card = { normalise: true, prefix: "", maxLength: 48 } as TextCard;
  const files = {
    tokenizer: json(`${model}/tokenizer.json`),
    config: json(`${model}/tokenizer_config.json`),
  };
  const limits = { ...WEBGPU_LIMITS, fewShapes: false };
  return {
    model: { ...opened, card, tokeniser: createTokeniser(files, card), limits },
    reading: { tap, pooling: "mean", dimension: 16 } as MeasuredReading,
  };
}

async function encode(name: string, texts: readonly string[]) {
  const { model, reading } = await openTexts(name);
  const vectors: Float32Array[] = [];
  const failed: EncodeFailure[] = [];
  await encodeTexts(model, reading, texts, never, ({ indices, vectors: all, failures }) => {
    failed.push(...failures);
    indices.forEach((index, place) => {
      vectors[index] = all.slice(place * 16, (place + 1) * 16);
    });
  });
  return { vectors, failed };
}

describe("numbers that fail", () => {
  it("NaN in one text fails that text, and changes no other of the same batch", async () => {
    const texts = ["football", "the river", "savings bank", "a photo of the river bank", "soccer"];
    const { vectors, failed } = await encode("nan-word", texts);
    expect(failed.map(({ index }) => index)).toEqual([1, 3]);
    expect(failed[0].error).toMatchObject({
      name: "EncoderFailed",
      message: expect.stringMatching(/no usable vector for this text: .* not finite \(NaN or infinite\)\.$/),
      advice: expect.stringContaining("encoder"),
    });
    const sound = await encode("minilm", texts);
    expect(sound.failed).toEqual([]);
    for (const index of [0, 2, 4]) {
      vectors[index].forEach((value, i) => {
        expect(value).toBeCloseTo(sound.vectors[index][i], 5);
      });
    }
  });

  it("an all-zero vector fails its text", async () => {
    const { vectors, failed } = await encode("zero-word", ["football", "日本", "soccer ball"]);
    expect(failed).toMatchObject([
      {
        index: 1,
        error: { name: "EncoderFailed", message: expect.stringMatching(/text: all its numbers are 0\.$/) },
      },
    ]);
    expect(Object.keys(vectors)).toEqual(["0", "2"]);
  });

  it("a model that gives nothing but NaN does not open", async () => {
    const { model, reading } = await openTexts("nan");
    await expect(measureText(model, reading, never)).rejects.toMatchObject({
      name: "EncoderFailed",
      message: expect.stringContaining("not finite"),
    });
  });

  it("an all-zero vector fails its picture", async () => {
    const { tap, ...opened } = await openNumbers("zero-picture", "image");
    const model = {
      ...opened,
      card: { normalise: true, preprocessing: { size: 32 } } as ImageCard,
      patches: undefined,
      prepare: async (blob: Blob) => ({
        tensor: new Float32Array(3 * 32 * 32).fill(blob.size === 0 ? 0 : 0.5),
        place: { width: 32, height: 32, left: 0, top: 0 },
      }),
    };
    const images = [new Blob(["light"]), new Blob([])];
    const indices: number[] = [];
    const failed: EncodeFailure[] = [];
    await encodeImages(
      model,
      { tap, pooling: "none", dimension: 32 },
      { images, signal: never },
      ({ vectors, failures }) => {
        indices.push(...vectors.map(({ index }) => index));
        failed.push(...failures);
      },
    );
    expect(indices).toEqual([0]);
    expect(failed).toMatchObject([
      { index: 1, error: { message: expect.stringMatching(/picture: all its numbers are 0\.$/) } },
    ]);
  });
});
