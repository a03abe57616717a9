import { type Flow, liveInputs } from "./flow";

/** A place where a network adds what some layers computed to what they were given. */
export interface Residual {
  /** The sum: what the next layers are given. Where a fused node keeps it to itself, its norm. */
  readonly sum: string;
  /** The sum's norm, where one node computes both. */
  readonly norm?: string;
  /** What was handed past the layers. */
  readonly skip: string;
  /** True when the layers look from one token at others. */
  readonly attention: boolean;
  /** True when the layers are convolutions. */
  readonly convolution: boolean;
}

const SKIP_NORMS = new Set(["SkipLayerNormalization", "SkipSimplifiedLayerNormalization"]);

/** Steps by which one token looks at others. */
const ATTENTION =
  /^(Softmax|Attention|MultiHeadAttention|QAttention|GroupQueryAttention|PackedAttention|PackedMultiHeadAttention)$/;

/** Steps with trained weights of two or more axes. */
const WEIGHTED = /MatMul|Gemm|Conv|Attention/;

/** True for a step with a matrix or filter of trained weights. */
export function isWeighted(op: string): boolean {
  return WEIGHTED.test(op);
}

/**
 * Finds residual additions in the network's order: one operand must be what the other was computed from, by layers
 * with weights (the tanh form of GELU adds x to its cube, too).
 */
export function findResiduals(flow: Flow): Residual[] {
  const residuals: Residual[] = [];
  for (const node of flow.graph.nodes) {
    const fused = SKIP_NORMS.has(node.op);
    if (node.op !== "Add" && !fused) continue;
    const operands = liveInputs(flow, { ...node, inputs: node.inputs.slice(0, 2) });
    if (operands.length !== 2) continue;
    const [a, b] = operands;
    const found = between(flow, a, b) ?? between(flow, b, a);
    if (!found?.ops.some(isWeighted)) continue;
    const sum = fused ? (node.outputs[3] ?? "") : node.outputs[0];
    residuals.push({
      sum: sum === "" ? node.outputs[0] : sum,
      ...(fused ? { norm: node.outputs[0] } : {}),
      skip: found.skip,
      attention: found.ops.some((op) => ATTENTION.test(op)),
      convolution: found.ops.some((op) => op.includes("Conv")),
    });
  }
  return residuals;
}

/** The steps that lead from `skip` to `result`; undefined when `result` was not computed from `skip`. */
function between(
  flow: Flow,
  skip: string,
  result: string,
): { readonly skip: string; readonly ops: readonly string[] } | undefined {
  const first = flow.producer(skip);
  const seen = new Set<string>();
  const ops: string[] = [];
  let reached = false;
  const open = [result];
  for (let tensor = open.pop(); tensor !== undefined; tensor = open.pop()) {
    const place = flow.producer(tensor);
    // A fused node gives the sum and its norm: what was computed from the norm was computed from the sum.
    if (tensor === skip || (place === first && place >= 0)) reached = true;
    // What was made before `skip` can't have been computed from it.
    if (tensor === skip || seen.has(tensor) || place <= first) continue;
    seen.add(tensor);
    const node = flow.graph.nodes[place];
    ops.push(node.op);
    open.push(...liveInputs(flow, node));
  }
  return reached ? { skip, ops } : undefined;
}
