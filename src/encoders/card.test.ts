import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { norm } from "../core/vectors";
import { modelFile, parseImageCard, parseTextCard } from "./card";

const models = join(import.meta.dirname, "../../public/models");
const read = (id: string) => JSON.parse(readFileSync(join(models, id, "card.json"), "utf8"));

/** The card with one field set, or left out when the value is undefined. */
function altered(id: string, path: readonly (string | number)[], value: unknown): unknown {
  const card = read(id);
  const last = path[path.length - 1];
  const owner = path.slice(0, -1).reduce((object, key) => object[key], card);
  owner[last] = value;
  return JSON.parse(JSON.stringify(card));
}

describe("parseTextCard", () => {
  it("reads MiniLM's card", () => {
    const card = parseTextCard(read("all-minilm-l6-v2"), "card.json");
    expect(card).toMatchObject({
      id: "all-minilm-l6-v2",
      modality: "text",
      dimension: 384,
      pooling: "mean",
      normalise: true,
      prefix: "",
      maxLength: 256,
      outputs: { embedding: "last_hidden_state" },
    });
    expect(card.probes.map(({ text }) => text)).toContain("football");
    for (const { vector } of card.probes) expect(norm(vector)).toBeCloseTo(1, 5);
    expect(modelFile(card, "onnx/model.onnx").bytes).toBeGreaterThan(20_000_000);
  });

  it.each<[readonly (string | number)[], unknown, string]>([
    [["id"], undefined, "“id” should be a text"],
    [["title"], "", "“title” should be a text that is not empty"],
    [["modality"], "image", "“modality” should be one of text"],
    [["dimension"], "384", "“dimension” should be a whole number of at least 1"],
    [["dimension"], 1.5, "“dimension” should be a whole number"],
    [["pooling"], "median", "“pooling” should be one of mean, cls, max, none"],
    [["normalise"], "yes", "“normalise” should be true or false"],
    [["maxLength"], 2, "“maxLength” should be a whole number of at least 3"],
    [["inputs"], [1], "“inputs” should be a list of texts"],
    [["outputs"], [], "“outputs” should be an object"],
    [["outputs", "embedding"], 3, "“outputs.embedding” should be a text"],
    [["probes", 1, "vector"], "AAAA", "“probes[1].vector” should be 384 float32 numbers in base64"],
    [["probes", 1, "vector"], "!", "“probes[1].vector” should be 384 float32 numbers in base64"],
    [["files", 0, "sha256"], "abc", "“files[0].sha256” should be 64 hexadecimal digits"],
    [["files"], {}, "“files” should be a list"],
  ])("names the field that is wrong: %j = %j", (path, value, message) => {
    expect(() => parseTextCard(altered("all-minilm-l6-v2", path, value), "minilm/card.json")).toThrow(
      expect.objectContaining({ name: "ModelCorrupt", message: expect.stringContaining(message) }),
    );
  });

  it.each([null, [], "card", 3])("refuses %j in place of a card", (json) => {
    expect(() => parseTextCard(json, "minilm/card.json")).toThrow(
      "minilm/card.json is damaged: the file should be an object.",
    );
  });
});

describe("parseImageCard", () => {
  it("reads EfficientNet's card", () => {
    const card = parseImageCard(read("efficientnet-lite0"), "card.json");
    expect(card).toMatchObject({
      modality: "image",
      dimension: 1280,
      outputs: { embedding: "features", logits: "logits" },
      classes: "classes.json",
      preprocessing: {
        size: 224,
        mean: [127, 127, 127],
        deviation: [128, 128, 128],
        background: [255, 255, 255],
      },
    });
    expect(card.probes.map(({ pixels }) => pixels)).toEqual(["gradient", "disc"]);
  });

  it.each<[readonly (string | number)[], unknown, string]>([
    [["preprocessing"], undefined, "“preprocessing” should be an object"],
    [["preprocessing", "fit"], "squash", "“preprocessing.fit” should be one of pad, crop"],
    [["preprocessing", "mean"], [1, 2], "“preprocessing.mean” should be three numbers"],
    [["probes", 0, "pixels"], "photo", "“probes[0].pixels” should be one of gradient, disc"],
  ])("names the field that is wrong: %j = %j", (path, value, message) => {
    expect(() => parseImageCard(altered("efficientnet-lite0", path, value), "card.json")).toThrow(
      expect.objectContaining({ name: "ModelCorrupt", message: expect.stringContaining(message) }),
    );
  });
});

describe("modelFile", () => {
  it("refuses a file that the card does not list", () => {
    const card = parseTextCard(read("all-minilm-l6-v2"), "card.json");
    expect(() => modelFile(card, "other.onnx")).toThrow(expect.objectContaining({ name: "ModelCorrupt" }));
  });
});
