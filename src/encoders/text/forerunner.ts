import type { Graph } from "../graph/types";
import { Bert } from "../networks/bert";
import { planBert } from "../networks/bert-plan";
import { nextTask } from "../next-task";
import type { ReadStates } from "./readers";

/**
 * Reads the first texts, before onnxruntime is there: fetching, compiling and starting that takes longer than fetching,
 * opening and reading with a kernel of our own.
 */
export interface Forerunner {
  /** The layer that it reads. */
  readonly tensor: string;
  /** How it reads; undefined once it was dismissed. */
  readonly read: ReadStates | undefined;
  /** Gives its memory back, 29 MB. */
  dismiss(): void;
}

/** Undefined for networks that are not understood, and where there is no memory or SIMD for it. */
export function createForerunner(
  file: Uint8Array<ArrayBuffer>,
  graph: Graph,
  tensor: string,
): Forerunner | undefined {
  let bert = open(file, graph, tensor);
  if (!bert) return undefined;
  const read: ReadStates = async (texts) => {
    // Lets the message that cancels in.
    await nextTask();
    if (!bert) throw new TypeError("a forerunner was asked after it was dismissed");
    return bert.run(texts);
  };
  return {
    tensor,
    get read() {
      return bert && read;
    },
    dismiss() {
      bert = undefined;
    },
  };
}

function open(file: Uint8Array<ArrayBuffer>, graph: Graph, tensor: string): Bert | undefined {
  try {
    const plan = planBert(file, graph, tensor);
    return plan && Bert.open(plan);
  } catch {
    return undefined;
  }
}
