import {
  env,
  type FeatureExtractionPipeline,
  type ImageFeatureExtractionPipeline,
  pipeline,
} from "@huggingface/transformers";
import { serve } from "../../src/remote/serve";
import type { BenchContext } from "../context";

/** How many inputs a call of the peer's pipeline gets: all of them, or batches of a size. */
export type CallSize = number | "all";

/** transformers.js in a worker of its own, as its documentation advises. */
export interface PeerMethods {
  open: {
    input: {
      models: string;
      runtime: string;
      device: BenchContext["device"];
      threads: number;
      text: string;
      image: string;
    };
    output: undefined;
    progress: never;
  };
  texts: { input: { texts: readonly string[]; size: CallSize }; output: Float32Array; progress: never };
  images: { input: { images: readonly Blob[]; size: CallSize }; output: number; progress: never };
}

let text: FeatureExtractionPipeline;
let image: ImageFeatureExtractionPipeline;

function calls<T>(inputs: readonly T[], size: CallSize): T[][] {
  const step = size === "all" ? inputs.length : size;
  return Array.from({ length: Math.ceil(inputs.length / step) }, (_, call) =>
    inputs.slice(call * step, (call + 1) * step),
  );
}

serve<PeerMethods>({
  async open({ models, runtime, device, threads, text: textModel, image: imageModel }) {
    env.allowRemoteModels = false;
    env.allowLocalModels = true;
    // A path: with a whole address the pipeline does not find the tokeniser's files.
    env.localModelPath = new URL(models).pathname;
    env.useBrowserCache = false;
    const { wasm } = env.backends.onnx;
    if (!wasm) throw new Error("transformers.js has no WASM settings");
    wasm.wasmPaths = runtime;
    wasm.numThreads = threads;
    const options = { device, dtype: "fp32" } as const;
    text = await pipeline("feature-extraction", textModel, options);
    image = await pipeline("image-feature-extraction", imageModel, options);
    return undefined;
  },

  async texts({ texts, size }) {
    const batches: Float32Array[] = [];
    for (const call of calls(texts, size)) {
      const { data } = await text(call, { pooling: "mean", normalize: true });
      batches.push(data as Float32Array);
    }
    const vectors = new Float32Array(batches.reduce((sum, { length }) => sum + length, 0));
    let place = 0;
    for (const batch of batches) {
      vectors.set(batch, place);
      place += batch.length;
    }
    return vectors;
  },

  async images({ images, size }) {
    let rows = 0;
    for (const call of calls(images, size)) rows += (await image(call)).dims[0];
    return rows;
  },
});
