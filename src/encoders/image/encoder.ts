import { connect, type Remote } from "../../remote/connect";
import { type ImageCard, parseImageCard } from "../card";
import { describeOpened } from "../load/describe";
import { type ModelOpener, openModel } from "../load/open-model";
import { openRemote, type RemoteModel } from "../load/remote-model";
import { reporting } from "../load/reporting";
import type { EncoderSpec, ImageEncoderHandle, ImageVector, OpenOptions } from "../types";
import type { ImageResults, ImageWorkerMethods } from "./protocol";

type ImageRemote = Remote<ImageWorkerMethods>;

const opener: ModelOpener<ImageCard, ImageRemote, RemoteModel<ImageCard, Blob, ImageRemote>> = {
  parse: parseImageCard,
  offered: (model) => model.image,
  spawn: () =>
    connect(new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "image encoder" })),
  open: openRemote,
};

/**
 * Opens an image model in a worker of its own. Throws `ModelNotFound`, `ModelCorrupt`,
 * `NetworkFailed`, `DeviceUnavailable`, `EncoderFailed`, `WorkerCrashed` or `Cancelled`; calling it again is a fresh
 * attempt.
 */
export async function openImageModel(spec: EncoderSpec, options: OpenOptions): Promise<ImageEncoderHandle> {
  const { opened, device } = await openModel(spec, options, opener);
  const { remote, layers } = opened;
  return {
    ...describeOpened(opened, device),
    layers,
    async encode(images, run) {
      if (images.length === 0) return;
      const report = reporting<ImageVector>(images.length, run);
      const onProgress = ({ vectors, failures }: ImageResults) => report.results(vectors, failures);
      await report.until(remote.call("encode", images, { signal: report.signal, onProgress }));
    },
  };
}
