import { type Flow, liveInputs, onlyConsumer } from "./flow";

const NORMS = new Set(["LayerNormalization", "SimplifiedLayerNormalization", "RMSNormalization"]);

/** The first steps of a layer norm that an exporter wrote out: mean, difference, square. */
const WRITTEN_OUT = new Set(["ReduceMean", "Sub", "Pow"]);

/**
 * The layer norm right behind a tensor: its output. Finds one node as well as a norm written out in steps (Sub, Div, and
 * the scale and shift by weights). Undefined when there is none.
 */
export function normAfter(flow: Flow, tensor: string): string | undefined {
  const consumers = flow.consumers(tensor);
  const norm = consumers.find(({ op }) => NORMS.has(op));
  if (norm) return norm.outputs[0];
  const copy = consumers.find(({ op }) => op === "Cast");
  if (copy) return normAfter(flow, copy.outputs[0]);
  if (!consumers.some(({ op }) => op === "ReduceMean" || op === "Pow")) return undefined;
  const centred = consumers.find(({ op }) => op === "Sub")?.outputs[0] ?? tensor;
  const divided = flow
    .consumers(centred)
    .find((node) => (node.op === "Div" || node.op === "Mul") && liveInputs(flow, node).length === 2);
  return divided && afterWeights(flow, divided.outputs[0]);
}

/** Behind the multiplication and addition of weights that end a norm which was written out. */
function afterWeights(flow: Flow, tensor: string): string {
  let at = tensor;
  for (const op of ["Mul", "Add"]) {
    let next = onlyConsumer(flow, at);
    if (next?.op === "Cast") next = onlyConsumer(flow, next.outputs[0]);
    if (next?.op === op && liveInputs(flow, next).length === 1) at = next.outputs[0];
  }
  return at;
}

/** True when nothing but a layer norm uses the tensor. */
export function isOnlyNormed(flow: Flow, tensor: string): boolean {
  const consumers = flow.consumers(tensor);
  return consumers.length > 0 && consumers.every(({ op }) => NORMS.has(op) || WRITTEN_OUT.has(op));
}
