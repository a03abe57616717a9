import { NamedError } from "../../core/errors";
import { serve } from "../../remote/serve";
import { Downloads } from "../load/downloads";
import { required } from "../load/files";
import { measureParity } from "../load/parity";
import { startRuntime } from "../load/runtime";
import { RUNTIME_BUILDS, runtimeWasm } from "../load/runtime-files";
import { settleText } from "../load/settle";
import { WASM_LIMITS, WEBGPU_LIMITS } from "./batches";
import { encodeTexts, type TextModel } from "./model";
import type { TextWorkerMethods } from "./protocol";
import { createTokeniser, requireObject } from "./tokenise";

let model: TextModel | undefined;

serve<TextWorkerMethods>({
  async open({ card, plan, files, runtime: folder }, { signal, progress }) {
    const downloads = new Downloads(signal, progress);
    const weights = downloads.startWeights(files);
    const tokeniserFiles = [
      { file: files.tokenizer, path: "tokenizer.json" },
      { file: files.tokenizerConfig, path: "tokenizer_config.json" },
    ].map(({ file, path }) =>
      downloads.startJson(required(file, path)).then((json) => requireObject(json, path)),
    );
    const wasm = downloads.startModule(runtimeWasm(folder, RUNTIME_BUILDS[plan.build]));
    const [runtime, { graph, external }, tokeniser] = await Promise.all([
      startRuntime(plan, folder, wasm),
      weights,
      Promise.all(tokeniserFiles).then(([tokenizer, config]) => createTokeniser({ tokenizer, config }, card)),
    ]);
    downloads.stage("start");
    const session = await runtime.open(graph, external);
    downloads.stage("check");
    const limits = plan.kind === "webgpu" ? WEBGPU_LIMITS : WASM_LIMITS;
    model = { card: settleText(card, session), tokeniser, runtime, session, limits };
    return { card: model.card };
  },

  check: (_, { signal }) => checkProbes(opened(), signal),

  async encode(texts, { signal, progress }) {
    await encodeTexts(opened(), texts, signal, (results) => progress(results, [results.vectors.buffer]));
    return undefined;
  },
});

function opened(): TextModel {
  if (!model) throw new NamedError("Unexpected", "The text encoder was asked before it was open.");
  return model;
}

async function checkProbes(model: TextModel, signal: AbortSignal) {
  const { dimension, probes } = model.card;
  const vectors: Float32Array[] = [];
  const texts = probes.map(({ text }) => text);
  await encodeTexts(model, texts, signal, (results) => {
    results.indices.forEach((index, place) => {
      vectors[index] = results.vectors.slice(place * dimension, (place + 1) * dimension);
    });
  });
  return measureParity(
    vectors,
    probes.map(({ vector }) => vector),
  );
}
