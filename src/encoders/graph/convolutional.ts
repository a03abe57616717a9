import { type Flow, liveInputs, onlyConsumer } from "./flow";
import { attribute } from "./read";
import type { Residual } from "./residuals";
import type { Layer } from "./transformer";
import type { GraphNode } from "./types";

/** Steps that change each number by itself. */
const ACTIVATIONS = new Set([
  ..."Relu Clip LeakyRelu PRelu Elu Selu Gelu HardSwish HardSigmoid Sigmoid Tanh Softplus Mish Swish QuickGelu".split(
    " ",
  ),
]);

/** Further steps of activations that an exporter wrote out, with constants. */
const ARITHMETIC = new Set(["Add", "Mul", "Div", "Erf"]);

/** What stands in front of a convolution: a margin around its input, or rounding it to whole numbers. */
const PREPARING = new Set(["Pad", "DynamicQuantizeLinear", "QuantizeLinear", "DequantizeLinear"]);

/** What ends a convolution: its norm; behind whole numbers, the way back to fractions. */
const SETTLING = new Set(["BatchNormalization", "Cast", "Mul", "DequantizeLinear"]);

const POOLINGS = new Set(["MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool", "ReduceMean"]);

/**
 * The layers of a convolutional network: its stem, each block's output, and the last map before pooling. A block ends
 * with a residual sum (and the activation behind it), or with a convolution that no activation follows, as MobileNet's
 * and EfficientNet's do. A network without either is read at its concatenations, or behind each convolution.
 */
export function convolutionalLayers(flow: Flow, residuals: readonly Residual[]): Layer[] {
  const convolutions = flow.graph.nodes.filter((node) => isConvolution(node) && flow.isLive(node.outputs[0]));
  if (convolutions.length === 0) return [];
  const map = (name: string, title: string): Layer => ({ name, title, kind: "map" });
  const ends = blockEnds(flow, convolutions, residuals);
  const blocks = ends.length > 0 ? ends : stages(flow, convolutions);
  const stem = afterStem(flow, convolutions[0]);
  const head = lastMap(flow, convolutions);
  return [
    ...(blocks.includes(stem) ? [] : [map(stem, "Stem output")]),
    ...blocks.map((name, index) => map(name, `${ends.length > 0 ? "Block" : "Layer"} ${index + 1} output`)),
    ...(head === undefined || head === stem || blocks.includes(head) ? [] : [map(head, "Head output")]),
  ];
}

function isConvolution({ op }: GraphNode): boolean {
  return op === "Conv" || op === "FusedConv" || op === "QLinearConv" || op === "ConvInteger";
}

function blockEnds(
  flow: Flow,
  convolutions: readonly GraphNode[],
  residuals: readonly Residual[],
): readonly string[] {
  const sums = new Set(residuals.filter(({ convolution }) => convolution).map(({ sum }) => sum));
  for (const node of flow.graph.nodes) if (isProjectedSum(flow, node)) sums.add(node.outputs[0]);
  const ends = new Set([...sums].map((sum) => activated(flow, sum)));
  for (const node of convolutions) {
    const end = settled(flow, node);
    if (isLinearEnd(flow, node, end, sums)) ends.add(end);
  }
  return [...ends].sort((a, b) => flow.producer(a) - flow.producer(b));
}

/** A sum of two convolutions: a residual whose skip was projected to the new size. */
function isProjectedSum(flow: Flow, node: GraphNode): boolean {
  if (node.op !== "Add") return false;
  const operands = liveInputs(flow, node);
  return (
    operands.length === 2 &&
    operands.every((tensor) => {
      let source = maker(flow, tensor);
      // The norm, and the scale and shift of a quantised convolution.
      while (source && (SETTLING.has(source.op) || isShift(flow, source)))
        source = maker(flow, source.inputs[0]);
      return source !== undefined && isConvolution(source);
    })
  );
}

/** An addition of weights. */
function isShift(flow: Flow, node: GraphNode): boolean {
  return node.op === "Add" && liveInputs(flow, node).length === 1 && flow.isLive(node.inputs[0]);
}

/** The node that makes a tensor, before margins and the rounding that precede a convolution. */
function maker(flow: Flow, tensor: string): GraphNode | undefined {
  const node = flow.graph.nodes[flow.producer(tensor)];
  return node && PREPARING.has(node.op) ? maker(flow, node.inputs[0]) : node;
}

