import type { Span } from "./wire";

/** Lengths of a tensor's axes; a string names one whose length depends on the input. */
export type Shape = readonly (number | string)[];

/** A tensor by name, with what the file says of it. */
export interface Value {
  readonly name: string;
  /** `TensorProto.DataType`: 1 is float32, 7 is int64, 10 is float16; 0 where the file does not say. */
  readonly type: number;
  /** Absent where the file does not say. */
  readonly shape?: Shape;
}

/** A weight: its name and size; its numbers stay where they are. */
export interface Initialiser extends Value {
  readonly shape: readonly number[];
  readonly span: Span;
}

/** What a node is told beside its inputs; only the kinds that reading layers needs. */
export interface Attributes {
  readonly numbers: ReadonlyMap<string, readonly number[]>;
  readonly texts: ReadonlyMap<string, string>;
}

/** One step of the computation. */
export interface GraphNode {
  readonly name: string;
  /** "MatMul", "SkipLayerNormalization", …, without its domain. */
  readonly op: string;
  /** Names of tensors; empty for an optional input that is left out. */
  readonly inputs: readonly string[];
  /** Tensors of this graph that the bodies of an `If` or `Loop` use. */
  readonly captured: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
  readonly span: Span;
}

/** An input or output of the graph, and where the file says so. */
export interface Port extends Value {
  readonly span: Span;
}

/** What an ONNX file says about its network, without the weights' numbers. Nodes come in an order they can run in. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  /** What has to be fed: inputs that are no weights. */
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly initialisers: ReadonlyMap<string, Initialiser>;
  /** What the file says of tensors inside. */
  readonly values: ReadonlyMap<string, Value>;
}

/**
 * What a tap holds for each input: "tokens" are vectors in a row, [batch, tokens, dimension]; a "map" is a grid of them,
 * [batch, dimension, rows, columns]; a "vector" is one, [batch, dimension]; "logits" are scores of classes.
 */
export type TapKind = "tokens" | "map" | "vector" | "logits";

/** A tensor inside the network that can be read out. */
export interface Tap {
  /** The tensor's name in the file. */
  readonly name: string;
  /** For people: "Token embeddings", "Block 3 output", "Logits". */
  readonly title: string;
  readonly kind: TapKind;
  /** Axes in order; strings name axes whose length depends on the input, or is not known before a run. */
  readonly shape: Shape;
  /** Where it stands between the network's first readable layer (0) and its last (1). */
  readonly depth: number;
}
