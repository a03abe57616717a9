import { NamedError } from "../../core/errors";
import { connect } from "../../remote/connect";
import { serve } from "../../remote/serve";
import { Downloads } from "../load/downloads";
import { knownFile } from "../load/locations";
import { measureParity } from "../load/parity";
import { startRuntime } from "../load/runtime";
import { RUNTIME_BUILDS, runtimeWasm } from "../load/runtime-files";
import { parseClassNames } from "./classes";
import { encodeImages, type ImageModel, runImages } from "./model";
import type { PrepareWorkerMethods } from "./prepare-worker";
import { probeTensor } from "./probe-pictures";
import type { ImageWorkerMethods } from "./protocol";

let model: ImageModel | undefined;

serve<ImageWorkerMethods>({
  async open({ card, plan, locations }, { signal, progress }) {
    const downloads = new Downloads(signal, progress);
    const weights = downloads.start(knownFile(card, "onnx/model.onnx", locations));
    const { classes } = card;
    const names =
      classes === undefined
        ? undefined
        : downloads
            .startJson(knownFile(card, classes, locations))
            .then((json) => parseClassNames(json, classes));
    const wasm = downloads.start(runtimeWasm(locations.runtime, RUNTIME_BUILDS[plan.build]));
    const [runtime, bytes, classNames] = await Promise.all([
      startRuntime(plan, locations.runtime, wasm),
      weights,
      names,
    ]);
    downloads.stage("start");
    const session = await runtime.open(bytes);
    downloads.stage("check");
    const { preprocessing } = card;
    const preparer = connect<PrepareWorkerMethods>(
      new Worker(new URL("./prepare-worker.ts", import.meta.url), {
        type: "module",
        name: "image preparation",
      }),
    );
    const opened: ImageModel = {
      card,
      runtime,
      session,
      classNames,
      prepare: (image, signal) => preparer.call("prepare", { image, preprocessing }, { signal }),
    };
    const probes = await runImages(
      opened,
      card.probes.map(({ pixels }) => probeTensor(pixels, preprocessing)),
    );
    model = opened;
    return measureParity(
      probes.map(({ vector }) => vector),
      card.probes.map(({ vector }) => vector),
    );
  },

  async encode(images, { signal, progress }) {
    if (!model) throw new NamedError("Unexpected", "The image encoder was asked before it was open.");
    await encodeImages(model, images, signal, (results) =>
      progress(
        results,
        results.vectors.map(({ vector }) => vector.buffer),
      ),
    );
    return undefined;
  },
});
