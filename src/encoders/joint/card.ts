import { type ModelFile, parseFiles } from "../card";
import { Fields } from "../fields";

/** What a joint space of a text and an image encoder needs; `card.json` beside its files. */
export interface JointCard {
  readonly id: string;
  readonly title: string;
  /** Raised whenever texts or pictures get other vectors than before, for another reason than their encoders' editions. */
  readonly edition: number;
  /** The text encoder that the class vectors were made with. */
  readonly textEncoder: string;
  readonly imageEncoder: string;
  readonly dimension: number;
  /** How many classes an image's vector is made of. */
  readonly topK: number;
  /** Divides the scores before the softmax: above 1, less probable classes count for more. */
  readonly temperature: number;
  readonly classPrior: {
    /** `classes` little-endian float32: each class's mean logit over pictures that show nothing. */
    readonly file: string;
    /** How many of the most probable classes are looked at for those that stand out most against it. */
    readonly candidates: number;
  };
  /** `classes × dimension` little-endian float32, in the order of the logits. */
  readonly classVectors: string;
  readonly classTexts: {
    /** JSON: for each class a list of texts, null where there is none. */
    readonly file: string;
    /** What each text of a class weighs. */
    readonly weights: readonly number[];
  };
  readonly files: readonly ModelFile[];
}

/** Checks the JSON of a joint space's card. Throws `ModelCorrupt`, naming the field. */
export function parseJointCard(json: unknown, file: string): JointCard {
  const fields = new Fields(json, file);
  const texts = fields.object("classTexts");
  const prior = fields.object("classPrior");
  return {
    id: fields.text("id"),
    title: fields.text("title"),
    edition: fields.count("edition", 1),
    textEncoder: fields.text("textEncoder"),
    imageEncoder: fields.text("imageEncoder"),
    dimension: fields.count("dimension", 1),
    topK: fields.count("topK", 1),
    temperature: fields.positive("temperature"),
    classPrior: { file: prior.text("file"), candidates: prior.count("candidates", 1) },
    classVectors: fields.object("classVectors").text("file"),
    classTexts: { file: texts.text("file"), weights: texts.numbers("weights") },
    files: parseFiles(fields),
  };
}

/** Texts of each class, in the order of the logits. */
export type ClassTexts = readonly (readonly (string | null)[])[];

/** Checks the file of class texts: a list of lists of texts or null. Throws `ModelCorrupt`. */
export function parseClassTexts(json: unknown, file: string): ClassTexts {
  const isText = (text: unknown) => text === null || typeof text === "string";
  const good =
    Array.isArray(json) &&
    json.length > 0 &&
    json.every((row) => Array.isArray(row) && row.length > 0 && row.every(isText));
  if (!good) throw new Fields({}, file).wrong("", "a list of lists of texts");
  return json;
}

/** Reads rows of `dimension` little-endian float32. Throws `ModelCorrupt` when the bytes are no whole number of rows. */
export function parseRows(bytes: Uint8Array, dimension: number, file: string): Float32Array {
  if (bytes.byteLength === 0 || bytes.byteLength % (4 * dimension) !== 0) {
    throw new Fields({}, file).wrong("", `rows of ${dimension} float32 numbers`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, index) => view.getFloat32(4 * index, true));
}
