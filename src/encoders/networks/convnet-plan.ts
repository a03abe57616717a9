import { attribute } from "../graph/read";
import type { Graph, GraphNode } from "../graph/types";
import { weightNumbers } from "./numbers";
import { byPanels, byTaps } from "./packing";

/** A map of a network, or with one row and column a vector. */
export interface MapSize {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
}

/** Where a filter looks: squares of `side`, `step` apart, beginning `top` and `left` outside of the map. */
export interface Window {
  readonly side: number;
  readonly step: number;
  readonly top: number;
  readonly left: number;
}

interface Layer {
  /** Names of the maps that are read and made. */
  readonly from: string;
  readonly to: string;
  readonly size: MapSize;
  readonly low: number;
  readonly high: number;
}

/** A trained layer; `weights` are packed as the kernel reads them. */
interface Trained extends Layer {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** One step of a network, as the kernel `networks` has it. */
export type Step =
  /** From the picture's planes. */
  | (Trained & { readonly kind: "first"; readonly window: Window; readonly planes: number })
  | (Trained & { readonly kind: "pointwise"; readonly added?: string })
  | (Trained & { readonly kind: "depthwise"; readonly window: Window })
  | (Layer & { readonly kind: "sum"; readonly other: string })
  | (Layer & { readonly kind: "mean" });

/** A whole network, step by step. */
export interface Plan {
  /** Name of the picture's tensor: `3 × size × size` numbers, plane by plane. */
  readonly input: string;
  readonly size: number;
  readonly steps: readonly Step[];
  /** The size of every map. */
  readonly maps: ReadonlyMap<string, MapSize>;
  /** For each vector that is wanted, the map that holds it. */
  readonly outputs: ReadonlyMap<string, string>;
}

/**
 * How a network of convolutions computes some of its vectors, for pictures of `size` × `size` pixels: convolutions of
 * one pixel, of one channel (depthwise) and a first one on the picture, each with ReLU or a clip behind it; sums, the mean
 * over all pixels, a last matrix. Undefined for networks of anything else.
 */
export function planConvnet(
  bytes: Uint8Array,
  graph: Graph,
  outputs: readonly string[],
  size: number,
): Plan | undefined {
  if (graph.inputs.length !== 1) return undefined;
  return new Planner(bytes, graph, outputs, size).plan();
}

/** What a node is not understood for. */
const UNKNOWN = Symbol("a step that the kernel does not have");

class Planner {
  private readonly bytes: Uint8Array;
  private readonly graph: Graph;
  private readonly wanted: readonly string[];
  private readonly size: number;
  private readonly users = new Map<string, GraphNode[]>();
  private readonly steps: Step[] = [];
  private readonly maps = new Map<string, MapSize>();
  /** Tensors that hold what another one holds, under another name. */
  private readonly same = new Map<string, string>();
  private readonly done = new Set<GraphNode>();

  constructor(bytes: Uint8Array, graph: Graph, wanted: readonly string[], size: number) {
    this.bytes = bytes;
    this.graph = graph;
    this.wanted = wanted;
    this.size = size;
  }

  plan(): Plan | undefined {
    const { graph, wanted, size } = this;
    const nodes = this.needed();
    for (const node of nodes) {
      for (const name of node.inputs) this.users.set(name, [...(this.users.get(name) ?? []), node]);
    }
    try {
      for (const node of nodes) if (!this.done.has(node)) this.add(node);
    } catch (reason) {
      if (reason === UNKNOWN) return undefined;
      throw reason;
    }
    const outputs = new Map(wanted.map((name) => [name, this.alias(name)]));
    for (const name of outputs.values()) {
      const map = this.maps.get(name);
      if (!map || map.rows * map.columns !== 1) return undefined;
    }
    return { input: graph.inputs[0].name, size, steps: this.steps, maps: this.maps, outputs };
  }

  /** The nodes that the wanted tensors need, in their order. */
  private needed(): GraphNode[] {
    const names = new Set(this.wanted);
    const nodes: GraphNode[] = [];
    for (const node of this.graph.nodes.toReversed()) {
      if (!node.outputs.some((name) => names.has(name))) continue;
      for (const name of node.inputs) names.add(name);
      nodes.push(node);
    }
    return nodes.reverse();
  }

  private add(node: GraphNode): void {
    const [from = "", second = ""] = node.inputs;
    const [to] = node.outputs;
    if (node.op === "Cast" && (this.graph.initialisers.has(from) || this.same.has(from))) {
      this.same.set(to, this.alias(from));
    } else if (node.op === "Conv") this.addConvolution(node);
    else if (node.op === "Gemm") this.addMatrix(node);
    else if (node.op === "Add") {
      const { to: end, ...limits } = this.clamped(to);
      const size = this.sizeOf(from);
      if (!sameSize(size, this.sizeOf(second))) throw UNKNOWN;
      this.push({ kind: "sum", from: this.alias(from), other: this.alias(second), to: end, size, ...limits });
    } else if (
      node.op === "GlobalAveragePool" ||
      (node.op === "ReduceMean" && this.isOverPixels(second, node))
    ) {
      const size = { rows: 1, columns: 1, channels: this.sizeOf(from).channels };
      this.push({ kind: "mean", from: this.alias(from), to, size, low: -Infinity, high: Infinity });
    } else if (/^(Reshape|Flatten|Squeeze|Identity)$/.test(node.op) && isVector(this.sizeOf(from))) {
      this.same.set(to, this.alias(from));
    } else throw UNKNOWN;
  }

