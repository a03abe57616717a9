import type { Modality } from "../../core/space";
import { convolutionalLayers } from "./convolutional";
import { type Flow, followFlow, liveInputs, mainInput } from "./flow";
import { numberedLayers } from "./numbered";
import { findResiduals, isWeighted } from "./residuals";
import { inferShapes } from "./shapes";
import { type Layer, transformerLayers } from "./transformer";
import type { Graph, Port, Shape, Tap, TapKind } from "./types";

/** `TensorProto.DataType` of what can be read out: float32 and float16; 0 where the file does not say. */
const FLOATS = new Set([0, 1, 10]);

/** From this many convolutions on a network with attention counts as a mixture of both kinds, not as a ViT. */
const MIXED_FROM = 4;

/** Titles of outputs by the names that exporters give them. */
const OUTPUT_TITLES: readonly (readonly [RegExp, string])[] = [
  [/^(last_hidden_state|token_embeddings)$/, "Last hidden state"],
  [/^(pooler_output|pooled_output)$/, "Pooled output"],
  [/^sentence_embedding$/, "Sentence embedding"],
  [/^text_embeds$/, "Text embedding, projected"],
  [/^image_embeds$/, "Image embedding, projected"],
  [/^(features|embeddings?|feature)$/, "Penultimate layer, pooled"],
  [/logits/, "Logits"],
];

/** Outputs that are no layers: caches, and who looked at whom. */
const NO_LAYER = /attention|past_key|present|cross|mask|per_image|per_text/i;

/**
 * Lists the layers of a network that can be read out, in its order, by structure: residual sums, norms, convolutions,
 * outputs. Every name is a tensor that the file holds, be it fused, quantised or not. `size` is the side of the pictures
 * that will be fed, in pixels, for the sizes of maps.
 */
export function listTaps(graph: Graph, modality: Modality, { size }: { readonly size?: number } = {}): Tap[] {
  const flow = followFlow(graph, modality);
  const main = mainInput(graph, modality);
  const sized = size !== undefined && main ? { name: main.name, shape: ["batch", 3, size, size] } : undefined;
  const shapes = inferShapes(graph, sized);
  const inside = innerLayers(flow, modality);
  const outputs = outputLayers(flow, shapes, modality);
  const layers = inOrder(flow, named(flow, inside, [...penultimate(flow, outputs, shapes), ...outputs]));
  const width = normWidth(graph);
  return layers.map(({ name, title, kind }, place) => ({
    name,
    title,
    kind,
    shape: fitting(kind, shapes.get(name), width),
    depth: layers.length > 1 ? place / (layers.length - 1) : 1,
  }));
}

function innerLayers(flow: Flow, modality: Modality): Layer[] {
  const residuals = findResiduals(flow);
  const transformer = transformerLayers(flow, residuals, modality);
  const convolutions = flow.graph.nodes.filter(
    ({ op, outputs }) => op.includes("Conv") && flow.isLive(outputs[0]),
  );
  if (transformer.length > 0 && convolutions.length < MIXED_FROM) return transformer;
  const convolutional = modality === "image" ? convolutionalLayers(flow, residuals) : [];
  if (transformer.length === 0 && convolutional.length === 0) return numberedLayers(flow, modality);
  // In a mixture, tokens are often parts of patches, several rows for each picture: its maps are what can be read.
  return convolutional;
}

function outputLayers(flow: Flow, shapes: ReadonlyMap<string, Shape>, modality: Modality): Layer[] {
  const outputs = flow.graph.outputs.filter(
    ({ name, type }) => FLOATS.has(type) && flow.isLive(name) && !NO_LAYER.test(name),
  );
  return outputs.flatMap((output) => {
    const kind = outputKind(flow, output, shapes.get(output.name), modality, outputs.length);
    return kind === undefined ? [] : [{ name: output.name, title: outputTitle(output.name, kind), kind }];
  });
}

function outputKind(
  flow: Flow,
  { name }: Port,
  shape: Shape | undefined,
  modality: Modality,
  outputs: number,
): TapKind | undefined {
  const rank = shape?.length;
  if (rank === 3) return /logits/.test(name) ? "logits" : "tokens";
  if (rank === 4 && modality === "image") {
    const isOne = /pool|embed/.test(name) || (shape?.[2] === 1 && shape[3] === 1);
    return isOne ? "vector" : "map";
  }
  if (rank !== 2 && rank !== undefined) return undefined;
  if (/logits/.test(name)) return "logits";
  if (/embed|pool|feature/.test(name)) return "vector";
  if (rank === undefined) return /hidden|token/.test(name) ? "tokens" : "vector";
  // A picture network's only output, made by a layer with a bias, is its classes' scores under whatever name.
  const maker = flow.graph.nodes[flow.producer(name)];
  return modality === "image" && outputs === 1 && maker?.op === "Gemm" ? "logits" : "vector";
}

