import { delimited } from "../../src/encoders/graph/wire";

const name = (text: string) => new TextEncoder().encode(text);

/** A node of an ONNX graph, with one attribute or none. */
function node(op: string, inputs: readonly string[], output: string, attribute: readonly Uint8Array[] = []) {
  return delimited(1, [
    ...inputs.flatMap((input) => delimited(1, [name(input)])),
    ...delimited(2, [name(output)]),
    ...delimited(4, [name(op)]),
    ...(attribute.length > 0 ? delimited(5, attribute) : []),
  ]);
}

const einsum = (inputs: readonly string[], output: string, equation: string) =>
  node("Einsum", inputs, output, [
    ...delimited(1, [name("equation")]),
    ...delimited(4, [name(equation)]),
    Uint8Array.of(0xa0, 0x01, 3),
  ]);

const transposed = [...delimited(1, [name("perm")]), Uint8Array.of(0x40, 0, 0x40, 2, 0x40, 1, 0xa0, 0x01, 7)];

/** The layer of `greedyModel` that takes so much. */
export const greedyLayer = "greedy_state";

/**
 * An ONNX text model whose `last_hidden_state` has 16 numbers a token, and a layer behind it that holds the fifth power of the
 * tokens in floats while it runs: 12 kB for five tokens, 523 MB for 42.
 */
export function greedyModel(model: Uint8Array): Buffer {
  const state = "last_hidden_state";
  const axis = (axisName: string) => delimited(1, delimited(2, [name(axisName)]));
  const shape = delimited(2, [...axis("batch"), ...axis("tokens"), ...delimited(1, [Uint8Array.of(8, 16)])]);
  const graph = [
    ...node("Transpose", [state], "greedy_turned", transposed),
    ...node("MatMul", [state, "greedy_turned"], "greedy_pairs"),
    ...einsum(["greedy_pairs"], "greedy_sums", "bij->bi"),
    ...einsum(["greedy_pairs", "greedy_pairs", "greedy_sums"], "greedy_all", "bij,bkl,bm->bijklm"),
    ...einsum(["greedy_all"], "greedy_tokens", "bijklm->bi"),
    ...einsum([state, "greedy_tokens"], "greedy_scaled", "bih,bi->bih"),
    ...node("Add", [state, "greedy_scaled"], greedyLayer),
    ...delimited(12, [
      ...delimited(1, [name(greedyLayer)]),
      ...delimited(2, delimited(1, [Uint8Array.of(8, 1), ...shape])),
    ]),
  ];
  // Protobuf messages merge: what is appended joins the model's own graph.
  return Buffer.concat([model, ...delimited(7, graph)]);
}
