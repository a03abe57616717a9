import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PRESETS } from "../presets";
import { familyOf } from "./families";
import { imageCard, preprocessingOf } from "./image-card";
import type { Json } from "./json";
import { type TextFiles, textCard } from "./text-card";

const folder = join(import.meta.dirname, "../../../e2e/fixtures/hub/tiny");
const read = (name: string, file: string): Json => JSON.parse(readFileSync(join(folder, name, file), "utf8"));

const files = (parts: Partial<TextFiles>): TextFiles => ({
  config: {},
  tokenizer: {},
  pooling: {},
  sentence: {},
  prompts: {},
  modules: undefined,
  ...parts,
});
const named = (id: string) => ({ id, title: id.split("/")[1] ?? id, name: id });
const card = (id: string, parts: Partial<TextFiles> = {}) => textCard(files(parts), named(id));

describe("familyOf", () => {
  it.each([
    ["Xenova/multilingual-e5-small", "mean", "query: ", true],
    ["intfloat/e5-base-v2", "mean", "query: ", true],
    ["me/my-copy intfloat/multilingual-e5", "mean", "query: ", true],
    ["intfloat/multilingual-e5-large-instruct", "mean", "", true],
    ["Xenova/bge-small-en-v1.5", "cls", "", true],
    ["Xenova/all-MiniLM-L6-v2", "mean", "", true],
    ["sentence-transformers/paraphrase-multilingual-mpnet-base-v2", "mean", "", true],
    ["thenlper/gte-small", "mean", "", true],
    ["Alibaba-NLP/gte-base-en-v1.5", "cls", "", true],
    ["nomic-ai/nomic-embed-text-v1.5", "mean", "clustering: ", true],
    ["mixedbread-ai/mxbai-embed-large-v1", "cls", "", true],
    ["Snowflake/snowflake-arctic-embed-s", "cls", "", true],
    ["sentence-transformers/LaBSE", "cls", "", true],
    ["jinaai/jina-embeddings-v2-small-en", "mean", "", true],
    ["distilbert/distilbert-base-cased", "mean", "", false],
    ["someone/home5-model", "mean", "", false],
  ])("%s: %s, “%s”", (id, pooling, prefix, normalise) => {
    expect(familyOf(id)).toEqual({ pooling, prefix, normalise });
  });

  it("agrees with what the presets say", () => {
    for (const { id, pooling, prefix, modalities } of PRESETS) {
      if (modalities.length === 1 && modalities[0] === "text") {
        expect(familyOf(id), id).toMatchObject({ pooling, prefix });
      }
    }
  });
});

describe("textCard", () => {
  it("takes pooling and normalisation from sentence-transformers' files before the family's", () => {
    const pooling = { pooling_mode_cls_token: true, pooling_mode_mean_tokens: false };
    const modules = [{ type: "sentence_transformers.models.Transformer" }];
    expect(card("x/all-MiniLM", { pooling, modules })).toMatchObject({ pooling: "cls", normalise: false });
    const max = { pooling_mode_max_tokens: true };
    expect(card("x/y", { pooling: max }).pooling).toBe("max");
  });

  it("takes the prefix that is the model's default", () => {
    const prompts = { prompts: { query: "search: ", document: "" }, default_prompt_name: "query" };
    expect(card("x/y", { prompts }).prefix).toBe("search: ");
    expect(card("x/y", { prompts: { prompts: { query: "search: " } } }).prefix).toBe("");
  });

  it.each<[string, Partial<TextFiles>, number]>([
    [
      "sentence-transformers' limit",
      { sentence: { max_seq_length: 256 }, config: { max_position_embeddings: 512 } },
      256,
    ],
    [
      "the tokeniser's",
      { tokenizer: { model_max_length: 128 }, config: { max_position_embeddings: 512 } },
      128,
    ],
    [
      "the network's, when the tokeniser has none",
      { tokenizer: { model_max_length: 1e30 }, config: { max_position_embeddings: 512 } },
      512,
    ],
    [
      "two places fewer for RoBERTa's kind",
      { config: { model_type: "xlm-roberta", max_position_embeddings: 514 } },
      512,
    ],
    ["ours, when the model reads very much", { config: { max_position_embeddings: 8192 } }, 1024],
    ["the usual one, when nothing is said", {}, 512],
  ])("cuts at %s", (_, parts, maxLength) => {
    expect(card("x/y", parts).maxLength).toBe(maxLength);
  });

  it("leaves the tap of a model with a head open", () => {
    expect(card("x/y", { config: { architectures: ["BertForMaskedLM"] } }).tap).toBe("");
    expect(card("x/y", { config: { architectures: ["BertModel"], hidden_size: 384 } })).toMatchObject({
      tap: "last_hidden_state",
      dimension: 384,
    });
    expect(card("x/y", { config: { dim: 768 } }).dimension).toBe(768);
  });

  it("reads the tiny models' files", () => {
    const tiny = (name: string) =>
      card(`tiny/${name}`, {
        config: read(name, "config.json"),
        tokenizer: read(name, "tokenizer_config.json"),
      });
    expect(tiny("distilbert-cased")).toMatchObject({
      tap: "",
      pooling: "mean",
      dimension: 16,
      maxLength: 64,
    });
    expect(tiny("multilingual-e5")).toMatchObject({ prefix: "query: ", normalise: true, maxLength: 64 });
    expect(tiny("clip")).toMatchObject({
      tap: "text_embeds",
      pooling: "none",
      normalise: true,
      dimension: 12,
      maxLength: 40,
    });
    expect(tiny("roberta")).toMatchObject({ firstPlace: 2, maxLength: 64 });
    expect(tiny("positions").firstPlace).toBeUndefined();
    expect(tiny("clip").padTo).toBeUndefined();
    expect(tiny("siglip")).toMatchObject({ tap: "pooler_output", dimension: 16, maxLength: 32, padTo: 32 });
  });
});