function outputTitle(name: string, kind: TapKind): string {
  const known = OUTPUT_TITLES.find(([pattern]) => pattern.test(name));
  if (known) return known[1];
  return kind === "logits" ? "Logits" : `Output “${name}”`;
}

/** What the last trained matrix before logits or a projection is applied to: one vector. */
function penultimate(flow: Flow, outputs: readonly Layer[], shapes: ReadonlyMap<string, Shape>): Layer[] {
  return outputs.flatMap(({ name, kind, title }): Layer[] => {
    if (kind !== "logits" && !title.endsWith("projected")) return [];
    // A language model scores each token: there is nothing pooled before.
    if ((shapes.get(name)?.length ?? 2) !== 2) return [];
    const source = beforeMatrix(flow, name);
    if (source === undefined || (shapes.get(source)?.length ?? 2) !== 2) return [];
    const projected = kind !== "logits";
    return [
      {
        name: source,
        title: projected ? "Pooled, before projection" : "Penultimate layer, pooled",
        kind: "vector",
      },
    ];
  });
}

function beforeMatrix(flow: Flow, tensor: string): string | undefined {
  let at = tensor;
  let passed = false;
  for (let node = flow.graph.nodes[flow.producer(at)]; node; node = flow.graph.nodes[flow.producer(at)]) {
    const [source] = liveInputs(flow, node);
    if (source === undefined) return undefined;
    // Behind the matrix, only the steps that a quantised product takes beforehand.
    if (passed && node.op !== "DynamicQuantizeLinear") return at;
    passed ||= isWeighted(node.op);
    at = source;
  }
  return undefined;
}

/** Layers by tensor, each once: an output's own name and kind, the place in the network in front. */
function named(flow: Flow, inside: readonly Layer[], outputs: readonly Layer[]): Layer[] {
  const layers = new Map(inside.map((layer) => [layer.name, layer]));
  for (const output of outputs) {
    const source = layers.has(output.name) ? output.name : flow.original(output.name);
    const known = layers.get(source);
    if (!known) layers.set(output.name, output);
    else if (/^(Block|Stage|Head)/.test(known.title) && !output.title.startsWith("Output")) {
      layers.delete(source);
      const title = `${known.title} (${output.title.charAt(0).toLowerCase()}${output.title.slice(1)})`;
      layers.set(output.name, { ...known, name: output.name, title });
    } else if (source !== output.name || !output.title.startsWith("Output")) {
      layers.delete(source);
      const title = output.title.startsWith("Output") ? known.title : output.title;
      layers.set(output.name, { ...known, name: output.name, title });
    }
  }
  return [...layers.values()];
}

function inOrder(flow: Flow, layers: readonly Layer[]): Layer[] {
  return [...layers].sort((a, b) => flow.producer(a.name) - flow.producer(b.name));
}

/** A shape with the axes that a kind has, filled with what is known. */
function fitting(kind: TapKind, known: Shape | undefined, width: number | undefined): Shape {
  // A language model has logits for each token.
  if (kind === "tokens" || (kind === "logits" && known?.length === 3)) {
    const [, tokens, dimension] = known?.length === 3 ? known : [];
    return [
      "batch",
      number(tokens) ?? "tokens",
      number(dimension) ?? (kind === "tokens" ? width : undefined) ?? "?",
    ];
  }
  // A vector may come as a map of one cell.
  const axes = (kind === "map" ? [1, 2, 3] : [1]).map((axis) => number(known?.[axis]) ?? "?");
  return ["batch", ...axes];
}

/** An axis whose length is known; the names that exporters give to others say nothing to people. */
function number(axis: number | string | undefined): number | undefined {
  return typeof axis === "number" ? axis : undefined;
}

/** The width of a transformer's tokens: the length of its norms' weights, be the norm one node or written out. */
function normWidth({ nodes, initialisers }: Graph): number | undefined {
  for (const { op, inputs } of nodes) {
    const fused = /^(Skip|Embed)?(Simplified)?LayerNormalization$/.exec(op);
    const place = fused ? ({ Skip: 2, Embed: 5 }[fused[1]] ?? 1) : op === "Mul" ? 1 : undefined;
    const weight = place === undefined ? undefined : initialisers.get(inputs[place]);
    if (weight?.shape.length === 1 && weight.shape[0] > 1) return weight.shape[0];
  }
  return undefined;
}
