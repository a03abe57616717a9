import type { Graph, GraphNode } from "../graph/types";
import { weightNumbers } from "./numbers";
import { byPanels, bytePanels } from "./packing";

/** A trained matrix, as the kernel reads it: with scales its weights have eight bits. */
export interface Matrix {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float32Array | Int8Array;
  readonly scales?: Float32Array;
  readonly bias: Float32Array;
}

/** A trained norm. */
export interface Norm {
  readonly gain: Float32Array;
  readonly bias: Float32Array;
}

/** A table of vectors, one for each word or place: with scales its numbers have eight bits. */
export interface Table {
  readonly numbers: Float32Array | Int8Array;
  /** One for each row. */
  readonly scales?: Float32Array;
}

/** One block: attention and a network on each token, each behind a sum and a norm. */
export interface Block {
  readonly query: Matrix;
  readonly key: Matrix;
  readonly value: Matrix;
  readonly joined: Matrix;
  readonly attended: Norm;
  readonly widened: Matrix;
  readonly narrowed: Matrix;
  readonly finished: Norm;
}

/** A BERT (Devlin 2018): tables of words and places, a norm, blocks. */
export interface BertPlan {
  readonly width: number;
  /** Numbers of an attention head, and what its scores are multiplied by. */
  readonly headSize: number;
  readonly scale: number;
  readonly words: Table;
  readonly places: Table;
  /** Texts of more tokens can't be read. */
  readonly longest: number;
  /** Added to every token. */
  readonly kind: Float32Array;
  readonly embedded: Norm;
  readonly blocks: readonly Block[];
  readonly epsilon: number;
}

/** Tokens of one run: enough to use each weight often, few enough that the maps stay in the cache. */
export const TOKENS_AT_ONCE = 256;

/** BERT's. The file says it too, but where it is another one, the comparison with onnxruntime notices. */
const EPSILON = 1e-12;

/**
 * Reads a BERT out of an ONNX file, as far as the tensor `output`: a block's end. Weights of eight bits behind
 * `DequantizeLinear` stay so. Undefined for networks of any other form.
 */
export function planBert(bytes: Uint8Array, graph: Graph, output: string): BertPlan | undefined {
  try {
    return new Planner(bytes, graph).plan(output);
  } catch (reason) {
    if (reason === OTHER) return undefined;
    throw reason;
  }
}

/** What a network of another form is given up for. */
const OTHER = Symbol("no BERT");

class Planner {
  private readonly bytes: Uint8Array;
  private readonly graph: Graph;
  private readonly makers = new Map<string, GraphNode>();

  constructor(bytes: Uint8Array, graph: Graph) {
    this.bytes = bytes;
    this.graph = graph;
    for (const node of graph.nodes) for (const name of node.outputs) this.makers.set(name, node);
  }

  plan(output: string): BertPlan {
    const blocks: Block[] = [];
    let scale: number | undefined;
    let end = output;
    // From the end to the beginning: a block's input is what its attention reads.
    for (;;) {
      const norm = this.maker(end, "LayerNormalization");
      const found = this.block(norm);
      if (!found) {
        const { gain, bias } = this.norm(norm);
        const embedded = { gain, bias };
        if (scale === undefined) throw OTHER;
        return {
          ...this.tables(norm.inputs[0], gain.length),
          embedded,
          scale,
          blocks,
          epsilon: EPSILON,
          ...this.heads(scale, gain.length),
        };
      }
      if (scale !== undefined && found.scale !== scale) throw OTHER;
      scale = found.scale;
      blocks.unshift(found.block);
      end = found.input;
    }
  }

  /** The block that a norm ends; undefined where the norm ends no block, but the embeddings. */
  private block(last: GraphNode) {
    const sum = this.makers.get(last.inputs[0]);
    if (sum?.op !== "Add") return undefined;
    const [inner] = sum.inputs.filter((name) => this.makers.get(name)?.op === "LayerNormalization");
    const outer = sum.inputs.find((name) => name !== inner);
    if (inner === undefined || outer === undefined) return undefined;
    const narrowed = this.linear(outer);
    const widened = this.linear(this.beforeGelu(narrowed.from));
    if (widened.from !== inner) throw OTHER;

    const middle = this.maker(inner, "LayerNormalization");
    const attention = this.maker(middle.inputs[0], "Add");
    const input = attention.inputs.find((name) => this.makers.get(name)?.op === "LayerNormalization");
    const joinedEnd = attention.inputs.find((name) => name !== input);
    if (input === undefined || joinedEnd === undefined) throw OTHER;
    const joined = this.linear(joinedEnd);
    const weighed = this.maker(this.through(joined.from), "MatMul");
    const [shares, values] = weighed.inputs;
    const softmax = this.maker(shares, "Softmax");
    const masked = this.maker(softmax.inputs[0], "Add");
    const scaled = masked.inputs.map((name) => this.makers.get(name)).find((node) => node?.op === "Mul");
    const [scores, factor] = scaled?.inputs ?? [];
    const [queries, keys] = this.maker(scores, "MatMul").inputs;
    const [query, key, value] = [queries, keys, values].map((name) => this.linear(this.through(name)));
    if ([query, key, value].some(({ from }) => from !== input)) throw OTHER;
    return {
      input,
      scale: this.weights(factor)[0],
      block: {
        query: query.matrix,
        key: key.matrix,
        value: value.matrix,
        joined: joined.matrix,
        attended: this.norm(middle),
        widened: widened.matrix,
        narrowed: narrowed.matrix,
        finished: this.norm(last),
      },
    };
  }

