import type { Attributes, Graph, GraphNode, Initialiser, Port, Value } from "./types";
import { damaged, type Field, fields, integers, type Span, text } from "./wire";

/** Attributes whose numbers matter for the shapes of layers. */
const NUMBERS = new Set([
  "kernel_shape",
  "strides",
  "pads",
  "dilations",
  "axis",
  "perm",
  "ceil_mode",
  "group",
  "transB",
]);

/** Bodies of `If` and `Loop` inside each other beyond this depth are nonsense, or an attack on the stack. */
const DEEPEST = 16;

/**
 * Reads what an ONNX file (`ModelProto` of onnx.proto3) says about its network. Weights are passed over, so that a file
 * of 100 MB takes milliseconds. Throws `ModelCorrupt` when the bytes are no ONNX file.
 */
export function readGraph(bytes: Uint8Array): Graph {
  const nodes: GraphNode[] = [];
  const ports: Port[] = [];
  const outputs: Port[] = [];
  const initialisers = new Map<string, Initialiser>();
  const values = new Map<string, Value>();
  // Messages merge: a second graph in the file goes on where the first one stopped.
  for (const graph of graphs(bytes)) {
    for (const field of fields(bytes, graph)) {
      if (field.type !== 2) continue;
      if (field.number === 1) nodes.push(readNode(bytes, field));
      else if (field.number === 5) {
        const tensor = readInitialiser(bytes, field);
        initialisers.set(tensor.name, tensor);
      } else if (field.number === 15) {
        const name = sparseName(bytes, field.content);
        initialisers.set(name, { name, type: 0, shape: [], span: field.whole });
      } else if (field.number === 11) ports.push({ ...readValue(bytes, field.content), span: field.whole });
      else if (field.number === 12) outputs.push({ ...readValue(bytes, field.content), span: field.whole });
      else if (field.number === 13) {
        const value = readValue(bytes, field.content);
        values.set(value.name, value);
      }
    }
  }
  if (nodes.length === 0 || outputs.length === 0) throw damaged("it holds no network");
  return {
    nodes,
    inputs: ports.filter(({ name }) => !initialisers.has(name)),
    outputs,
    initialisers,
    values,
  };
}

/**
 * The network's steps, as far as they stand in the first bytes of a file of `size` bytes; what is cut off there is left
 * out, and what is no ONNX file has none.
 */
export function readBeginning(bytes: Uint8Array, size: number): GraphNode[] {
  const nodes: GraphNode[] = [];
  try {
    for (const part of fields(bytes, { start: 0, end: size })) {
      if (part.number !== 7 || part.type !== 2) continue;
      for (const field of fields(bytes, part.content)) {
        if (field.whole.end > bytes.length) return nodes;
        if (field.number === 1 && field.type === 2) nodes.push(readNode(bytes, field));
      }
    }
  } catch {
    // Behind the last byte there is nothing to read.
  }
  return nodes;
}

/** The graphs of a model's file: one, or several to be merged. */
function graphs(bytes: Uint8Array): Span[] {
  const found: Span[] = [];
  for (const { number, type, content } of fields(bytes, { start: 0, end: bytes.length })) {
    if (number === 7 && type === 2) found.push(content);
  }
  return found;
}

function readNode(bytes: Uint8Array, { content, whole }: Field, depth = 0): GraphNode {
  if (depth > DEEPEST) throw damaged("its parts stand too deep inside each other");
  const node = { name: "", op: "" };
  const inputs: string[] = [];
  const outputs: string[] = [];
  const captured: string[] = [];
  const numbers = new Map<string, readonly number[]>();
  const texts = new Map<string, string>();
  for (const field of fields(bytes, content)) {
    if (field.number === 1) inputs.push(text(bytes, field.content));
    else if (field.number === 2) outputs.push(text(bytes, field.content));
    else if (field.number === 3) node.name = text(bytes, field.content);
    else if (field.number === 4) node.op = text(bytes, field.content);
    else if (field.number === 5) readAttribute(bytes, field.content, { numbers, texts, captured }, depth);
  }
  return { ...node, inputs, captured, outputs, attributes: { numbers, texts }, span: whole };
}