  private addConvolution({
    inputs: [from, weightsName, biasName = ""],
    outputs: [name],
    attributes,
  }: GraphNode) {
    const weights = this.weights(weightsName);
    const [outputs, inputs, side, width] = this.shape(weightsName);
    const [step = 1, across = step] = attribute(attributes, "strides");
    const [top = 0, left = 0, bottom = 0, right = 0] = attribute(attributes, "pads");
    const [group = 1] = attribute(attributes, "group");
    const dilated = attribute(attributes, "dilations").some((by) => by !== 1);
    const automatic = attributes.texts.get("auto_pad") ?? "NOTSET";
    if (side !== width || step !== across || dilated || !/^(NOTSET|VALID)$/.test(automatic)) throw UNKNOWN;
    const isFirst = from === this.graph.inputs[0].name;
    const before = isFirst
      ? { rows: this.size, columns: this.size, channels: inputs * group }
      : this.sizeOf(from);
    const size = {
      rows: Math.floor((before.rows + top + bottom - side) / step) + 1,
      columns: Math.floor((before.columns + left + right - side) / step) + 1,
      channels: outputs,
    };
    const bias = biasName === "" ? new Float32Array(outputs) : this.weights(biasName);
    const window = { side, step, top, left };
    const { added, to, ...limits } = this.following(name, size);
    const common = { from: this.alias(from), to, size, bias, ...limits };
    const panels = () => byPanels(weights, outputs, inputs * side * side);
    if (isFirst && group === 1 && outputs % 8 === 0 && added === undefined) {
      this.push({ kind: "first", ...common, weights: panels(), window, planes: inputs });
    } else if (group === 1 && side === 1 && step === 1 && top + left === 0 && outputs % 8 === 0) {
      this.push({
        kind: "pointwise",
        ...common,
        weights: panels(),
        ...(added === undefined ? {} : { added }),
      });
    } else if (
      group === outputs &&
      inputs === 1 &&
      outputs === before.channels &&
      outputs % 4 === 0 &&
      added === undefined
    ) {
      this.push({ kind: "depthwise", ...common, weights: byTaps(weights, outputs, side * side), window });
    } else throw UNKNOWN;
  }

  private addMatrix({ inputs: [from, weightsName, biasName = ""], outputs: [name], attributes }: GraphNode) {
    const [transposed = 0] = attribute(attributes, "transB");
    const [outputs, inputs] = this.shape(weightsName);
    if (transposed !== 1 || outputs % 8 !== 0 || !isVector(this.sizeOf(from))) throw UNKNOWN;
    const weights = byPanels(this.weights(weightsName), outputs, inputs);
    const bias = biasName === "" ? new Float32Array(outputs) : this.weights(biasName);
    const size = { rows: 1, columns: 1, channels: outputs };
    const { to, ...limits } = this.clamped(name);
    this.push({ kind: "pointwise", from: this.alias(from), to, size, weights, bias, ...limits });
  }

  private push(step: Step): void {
    this.steps.push(step);
    this.maps.set(step.to, step.size);
  }

  /** What follows a convolution and can be done along with it: a clamp, or a sum with a map that is there already. */
  private following(name: string, size: MapSize) {
    const [user, ...others] = this.users.get(name) ?? [];
    if (user?.op === "Add" && others.length === 0 && !this.wanted.includes(name)) {
      const added = user.inputs.map((one) => this.alias(one)).find((one) => one !== name);
      const known = added === undefined ? undefined : this.maps.get(added);
      const [to] = user.outputs;
      // A clamp behind the sum is a step of its own.
      const isLast = !(this.users.get(to) ?? []).some(({ op }) => op === "Relu" || op === "Clip");
      if (added !== undefined && known && sameSize(known, size) && isLast) {
        this.done.add(user);
        return { to, added, low: -Infinity, high: Infinity };
      }
    }
    return { added: undefined, ...this.clamped(name) };
  }

  /** The limits that a ReLU or a clip behind a tensor sets, and the tensor's name behind it. */
  private clamped(name: string): { to: string; low: number; high: number } {
    const [user, ...others] = this.users.get(name) ?? [];
    const open = { to: name, low: -Infinity, high: Infinity };
    if (!user || others.length > 0 || this.wanted.includes(name)) return open;
    const [to] = user.outputs;
    if (user.op === "Relu") {
      this.done.add(user);
      return { to, low: 0, high: Infinity };
    }
    if (user.op !== "Clip") return open;
    const [, low, high] = user.inputs;
    this.done.add(user);
    return { to, low: this.limit(low, -Infinity), high: this.limit(high, Infinity) };
  }

  private limit(name: string | undefined, otherwise: number): number {
    return name ? this.weights(name)[0] : otherwise;
  }

  private isOverPixels(axes: string, { attributes }: GraphNode): boolean {
    const listed = axes === "" ? attribute(attributes, "axes") : [...this.weights(axes)];
    return (
      listed.length === 2 && listed.every((axis) => axis === 2 || axis === 3 || axis === -1 || axis === -2)
    );
  }

  private weights(name: string): Float32Array {
    const numbers = weightNumbers(this.bytes, this.graph, this.alias(name));
    if (!numbers || numbers instanceof Int8Array) throw UNKNOWN;
    return numbers;
  }

  private shape(name: string): readonly number[] {
    const shape = this.graph.initialisers.get(this.alias(name))?.shape;
    if (!shape) throw UNKNOWN;
    return shape;
  }

  private sizeOf(name: string): MapSize {
    const size = this.maps.get(this.alias(name));
    if (!size) throw UNKNOWN;
    return size;
  }

  private alias(name: string): string {
    return this.same.get(name) ?? name;
  }
}

function isVector({ rows, columns }: MapSize): boolean {
  return rows * columns === 1;
}

function sameSize(a: MapSize, b: MapSize): boolean {
  return a.rows === b.rows && a.columns === b.columns && a.channels === b.channels;
}