  /** A matrix with its bias, and what it is applied to. */
  private linear(end: string): { readonly from: string; readonly matrix: Matrix } {
    const add = this.maker(end, "Add");
    const product = add.inputs.find((name) => this.makers.get(name)?.op === "MatMul");
    const biasName = add.inputs.find((name) => this.graph.initialisers.has(name));
    if (product === undefined || biasName === undefined) throw OTHER;
    const [from, weightsName] = this.maker(product, "MatMul").inputs;
    const packed = this.makers.get(weightsName);
    const stored = packed?.op === "DequantizeLinear" ? packed.inputs[0] : weightsName;
    const [inputs, outputs] = this.graph.initialisers.get(stored)?.shape ?? [];
    if (inputs === undefined || outputs === undefined || outputs % 8 !== 0 || inputs % 8 !== 0) throw OTHER;
    const bias = this.floats(biasName);
    const numbers = this.weights(stored);
    if (packed?.op !== "DequantizeLinear") {
      return { from, matrix: { inputs, outputs, bias, weights: byPanels(numbers, outputs, inputs, true) } };
    }
    const [, scaleName, zeroName] = packed.inputs;
    const scales = this.floats(scaleName);
    const isPlain = zeroName === undefined || zeroName === "";
    if (!(numbers instanceof Int8Array) || scales.length !== outputs || !isPlain) throw OTHER;
    const weights = bytePanels(numbers, outputs, inputs);
    return { from, matrix: { inputs, outputs, bias, weights, scales } };
  }

  /** What GELU by the error function is applied to: x · (½ · (1 + erf(x / √2))). */
  private beforeGelu(end: string): string {
    const [x, half] = this.maker(end, "Mul").inputs;
    const sum = this.maker(half, "Mul").inputs.find((name) => this.makers.get(name)?.op === "Add");
    const erf = this.maker(sum, "Add").inputs.find((name) => this.makers.get(name)?.op === "Erf");
    const [divided] = this.maker(this.maker(erf, "Erf").inputs[0], "Div").inputs;
    if (divided !== x) throw OTHER;
    return x;
  }

  /** What a tensor was before it was cut into heads, or put together again. */
  private through(name: string): string {
    let at = name;
    for (
      let node = this.makers.get(at);
      node?.op === "Transpose" || node?.op === "Reshape";
      node = this.makers.get(at)
    )
      [at] = node.inputs;
    return at;
  }

  private norm({ inputs: [, gain, bias] }: GraphNode): Norm {
    return { gain: this.floats(gain), bias: this.floats(bias) };
  }

  /** The tables whose rows are added up at the beginning. */
  private tables(end: string, width: number) {
    const leaves = (name: string): string[] => {
      const node = this.makers.get(name);
      return node?.op === "Add" ? node.inputs.flatMap(leaves) : [name];
    };
    const found = new Map(leaves(end).map((leaf) => this.table(leaf)));
    const [words, kinds] = [found.get("input_ids"), found.get("token_type_ids")];
    const places = found.get("places");
    if (!words || !places || !kinds || kinds.scales || found.size !== 3) throw OTHER;
    const kind = Float32Array.from(kinds.numbers.subarray(0, width));
    return { words, places, kind, longest: places.numbers.length / width };
  }

  /** What a table is looked up by, and its numbers. */
  private table(leaf: string): [string, Table] {
    const node = this.makers.get(leaf);
    if (node?.op === "Mul") {
      const [cast, scales] = node.inputs;
      const [rows, by] = this.maker(this.maker(cast, "Cast").inputs[0], "Gather").inputs;
      const [factors, same] = this.maker(scales, "Gather").inputs;
      const numbers = this.weights(rows);
      if (!(numbers instanceof Int8Array) || by !== same) throw OTHER;
      return [this.index(by), { numbers, scales: this.floats(factors) }];
    }
    const [rows, by] = this.maker(leaf, "Gather").inputs;
    return [this.index(by), { numbers: this.floats(rows) }];
  }

  /** Places are counted from 0: they come from a list in the file. */
  private index(by: string): string {
    const node = this.makers.get(by);
    const isList = this.graph.initialisers.has(node?.op === "Slice" ? node.inputs[0] : by);
    return isList ? "places" : by;
  }

  private heads(scale: number, width: number): { readonly headSize: number; readonly width: number } {
    const headSize = Math.round(1 / scale ** 2);
    if (width % headSize !== 0 || headSize % 4 !== 0) throw OTHER;
    return { headSize, width };
  }

  private floats(name: string): Float32Array {
    const numbers = this.weights(name);
    if (numbers instanceof Int8Array) throw OTHER;
    return numbers;
  }

  private weights(name: string): Float32Array | Int8Array {
    const numbers = weightNumbers(this.bytes, this.graph, name);
    if (!numbers) throw OTHER;
    return numbers;
  }

  private maker(name: string | undefined, op: string): GraphNode {
    const node = this.makers.get(name ?? "");
    if (node?.op !== op) throw OTHER;
    return node;
  }
}
