/** Where a model's files come from. */
export type ModelSource =
  /** A folder of `public/models`, or "lexical" or "one-hot", which have no files. */
  | { readonly from: "page"; readonly id: string }
  /** A repository of the Hugging Face Hub, "org/name"; the default revision is "main". */
  | { readonly from: "hub"; readonly id: string; readonly revision?: string }
  /** Files of the user's own: an .onnx file and what belongs to it. */
  | { readonly from: "files"; readonly name: string; readonly files: readonly File[] };

/**
 * How a model's weights are stored, by the names of the Hub's files: "fp32" is `model.onnx`, "q8" `model_quantized.onnx`,
 * every other one `model_<format>.onnx`.
 */
export type NumberFormat = "fp32" | "fp16" | "q8" | "int8" | "uint8" | "q4" | "q4f16" | "bnb4";

/** An encoder that ships with the page. */
export function page(id: string): ModelSource {
  return { from: "page", id };
}

/**
 * The id that a source's model goes by, in cards, spaces and lists: "all-minilm-l6-v2", "org/name", "org/name@revision",
 * "file:name".
 */
export function sourceId(source: ModelSource): string {
  switch (source.from) {
    case "page":
      return source.id;
    case "hub":
      return source.revision === undefined ? source.id : `${source.id}@${source.revision}`;
    case "files":
      return `file:${source.name}`;
  }
}