interface Found {
  readonly numbers: Map<string, readonly number[]>;
  readonly texts: Map<string, string>;
  readonly captured: string[];
}

function readAttribute(bytes: Uint8Array, span: Span, found: Found, depth: number): void {
  let name = "";
  for (const field of fields(bytes, span)) {
    if (field.number === 1) name = text(bytes, field.content);
    else if (field.number === 3 && NUMBERS.has(name)) found.numbers.set(name, [field.value]);
    else if (field.number === 4 && name === "auto_pad") found.texts.set(name, text(bytes, field.content));
    else if (field.number === 8 && NUMBERS.has(name)) {
      found.numbers.set(name, [...(found.numbers.get(name) ?? []), ...integers(bytes, field)]);
    } else if ((field.number === 6 || field.number === 11) && field.type === 2) {
      found.captured.push(...capturedBy(bytes, field.content, depth));
    }
  }
}

/** What the body of an `If` or `Loop` uses without making it itself. */
function capturedBy(bytes: Uint8Array, body: Span, depth: number): string[] {
  const own = new Set<string>();
  const used: string[] = [];
  for (const field of fields(bytes, body)) {
    if (field.number === 1) {
      const node = readNode(bytes, field, depth + 1);
      used.push(...node.inputs, ...node.captured);
      for (const output of node.outputs) own.add(output);
    } else if (field.number === 5) own.add(readInitialiser(bytes, field).name);
    else if (field.number === 11) own.add(readValue(bytes, field.content).name);
    // A body may hand on an outer tensor as it is.
    else if (field.number === 12) used.push(readValue(bytes, field.content).name);
  }
  return used.filter((name) => name !== "" && !own.has(name));
}

function readInitialiser(bytes: Uint8Array, { content, whole }: Field): Initialiser {
  const shape: number[] = [];
  let name = "";
  let type = 0;
  for (const field of fields(bytes, content)) {
    if (field.number === 1) shape.push(...integers(bytes, field));
    else if (field.number === 2) type = field.value;
    else if (field.number === 8) name = text(bytes, field.content);
  }
  return { name, type, shape, span: whole };
}

/** A sparse tensor goes by the name of its values. */
function sparseName(bytes: Uint8Array, span: Span): string {
  for (const field of fields(bytes, span)) if (field.number === 1) return readInitialiser(bytes, field).name;
  return "";
}

function readValue(bytes: Uint8Array, span: Span): Value {
  let name = "";
  let type = 0;
  let shape: (number | string)[] | undefined;
  for (const field of fields(bytes, span)) {
    if (field.number === 1) name = text(bytes, field.content);
    if (field.number !== 2 || field.type !== 2) continue;
    for (const kind of fields(bytes, field.content)) {
      // A tensor; sequences and maps are never read out.
      if (kind.number !== 1 || kind.type !== 2) continue;
      for (const part of fields(bytes, kind.content)) {
        if (part.number === 1) type = part.value;
        else if (part.number === 2 && part.type === 2) shape = readShape(bytes, part.content);
      }
    }
  }
  return { name, type, ...(shape ? { shape } : {}) };
}

function readShape(bytes: Uint8Array, span: Span): (number | string)[] {
  const shape: (number | string)[] = [];
  for (const axis of fields(bytes, span)) {
    if (axis.number !== 1 || axis.type !== 2) continue;
    let length: number | string = "?";
    for (const field of fields(bytes, axis.content)) {
      if (field.number === 1 && field.type === 0) length = field.value;
      else if (field.number === 2) length = text(bytes, field.content) || "?";
    }
    shape.push(length);
  }
  return shape;
}

/** The numbers of an attribute; empty where the node does not have it. */
export function attribute({ numbers }: Attributes, name: string): readonly number[] {
  return numbers.get(name) ?? [];
}
