import type { Modality } from "../../core/space";
import { type Flow, followFlow, liveInputs, mainInput } from "./flow";
import { attribute } from "./read";
import { findResiduals } from "./residuals";
import type { Graph } from "./types";

/** How a ViT cuts pictures into tokens. */
export interface Patching {
  /** Side of a patch, in pixels of the network's input; undefined where no convolution cuts them. */
  readonly side: number | undefined;
  /** True when tokens that are no patch (CLS, registers) stand before the patches. */
  readonly hasCls: boolean;
}

const IMAGE: Modality = "image";

/** Finds how a picture network cuts its input into patches, and whether it puts a CLS token in front of them. */
export function readPatching(graph: Graph): Patching {
  const flow = followFlow(graph, IMAGE);
  const input = mainInput(graph, IMAGE);
  const cut = input && firstConvolution(flow, input.name);
  const first = findResiduals(flow).find(({ attention }) => attention);
  return {
    side: cut && (attribute(cut.attributes, "strides")[0] ?? attribute(cut.attributes, "kernel_shape")[0]),
    hasCls: first !== undefined && hasPrefix(flow, first.skip),
  };
}

function firstConvolution(flow: Flow, input: string) {
  let consumers = flow.consumers(input);
  // Number formats, margins and rounding may stand between.
  for (let step = 0; step < 4; step++) {
    const convolution = consumers.find(({ op }) => op.includes("Conv"));
    if (convolution) return convolution;
    consumers = consumers.flatMap(({ outputs }) => flow.consumers(outputs[0]));
  }
  return undefined;
}

/** True when weights were put beside the patches on the way to the first block: tokens of the network's own. */
function hasPrefix(flow: Flow, embeddings: string): boolean {
  const open = [embeddings];
  const seen = new Set<number>();
  for (let tensor = open.pop(); tensor !== undefined; tensor = open.pop()) {
    const place = flow.producer(tensor);
    if (place < 0 || seen.has(place)) continue;
    seen.add(place);
    const node = flow.graph.nodes[place];
    const live = liveInputs(flow, node);
    if (node.op === "Concat" && live.length > 0 && live.length < node.inputs.length) return true;
    open.push(...live);
  }
  return false;
}
