import { connect, type Remote } from "../../remote/connect";
import { type ImageCard, parseImageCard } from "../card";
import { unpackLayers } from "../layers";
import { describeOpened } from "../load/describe";
import { type ModelOpener, type OpenedModel, openModel } from "../load/open-model";
import { once } from "../load/parity";
import { reporting } from "../load/reporting";
import type { EncoderSpec, ImageEncoderHandle, ImageVector, OpenOptions } from "../types";
import type { ImageResults, ImageWorkerMethods } from "./protocol";

interface OpenedImage extends OpenedModel<ImageCard> {
  readonly remote: Remote<ImageWorkerMethods>;
}

const opener: ModelOpener<ImageCard, Remote<ImageWorkerMethods>, OpenedImage> = {
  parse: parseImageCard,
  offered: (model) => model.image,
  spawn: () =>
    connect(new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "image encoder" })),
  async open(remote, input, { signal, onProgress }) {
    const opened = await remote.call("open", input, { signal, onProgress });
    const check = once(() => remote.call("check", undefined));
    return { ...opened, check, remote, close: () => remote.close() };
  },
};

/**
 * Opens an image model in a worker of its own. Throws `ModelNotFound`, `ModelCorrupt`,
 * `NetworkFailed`, `DeviceUnavailable`, `EncoderFailed`, `WorkerCrashed` or `Cancelled`; calling it again is a fresh
 * attempt.
 */
export async function openImageModel(spec: EncoderSpec, options: OpenOptions): Promise<ImageEncoderHandle> {
  const { opened, device } = await openModel(spec, options, opener);
  const { remote } = opened;
  return {
    ...describeOpened(opened, device),
    async encode(images, run) {
      if (images.length === 0) return;
      const report = reporting<ImageVector>(images.length, run);
      const onProgress = ({ vectors, failures }: ImageResults) => report.results(vectors, failures);
      await report.until(remote.call("encode", images, { signal: report.signal, onProgress }));
    },
    async layers(inputs, { pooling, signal, onProgress } = {}) {
      const results = await remote.call("layers", { inputs, pooling }, { signal, onProgress });
      return unpackLayers(opened.card, results, inputs.length);
    },
  };
}
