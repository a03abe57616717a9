import { NamedError } from "../../core/errors";
import { connect } from "../../remote/connect";
import { serve } from "../../remote/serve";
import { Downloads } from "../load/downloads";
import { measureParity } from "../load/parity";
import { startRuntime } from "../load/runtime";
import { RUNTIME_BUILDS, runtimeWasm } from "../load/runtime-files";
import { settleImage } from "../load/settle";
import { parseClassNames } from "./classes";
import { encodeImages, type ImageModel, runImages } from "./model";
import type { PrepareWorkerMethods } from "./prepare-worker";
import { probeTensor } from "./probe-pictures";
import type { ImageWorkerMethods } from "./protocol";

let model: ImageModel | undefined;

serve<ImageWorkerMethods>({
  async open({ card, plan, files, runtime: folder }, { signal, progress }) {
    const downloads = new Downloads(signal, progress);
    const weights = downloads.startWeights(files);
    const names =
      files.classes === undefined
        ? undefined
        : downloads
            .startJson(files.classes)
            .then((json) => parseClassNames(json, card.classes ?? "The list of classes"));
    const wasm = downloads.startModule(runtimeWasm(folder, RUNTIME_BUILDS[plan.build]));
    const [runtime, { graph, external }, classNames] = await Promise.all([
      startRuntime(plan, folder, wasm),
      weights,
      names,
    ]);
    downloads.stage("start");
    const session = await runtime.open(graph, external);
    downloads.stage("check");
    const { preprocessing } = card;
    const preparer = connect<PrepareWorkerMethods>(
      new Worker(new URL("./prepare-worker.ts", import.meta.url), {
        type: "module",
        name: "image preparation",
      }),
    );
    model = {
      card: settleImage(card, session),
      runtime,
      session,
      classNames,
      prepare: (image, signal) => preparer.call("prepare", { image, preprocessing }, { signal }),
    };
    return { card: model.card };
  },

  async check() {
    const { probes, preprocessing } = opened().card;
    const pictures = probes.map(({ pixels }) => probeTensor(pixels, preprocessing));
    const outputs = pictures.length > 0 ? await runImages(opened(), pictures) : [];
    return measureParity(
      outputs.map(({ vector }) => vector),
      probes.map(({ vector }) => vector),
    );
  },

  async encode(images, { signal, progress }) {
    await encodeImages(opened(), images, signal, (results) =>
      progress(
        results,
        results.vectors.map(({ vector }) => vector.buffer),
      ),
    );
    return undefined;
  },
});

function opened(): ImageModel {
  if (!model) throw new NamedError("Unexpected", "The image encoder was asked before it was open.");
  return model;
}
