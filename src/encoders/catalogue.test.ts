import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { modelFile, parseImageCard, parseTextCard } from "./card";
import { shippedEncoders } from "./catalogue";

const read = (id: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../../public/models", id, "card.json"), "utf8"));

describe("shippedEncoders", () => {
  it("says what the cards say", () => {
    const cards = [
      {
        card: parseTextCard(read("all-minilm-l6-v2"), "card.json"),
        files: ["onnx/model.onnx", "tokenizer.json", "tokenizer_config.json"],
      },
      {
        card: parseImageCard(read("efficientnet-lite0"), "card.json"),
        files: ["onnx/model.onnx", "classes.json"],
      },
    ];
    for (const { card, files } of cards) {
      const shipped = shippedEncoders().find(({ id }) => id === card.id);
      const bytes = files.reduce((sum, path) => sum + modelFile(card, path).bytes, 0);
      const { id, title, modality, dimension } = card;
      expect(shipped).toMatchObject({ id, title, modality, dimension, bytes });
    }
  });

  it("starts with the encoder of meaning, and ships the foils", () => {
    expect(shippedEncoders().map(({ id }) => id)).toEqual([
      "all-minilm-l6-v2",
      "lexical",
      "one-hot",
      "efficientnet-lite0",
    ]);
  });
});
