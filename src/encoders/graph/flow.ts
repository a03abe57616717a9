import type { Modality } from "../../core/space";
import type { Graph, GraphNode, Port } from "./types";

/** Where tensors come from, where they go, and which carry what the network was shown. */
export interface Flow {
  readonly graph: Graph;
  /** Place of the node that makes the tensor; -1 for inputs, weights and unknown names. */
  producer(tensor: string): number;
  /** The nodes that use the tensor and carry on what the network was shown, in order. */
  consumers(tensor: string): readonly GraphNode[];
  /** True when the tensor depends on the words or pixels; false for weights, masks, positions and sizes. */
  isLive(tensor: string): boolean;
  /** The tensor itself, before steps that only copy it or change its number format. */
  original(tensor: string): string;
}

/** Steps that leave a tensor's values as they are. */
const COPIES = new Set(["Identity", "Dropout", "Cast"]);

/** Steps that look at a tensor's size alone. */
const SIZES = new Set(["Shape", "Size"]);

/** `TensorProto.DataType` of whole numbers: int32 and int64. */
const WHOLE = new Set([6, 7]);

/** The input that carries the words or the pixels; undefined when the network has none. */
export function mainInput({ inputs }: Graph, modality: Modality): Port | undefined {
  const data = inputs.filter(({ name }) => !/mask|type_ids|position/i.test(name));
  const named = (pattern: RegExp) => data.find(({ name }) => pattern.test(name));
  if (modality === "text") {
    return named(/input_ids|inputs_embeds/i) ?? data.find(({ type }) => WHOLE.has(type));
  }
  const numbers = data.filter(({ type }) => !WHOLE.has(type));
  return (
    named(/pixel_values|^image/i) ??
    numbers.find(({ shape }) => shape?.length === 4) ??
    numbers.find(({ shape }) => !shape)
  );
}

/** Follows what `modality`'s input brings through the network; what the other modality's input touches is left out. */
export function followFlow(graph: Graph, modality: Modality): Flow {
  const { nodes } = graph;
  const producers = new Map<string, number>();
  nodes.forEach(({ outputs }, place) => {
    for (const output of outputs) if (output !== "") producers.set(output, place);
  });
  const own = reach(nodes, mainInput(graph, modality)?.name);
  const other = reach(nodes, mainInput(graph, modality === "text" ? "image" : "text")?.name);
  const isLive = (tensor: string) => own.has(tensor) && !other.has(tensor);
  const consumers = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    if (!node.outputs.some(isLive)) continue;
    for (const input of new Set(node.inputs)) {
      const list = consumers.get(input);
      if (list) list.push(node);
      else consumers.set(input, [node]);
    }
  }
  const producer = (tensor: string) => producers.get(tensor) ?? -1;

  return {
    graph,
    producer,
    consumers: (tensor) => consumers.get(tensor) ?? [],
    isLive,
    original(tensor) {
      let at = tensor;
      for (let node = nodes[producer(at)]; node && COPIES.has(node.op); node = nodes[producer(at)]) {
        at = node.inputs[0];
      }
      return at;
    },
  };
}

/** The tensors that depend on `input`'s values. Nodes come in an order they can run in, so one pass is enough. */
function reach(nodes: readonly GraphNode[], input: string | undefined): ReadonlySet<string> {
  const reached = new Set<string>();
  if (input === undefined) return reached;
  reached.add(input);
  for (const { op, inputs, captured, outputs } of nodes) {
    if (SIZES.has(op)) continue;
    if (!inputs.some((name) => reached.has(name)) && !captured.some((name) => reached.has(name))) continue;
    for (const output of outputs) if (output !== "") reached.add(output);
  }
  return reached;
}

/** The inputs of a node that carry what the network was shown. */
export function liveInputs(flow: Flow, node: GraphNode): string[] {
  return node.inputs.filter((input) => flow.isLive(input));
}

/** The only node that uses a tensor; undefined when there are none or several. */
export function onlyConsumer(flow: Flow, tensor: string): GraphNode | undefined {
  const consumers = flow.consumers(tensor);
  return consumers.length === 1 ? consumers[0] : undefined;
}
