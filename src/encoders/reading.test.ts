import { describe, expect, it } from "vitest";
import type { ModelCard, Pooling } from "./card";
import type { Tap, TapKind } from "./graph/types";
import { LayerGatherer, layerReadings, unpackLayers } from "./layers";
import { chooseReading, isOfParts, naturalTap, poolingsOf, readingSpace, withTap } from "./reading";

const tap = (name: string, kind: TapKind, title = name, shape: Tap["shape"] = ["batch", "?"]): Tap => ({
  name,
  title,
  kind,
  shape: kind === "tokens" ? ["batch", "tokens", 4] : shape,
  depth: 0,
});
const bert = [
  tap("words", "tokens", "Token embeddings"),
  tap("one", "tokens", "Block 1 output"),
  tap("last", "tokens"),
];
const card = (modality: "text" | "image", own: string, pooling: Pooling) =>
  ({ id: "model", title: "Model", modality, tap: own, pooling }) as ModelCard;
const minilm = card("text", "last", "mean");

describe("chooseReading", () => {
  it.each<[string, ModelCard, { tap?: string; pooling?: Pooling }, string, Pooling]>([
    ["the card's when nothing is asked", minilm, {}, "last", "mean"],
    [
      "the card's pooling at another layer of tokens",
      card("text", "last", "cls"),
      { tap: "one" },
      "one",
      "cls",
    ],
    ["another pooling of the card's tap", minilm, { pooling: "max" }, "last", "max"],
    [
      "what is natural where the card's own pooling is none",
      card("text", "last", "none"),
      { tap: "one" },
      "one",
      "mean",
    ],
    ["tokens one by one when asked", minilm, { tap: "one", pooling: "none" }, "one", "none"],
  ])("reads %s", (_, card, asked, name, pooling) => {
    expect(chooseReading(card, bert, asked)).toMatchObject({ tap: { name }, pooling });
  });

  it("names what can't be read", () => {
    expect(() => chooseReading(minilm, bert, { tap: "nine" })).toThrow(
      expect.objectContaining({ name: "UnknownTap", message: expect.stringContaining("“nine”") }),
    );
    const vector = [tap("pooled", "vector", "Pooled output")];
    expect(() => chooseReading(card("text", "pooled", "none"), vector, { pooling: "max" })).toThrow(
      expect.objectContaining({ name: "UnknownTap", advice: "Choose none." }),
    );
    expect(() => chooseReading(card("image", "last", "mean"), bert, { pooling: "cls" }, false)).toThrow(
      /cls/,
    );
  });
});

describe("poolingsOf", () => {
  it("knows which have a first token, cells, or nothing to pool", () => {
    expect(poolingsOf(bert[0], "text")).toEqual(["mean", "cls", "max", "none"]);
    expect(poolingsOf(bert[0], "image")[0]).toBe("cls");
    expect(poolingsOf(bert[0], "image", false)).not.toContain("cls");
    expect(poolingsOf(tap("map", "map"), "image")).toEqual(["mean", "max", "none"]);
    expect(poolingsOf(tap("stem", "map", "Stem output", ["batch", 32, 112, 112]), "image")).toEqual([
      "mean",
      "max",
    ]);
    expect(poolingsOf(tap("head", "map", "Head output", ["batch", 9, 7, 7]), "image")).toContain("none");
    expect(poolingsOf(tap("scores", "logits"), "image")).toEqual(["none"]);
    const each = tap("scores", "logits", "Logits", ["batch", "tokens", 100]);
    expect(poolingsOf(each, "text")).toContain("mean");
    expect(isOfParts({ tap: each, pooling: "none" })).toBe(true);
  });
});

describe("naturalTap", () => {
  it.each<[string, "text" | "image", readonly Tap[], boolean, string]>([
    [
      "the last tokens of a BERT, not its pooler",
      "text",
      [...bert, tap("pooler_output", "vector")],
      true,
      "last",
    ],
    ["a CLIP tower's projection", "text", [...bert, tap("text_embeds", "vector")], true, "text_embeds"],
    [
      "a classifier's penultimate layer",
      "image",
      [tap("map", "map"), tap("p", "vector", "Penultimate layer, pooled")],
      false,
      "p",
    ],
    ["a ViT's last tokens", "image", [...bert, tap("pooler_output", "vector")], true, "last"],
    [
      "SigLIP's own pooling, which has no CLS token",
      "image",
      [...bert, tap("pooler_output", "vector")],
      false,
      "pooler_output",
    ],
    ["the last map of a headless network", "image", [tap("map", "map")], false, "map"],
  ])("is %s", (_, modality, taps, hasCls, name) => {
    expect(naturalTap(taps, modality, hasCls).name).toBe(name);
    expect(withTap(card(modality, "", "mean"), taps, hasCls).tap).toBe(name);
  });

  it("leaves a card alone whose tap is there", () => {
    expect(withTap(minilm, bert)).toBe(minilm);
  });
});

describe("a reading's space", () => {
  it("is the model's own for the card's tap and pooling, and one of its own for any other", () => {
    const own = chooseReading(minilm, bert, {});
    const early = chooseReading(minilm, bert, { tap: "one", pooling: "cls" });
    const each = chooseReading(minilm, bert, { pooling: "none" });
    expect(readingSpace(minilm, { ...own, dimension: 4 })).toMatchObject({
      id: "model",
      title: "Model",
      dimension: 4,
      modalities: ["text"],
    });
    expect(readingSpace(minilm, { ...early, dimension: 8 })).toMatchObject({
      id: "model@one:cls",
      title: "Model · Block 1 output · CLS",
      dimension: 8,
    });
    expect(readingSpace(minilm, { ...each, dimension: 4 }).modalities).toEqual(["token"]);
  });
});

describe("layers", () => {
  it("are read by the pooling asked for, or by what is natural; logits are none", () => {
    const taps = [...bert, tap("pooled", "vector"), tap("scores", "logits")];
    const readings = layerReadings(minilm, taps, "max", true);
    expect(readings.map(({ tap, pooling }) => `${tap.name} ${pooling}`)).toEqual([
      "words max",
      "one max",
      "last max",
      "pooled none",
    ]);
  });

  it("keep inputs apart from those that could not be read", () => {
    const progress: unknown[] = [];
    const readings = layerReadings(minilm, bert.slice(0, 2), undefined, true);
    const gatherer = new LayerGatherer(readings, 3, (one) => progress.push(one));
    const of = (index: number, ...vectors: (Float32Array | undefined)[]) => ({
      index,
      readings: vectors.map((vector) => ({ vectors: [vector] })),
    });
    gatherer.add([of(2, Float32Array.of(1, 2), undefined)], []);
    gatherer.add(
      [of(0, Float32Array.of(3, 4), Float32Array.of(5, 6, 7))],
      [{ index: 1, error: { name: "EmptyText", message: "Empty." } }],
    );
    expect(progress).toEqual([
      { done: 1, total: 3 },
      { done: 3, total: 3 },
    ]);
    const { layers, failures } = unpackLayers(minilm, gatherer.finish().value, 3);
    expect(layers.map(({ space }) => space.dimension)).toEqual([2, 3]);
    expect(layers[0].vectors).toEqual([Float32Array.of(3, 4), undefined, Float32Array.of(1, 2)]);
    expect(layers[1].vectors).toEqual([Float32Array.of(5, 6, 7), undefined, undefined]);
    expect(failures).toHaveLength(1);
  });
});