describe("imageCard", () => {
  it.each([
    ["vit", { tap: "", pooling: "cls", dimension: 16 }],
    ["dinov2", { tap: "last_hidden_state", pooling: "cls", dimension: 16 }],
    ["resnet", { tap: "", pooling: "mean", dimension: 32 }],
    ["clip", { tap: "image_embeds", pooling: "none", normalise: true, dimension: 12 }],
    ["siglip", { tap: "pooler_output", pooling: "none", normalise: true, dimension: 16 }],
  ])("reads the tiny %s's files", (name, expected) => {
    const parts = { config: read(name, "config.json"), preprocessor: read(name, "preprocessor_config.json") };
    expect(imageCard(parts, named(`tiny/${name}`))).toMatchObject(expected);
  });
});

const imagenet = {
  image_mean: [0.485, 0.456, 0.406],
  image_std: [0.229, 0.224, 0.225],
};

describe("preprocessingOf", () => {
  it.each<[string, Json, object]>([
    [
      "ViT",
      { image_processor_type: "ViTImageProcessor", size: { height: 224, width: 224 }, resample: 2 },
      { size: 224, fit: "stretch", resample: "bilinear" },
    ],
    [
      "an early ViT",
      { feature_extractor_type: "ViTFeatureExtractor", size: 224, resample: 2 },
      { size: 224, fit: "stretch", resample: "bilinear" },
    ],
    [
      "DeiT",
      {
        feature_extractor_type: "DeiTFeatureExtractor",
        size: 256,
        crop_size: 224,
        do_center_crop: true,
        resample: 3,
      },
      { size: 224, fit: "stretch", resizeTo: 256, resample: "bicubic" },
    ],
    [
      "DINOv2",
      {
        image_processor_type: "BitImageProcessor",
        size: { shortest_edge: 256 },
        crop_size: { height: 224, width: 224 },
        do_center_crop: true,
        resample: 3,
      },
      { size: 224, fit: "crop", resizeTo: 256, resample: "bicubic" },
    ],
    [
      "ResNet",
      { feature_extractor_type: "ConvNextFeatureExtractor", size: 224, crop_pct: 0.875, resample: 3 },
      { size: 224, fit: "crop", resizeTo: 256 },
    ],
    [
      "a large ConvNeXt",
      { feature_extractor_type: "ConvNextFeatureExtractor", size: { shortest_edge: 384 }, crop_pct: 0.875 },
      { size: 384, fit: "stretch" },
    ],
    [
      "an early CLIP",
      { feature_extractor_type: "CLIPFeatureExtractor", size: 224, crop_size: 224, resample: 3 },
      { size: 224, fit: "crop", resample: "bicubic" },
    ],
    [
      "SigLIP",
      { image_processor_type: "SiglipImageProcessor", size: { height: 224, width: 224 }, resample: 3 },
      { size: 224, fit: "stretch", resample: "bicubic" },
    ],
    [
      "MobileNet",
      {
        image_processor_type: "MobileNetV2ImageProcessor",
        size: { shortest_edge: 256 },
        crop_size: { height: 224, width: 224 },
        resample: 2,
      },
      { size: 224, fit: "crop", resizeTo: 256 },
    ],
    [
      "MobileViT",
      {
        image_processor_type: "MobileViTImageProcessor",
        size: { shortest_edge: 288 },
        crop_size: { height: 256, width: 256 },
        do_flip_channel_order: true,
        resample: 2,
      },
      { size: 256, resizeTo: 288, order: "bgr", mean: [0, 0, 0], deviation: [255, 255, 255] },
    ],
    ["Lanczos", { size: { height: 64, width: 64 }, resample: 1 }, { resample: "lanczos" }],
    ["a file without numbers", {}, { size: 224, fit: "stretch", resample: "bilinear" }],
  ])("reads %s", (_, settings, expected) => {
    expect(preprocessingOf(settings)).toMatchObject(expected);
  });

  it("brings mean and deviation to the scale of bytes", () => {
    const { mean, deviation } = preprocessingOf({ ...imagenet, size: 224 });
    expect(mean[0]).toBeCloseTo(123.675, 10);
    expect(deviation[2]).toBeCloseTo(57.375, 10);
    const plain = preprocessingOf({ ...imagenet, do_normalize: false });
    expect([plain.mean, plain.deviation]).toEqual([
      [0, 0, 0],
      [255, 255, 255],
    ]);
    const offset = preprocessingOf({ do_normalize: false, rescale_factor: 1 / 127.5, rescale_offset: true });
    expect([offset.mean[1], offset.deviation[1]]).toEqual([127.5, 127.5]);
  });

  it("takes the network's side where the processor's file says none", () => {
    expect(preprocessingOf({}, 384).size).toBe(384);
  });

  it("refuses what is no square", () => {
    expect(() => preprocessingOf({ size: { height: 224, width: 112 } })).toThrow(
      expect.objectContaining({ name: "UnsupportedModel" }),
    );
  });
});
