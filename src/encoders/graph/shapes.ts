import { attribute } from "./read";
import type { Graph, GraphNode, Shape } from "./types";

type Shapes = Map<string, Shape>;

/** Steps whose output has the size of their first input. */
const SAME_SIZE = new Set([
  ..."Relu Clip LeakyRelu PRelu Elu Selu Gelu FastGelu QuickGelu BiasGelu HardSwish HardSigmoid Sigmoid Tanh Softplus".split(
    " ",
  ),
  ..."Mish Swish Erf Softmax BatchNormalization LayerNormalization InstanceNormalization Identity Dropout Cast".split(
    " ",
  ),
  ..."SkipLayerNormalization SimplifiedLayerNormalization SkipSimplifiedLayerNormalization RMSNormalization".split(
    " ",
  ),
  ..."QuantizeLinear DequantizeLinear DynamicQuantizeLinear Pow Sqrt Neg Exp Attention QAttention".split(" "),
]);

const ELEMENTWISE = new Set(["Add", "Sub", "Mul", "Div", "Where", "Max", "Min"]);

const CONVOLUTIONS = new Set(["Conv", "FusedConv", "ConvInteger"]);

/**
 * Infers the sizes of a network's tensors, as far as convolutions, poolings, matrix products and norms tell; tensors
 * whose size is not known are left out. `input` are the main input's axes, where more is known of them than the file
 * says.
 */
export function inferShapes(
  graph: Graph,
  input?: { readonly name: string; readonly shape: Shape },
): ReadonlyMap<string, Shape> {
  const shapes: Shapes = new Map();
  for (const { name, shape } of [...graph.values.values(), ...graph.inputs, ...graph.outputs]) {
    if (shape) shapes.set(name, shape);
  }
  for (const { name, shape } of graph.initialisers.values()) shapes.set(name, shape);
  if (input) shapes.set(input.name, input.shape);
  for (const node of graph.nodes) {
    const known = shapes.get(node.outputs[0]);
    // What the file says may hold names where the input's known size gives numbers.
    if (known?.every((axis) => typeof axis === "number")) continue;
    const shape = inferNode(node, shapes);
    if (shape) shapes.set(node.outputs[0], known ? merge(known, shape) : shape);
    if (SAME_SIZE.has(node.op) && shape) for (const more of node.outputs.slice(1)) shapes.set(more, shape);
  }
  return shapes;
}

function merge(said: Shape, inferred: Shape): Shape {
  if (said.length !== inferred.length) return said;
  return said.map((axis, place) => (typeof inferred[place] === "number" ? inferred[place] : axis));
}

function inferNode(node: GraphNode, shapes: Shapes): Shape | undefined {
  const [first, second] = node.inputs.map((name) => shapes.get(name));
  if (!first) return ELEMENTWISE.has(node.op) ? undefined : inferWithoutFirst(node, second);
  if (SAME_SIZE.has(node.op)) return first;
  if (ELEMENTWISE.has(node.op)) return second && broadcast(first, second);
  if (CONVOLUTIONS.has(node.op)) return second && slide(node, first, second[0], second.slice(2));
  switch (node.op) {
    case "MaxPool":
    case "AveragePool":
      return slide(node, first, first[1], attribute(node.attributes, "kernel_shape"));
    case "GlobalAveragePool":
    case "GlobalMaxPool":
      return first.map((axis, place) => (place < 2 ? axis : 1));
    case "Pad":
      return first.length === 4 ? [first[0], first[1], "?", "?"] : undefined;
    case "Flatten":
      return [first[0], product(first.slice(1))];
    case "Transpose":
      return transpose(node, first);
    case "Gemm":
    case "MatMul":
    case "MatMulInteger":
    case "FusedMatMul":
      return matrixProduct(node, first, second);
    case "Gather":
      return second && (attribute(node.attributes, "axis")[0] ?? 0) === 0
        ? [...second, ...first.slice(1)]
        : undefined;
    default:
      return undefined;
  }
}

/** What weights alone tell: the width of a product, the channels of a convolution. */
function inferWithoutFirst(node: GraphNode, weights: Shape | undefined): Shape | undefined {
  if (!weights) return undefined;
  if (node.op === "Gemm") return matrixProduct(node, ["batch", "?"], weights);
  return CONVOLUTIONS.has(node.op) && weights.length === 4 ? ["batch", weights[0], "?", "?"] : undefined;
}

function broadcast(a: Shape, b: Shape): Shape {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  const offset = long.length - short.length;
  return long.map((axis, place) => {
    const other = place < offset ? 1 : short[place - offset];
    if (axis === 1) return other;
    return typeof axis === "number" || other === 1 ? axis : other;
  });
}

/** The size of a map after a filter slid over it (onnx.ai, operator Conv). */
function slide(node: GraphNode, input: Shape, channels: number | string, kernel: Shape): Shape {
  const { attributes } = node;
  const strides = attribute(attributes, "strides");
  const pads = attribute(attributes, "pads");
  const dilations = attribute(attributes, "dilations");
  const same = attributes.texts.get("auto_pad")?.startsWith("SAME") ?? false;
  const round = attribute(attributes, "ceil_mode")[0] === 1 ? Math.ceil : Math.floor;
  const axes = input.slice(2).map((length, axis) => {
    const size = kernel[axis];
    if (typeof length !== "number" || typeof size !== "number") return "?";
    const stride = strides[axis] ?? 1;
    if (same) return Math.ceil(length / stride);
    const padding = (pads[axis] ?? 0) + (pads[axis + kernel.length] ?? 0);
    return round((length + padding - (dilations[axis] ?? 1) * (size - 1) - 1) / stride) + 1;
  });
  return [input[0], channels, ...axes];
}

function product(axes: Shape): number | string {
  return axes.reduce(
    (size, axis) => (typeof size === "number" && typeof axis === "number" ? size * axis : "?"),
    1,
  );
}

function transpose(node: GraphNode, input: Shape): Shape {
  const order = attribute(node.attributes, "perm");
  return order.length === input.length ? order.map((axis) => input[axis]) : [...input].reverse();
}

function matrixProduct(node: GraphNode, input: Shape, weights: Shape | undefined): Shape | undefined {
  if (!weights || weights.length < 2) return undefined;
  const transposed = node.op === "Gemm" && attribute(node.attributes, "transB")[0] === 1;
  return [...input.slice(0, -1), weights[weights.length - (transposed ? 2 : 1)]];
}
