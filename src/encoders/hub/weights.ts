import { type FileAt, fileBytes } from "../load/files";
import type { NumberFormat } from "../source";
import type { Weights } from "./format";

/** A graph in one number format, and the weights outside of it. */
export interface WeightsFiles extends Weights {
  readonly graph: FileAt;
  /** By the path that the graph gives them. */
  readonly external: Readonly<Record<string, FileAt>>;
}

/** How the Hub's files are named by format. */
const SUFFIXES: Readonly<Record<NumberFormat, string>> = {
  fp32: "",
  fp16: "_fp16",
  q8: "_quantized",
  int8: "_int8",
  uint8: "_uint8",
  q4: "_q4",
  q4f16: "_q4f16",
  bnb4: "_bnb4",
};

/** Where ONNX files stand: most in "onnx", some in the repository's root. */
const FOLDERS = ["onnx/", ""];

/**
 * The number formats in which a graph called "model", "text_model" … exists. Empty when there is none.
 */
export function findWeights(files: ReadonlyMap<string, FileAt>, name: string): WeightsFiles[] {
  for (const folder of FOLDERS) {
    const found = Object.entries(SUFFIXES).flatMap(([format, suffix]) => {
      const path = `${folder}${name}${suffix}.onnx`;
      const graph = files.get(path);
      return graph ? [withExternal(files, path, graph, format as NumberFormat)] : [];
    });
    if (found.length > 0) return found;
  }
  return [];
}

/** A graph whose name says nothing, when there is only one. */
export function onlyWeights(files: ReadonlyMap<string, FileAt>): WeightsFiles[] {
  const graphs = [...files].filter(([path]) => path.endsWith(".onnx"));
  if (graphs.length !== 1) return [];
  const [path, graph] = graphs[0];
  const format = (Object.keys(SUFFIXES) as NumberFormat[]).find(
    (one) => one !== "fp32" && path.endsWith(`${SUFFIXES[one]}.onnx`),
  );
  return [withExternal(files, path, graph, format ?? "fp32")];
}

/** Weights outside of a graph stand beside it: "model.onnx_data", "model.onnx_data_1", "model.onnx.data", "model.data". */
function withExternal(
  files: ReadonlyMap<string, FileAt>,
  path: string,
  graph: FileAt,
  format: NumberFormat,
): WeightsFiles {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const stem = path.slice(0, -".onnx".length);
  const external = [...files].flatMap(([other, file]) => {
    const rest = other.startsWith(path) ? other.slice(path.length) : other === `${stem}.data` ? "_data" : "";
    return /^[_.]data(_\d+)?$/.test(rest) ? [[other.slice(folder.length), file] as const] : [];
  });
  const bytes = [graph, ...external.map(([, file]) => file)].reduce((sum, file) => sum + fileBytes(file), 0);
  return { format, bytes, graph, external: Object.fromEntries(external) };
}
