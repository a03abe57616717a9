import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { matrixFromRows } from "../../core/matrix";
import { cosine, norm } from "../../core/vectors";
import { topClasses } from "../image/classes";
import { parseClassTexts, parseJointCard, parseRows } from "./card";
import { combineClassTexts, createConse } from "./conse";

const folder = join(import.meta.dirname, "../../../public/models/conse-minilm-efficientnet");
const cardJson = JSON.parse(readFileSync(join(folder, "card.json"), "utf8"));
const classes = matrixFromRows([
  Float32Array.of(1, 0, 0),
  Float32Array.of(0, 1, 0),
  Float32Array.of(0, 0, 1),
  Float32Array.of(0.6, 0.8, 0),
]);

describe("createConse", () => {
  it("follows the card: what stands out most of the most probable, tempered softmax, centred, length 1", () => {
    const logits = Float32Array.of(2, 1, -1, 0.5);
    // The third class stands out most, but is not among the three candidates; of these the first stands out least.
    const options = { topK: 2, temperature: 1.5, prior: Float32Array.of(3, 0.5, -9, -1), candidates: 3 };
    const exponentials = [1 - 0.5, 0.5 + 1].map((score) => Math.exp(score / 1.5));
    const weight = exponentials[0] / (exponentials[0] + exponentials[1]);
    const mean = [1.6 / 4, 1.8 / 4, 1 / 4];
    const raw = [(1 - weight) * 0.6 - mean[0], weight + (1 - weight) * 0.8 - mean[1], -mean[2]];
    const length = Math.hypot(...raw);

    const conse = createConse(classes, options);
    const vector = conse.fromClasses(topClasses(logits, ["a", "b", "c", "d"], 4));
    for (let i = 0; i < raw.length; i++) expect(vector[i]).toBeCloseTo(raw[i] / length, 6);
    expect(norm(vector)).toBeCloseTo(1, 6);
  });

  it("puts a certain image where its class's name is", () => {
    const conse = createConse(classes, {
      topK: 10,
      temperature: 1.5,
      prior: new Float32Array(4),
      candidates: 20,
    });
    const image = conse.fromClasses([{ index: 3, name: "d", probability: 1 }]);
    expect(cosine(image, conse.fromText(Float32Array.of(0.6, 0.8, 0)))).toBeCloseTo(1, 6);
  });
});

describe("combineClassTexts", () => {
  it("weighs a class's texts and leaves out what is null or unknown", () => {
    const vectors = new Map([
      ["mau", Float32Array.of(1, 0)],
      ["cat", Float32Array.of(0, 1)],
    ]);
    const { data } = combineClassTexts(
      [["mau", "cat", null], ["cat", "lost"], [null]],
      [1, 0.25, 0.15],
      vectors,
      2,
    );
    const length = Math.hypot(1, 0.25);
    expect(data[0]).toBeCloseTo(1 / length, 6);
    expect(data[1]).toBeCloseTo(0.25 / length, 6);
    expect(Array.from(data.subarray(2))).toEqual([0, 1, 0, 0]);
  });
});

describe("the shipped joint space", () => {
  const card = parseJointCard(cardJson, "card.json");

  it("has the files its card speaks of", () => {
    const bytes = readFileSync(join(folder, card.classVectors));
    const vectors = parseRows(bytes, card.dimension, card.classVectors);
    const texts = parseClassTexts(
      JSON.parse(readFileSync(join(folder, card.classTexts.file), "utf8")),
      "texts",
    );
    expect(vectors).toHaveLength(texts.length * card.dimension);
    expect(norm(vectors.subarray(0, card.dimension))).toBeCloseTo(1, 5);
    expect(texts[805][0]).toBe("soccer ball");
    const prior = parseRows(readFileSync(join(folder, card.classPrior.file)), 1, card.classPrior.file);
    expect(prior).toHaveLength(texts.length);
    const logits = Float32Array.from(prior, (mean) => mean * 2);
    expect(topClasses(logits, Array(texts.length).fill(""))).toHaveLength(card.classPrior.candidates);
  });

  it.each<[string, unknown, string]>([
    ["topK", 0, "“topK”"],
    ["temperature", 0, "“temperature” should be a number above 0"],
    ["classTexts", { file: "t.json", weights: ["1"] }, "“classTexts.weights” should be a list of numbers"],
    ["classVectors", undefined, "“classVectors”"],
    ["classPrior", { file: "p.f32", candidates: 0 }, "“classPrior.candidates”"],
  ])("is refused with a wrong %s", (field, value, message) => {
    expect(() => parseJointCard({ ...cardJson, [field]: value }, "card.json")).toThrow(
      expect.objectContaining({ name: "ModelCorrupt", message: expect.stringContaining(message) }),
    );
  });

  it("refuses vectors and texts of another shape", () => {
    expect(() => parseRows(new Uint8Array(7), 384, "v")).toThrow(/v is damaged/);
    expect(() => parseClassTexts([["a"], "b"], "t")).toThrow(/t is damaged/);
  });
});