/** True when a convolution's output goes into other convolutions as it is: a linear bottleneck. */
function isLinearEnd(flow: Flow, node: GraphNode, end: string, sums: ReadonlySet<string>): boolean {
  // Depthwise filters come before a pointwise convolution, in the middle of a block. What no activation stands in front
  // of is a new size between blocks, as ConvNeXt has it.
  const before = maker(flow, node.inputs[0]);
  if (isDepthwise(node) || !before || !(ACTIVATIONS.has(before.op) || ARITHMETIC.has(before.op)))
    return false;
  const consumers = flow.consumers(end);
  const rest = consumers.filter((consumer) => !isConvolved(flow, consumer));
  return rest.length < consumers.length && rest.every(({ outputs }) => sums.has(outputs[0]));
}

function isDepthwise({ attributes }: GraphNode): boolean {
  return (attribute(attributes, "group")[0] ?? 1) > 1;
}

/** A convolution, or what prepares its input. */
function isConvolved(flow: Flow, node: GraphNode): boolean {
  if (!PREPARING.has(node.op)) return isConvolution(node);
  return flow.consumers(node.outputs[0]).some((next) => isConvolved(flow, next));
}

/** Behind a convolution's norm; behind the way back to fractions where it computes in whole numbers. */
function settled(flow: Flow, { op, outputs }: GraphNode): string {
  let at = outputs[0];
  if (op === "ConvInteger") {
    // Cast to fractions, times the scale, plus the bias by weight.
    for (const step of ["Cast", "Mul", "Add"]) {
      const next = onlyConsumer(flow, at);
      if (next?.op === step && (step !== "Add" || liveInputs(flow, next).length === 1)) at = next.outputs[0];
    }
  }
  const next = onlyConsumer(flow, at);
  return next?.op === "BatchNormalization" || next?.op === "DequantizeLinear" ? next.outputs[0] : at;
}

/** Behind the activation that follows a tensor, be it one node or written out (x · sigmoid(x), hard swish); else itself. */
function activated(flow: Flow, tensor: string): string {
  const consumers = flow.consumers(tensor);
  if (consumers.length === 1) {
    return ACTIVATIONS.has(consumers[0].op) ? consumers[0].outputs[0] : tensor;
  }
  const product = consumers.find(({ op }) => op === "Mul");
  const gate = consumers.find((node) => node !== product);
  if (consumers.length !== 2 || !product || !gate) return tensor;
  let at: GraphNode | undefined = gate;
  // Hard swish has three steps in its gate; more are no activation.
  for (let step = 0; step < 4 && at && at !== product; step++) {
    if (!ACTIVATIONS.has(at.op) && !(ARITHMETIC.has(at.op) && liveInputs(flow, at).length === 1))
      return tensor;
    at = onlyConsumer(flow, at.outputs[0]);
  }
  if (at !== product) return tensor;
  const scaled = onlyConsumer(flow, product.outputs[0]);
  const divides = scaled?.op === "Div" || scaled?.op === "Mul";
  return divides && liveInputs(flow, scaled).length === 1 ? scaled.outputs[0] : product.outputs[0];
}

/** Behind the first convolution, its norm, activation and pooling. */
function afterStem(flow: Flow, first: GraphNode): string {
  const tensor = activated(flow, settled(flow, first));
  const next = onlyConsumer(flow, tensor);
  return next?.op === "MaxPool" ? next.outputs[0] : tensor;
}

/** The last map: what the last pooling behind all convolutions is given. */
function lastMap(flow: Flow, convolutions: readonly GraphNode[]): string | undefined {
  const last = convolutions[convolutions.length - 1];
  let tensor = activated(flow, settled(flow, last));
  const sum = onlyConsumer(flow, tensor);
  if (sum?.op === "Add" && liveInputs(flow, sum).length === 2) tensor = activated(flow, sum.outputs[0]);
  return flow.consumers(tensor).some(({ op }) => POOLINGS.has(op) || op === "Flatten") ? tensor : undefined;
}

/** What a network without blocks is read at: concatenations of maps, else what follows each convolution. */
function stages(flow: Flow, convolutions: readonly GraphNode[]): readonly string[] {
  const joined = flow.graph.nodes.filter(
    ({ op, outputs: [output] }) =>
      op === "Concat" && flow.consumers(output).some((next) => isConvolved(flow, next)),
  );
  if (joined.length > 0) return joined.map(({ outputs }) => outputs[0]);
  return convolutions
    .slice(1)
    .filter((node) => !isDepthwise(node))
    .map((node) => activated(flow, settled(flow, node)));
}
