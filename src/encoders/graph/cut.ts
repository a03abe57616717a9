import { NamedError } from "../../core/errors";
import type { Graph } from "./types";
import { delimited, fields } from "./wire";

/**
 * The same model with `taps` as its only outputs: what is not needed for them (nodes, weights, inputs) is left out, so
 * that a runtime neither loads nor computes it. The types of the new outputs are left to the runtime to infer. Copies
 * what stays. Throws `UnknownTap` when no node makes a tensor of that name.
 */
export function tapModel(bytes: Uint8Array, graph: Graph, taps: readonly string[]): Uint8Array<ArrayBuffer> {
  const needed = ancestors(graph, taps);
  const parts: Uint8Array[] = [];
  const keep = (span: { readonly start: number; readonly end: number }) =>
    parts.push(bytes.subarray(span.start, span.end));
  for (const node of graph.nodes) if (node.outputs.some((output) => needed.has(output))) keep(node.span);
  for (const tensor of graph.initialisers.values()) if (needed.has(tensor.name)) keep(tensor.span);
  for (const input of graph.inputs) if (needed.has(input.name)) keep(input.span);
  for (const tap of taps) {
    const declared = graph.outputs.find(({ name }) => name === tap);
    // ValueInfoProto.name is field 1; GraphProto.output is field 12.
    if (declared) keep(declared.span);
    else parts.push(...delimited(12, delimited(1, [new TextEncoder().encode(tap)])));
  }
  const model: Uint8Array[] = [];
  for (const { number, whole } of fields(bytes, { start: 0, end: bytes.length })) {
    // ModelProto.graph is field 7; all else (versions, operator sets, functions) stays as it is.
    if (number !== 7) model.push(bytes.subarray(whole.start, whole.end));
  }
  return join([...model, ...delimited(7, [...delimited(2, [new TextEncoder().encode("tap")]), ...parts])]);
}

/** Names of the tensors, weights and inputs that `taps` are computed from, themselves included. */
function ancestors(graph: Graph, taps: readonly string[]): ReadonlySet<string> {
  requireTaps(graph, taps);
  const needed = new Set(taps);
  for (let place = graph.nodes.length - 1; place >= 0; place--) {
    const { inputs, captured, outputs } = graph.nodes[place];
    if (!outputs.some((output) => output !== "" && needed.has(output))) continue;
    for (const name of [...inputs, ...captured]) if (name !== "") needed.add(name);
  }
  return needed;
}

/** Throws `UnknownTap` when no node of the network makes one of the tensors. */
export function requireTaps({ nodes }: Graph, taps: readonly string[]): void {
  const made = new Set(nodes.flatMap(({ outputs }) => outputs));
  const unknown = taps.find((tap) => !made.has(tap));
  if (unknown === undefined) return;
  throw new NamedError("UnknownTap", `The model has no layer called “${unknown}”.`, {
    advice: "Choose one of the layers that are listed.",
  });
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
