import type { Remote } from "../../remote/connect";
import { parseTextCard, type TextCard } from "../card";
import { describeOpened } from "../load/describe";
import { type ModelOpener, openModel } from "../load/open-model";
import { openRemote, type RemoteModel } from "../load/remote-model";
import { reporting } from "../load/reporting";
import type { EncodeOptions, EncoderSpec, OpenOptions, TextEncoderHandle, TextVector } from "../types";
import { takeAhead } from "./ahead";
import { distinctTexts } from "./distinct";
import type { TextResults, TextWorkerMethods } from "./protocol";
import { startTextWorker } from "./start-worker";

type TextRemote = Remote<TextWorkerMethods>;

const opener: ModelOpener<TextCard, TextRemote, RemoteModel<TextCard, string, TextRemote>> = {
  parse: parseTextCard,
  offered: (model) => model.text,
  spawn: startTextWorker,
  open: openRemote,
};

/**
 * Opens a text model in a worker of its own. Throws `ModelNotFound`, `ModelCorrupt`,
 * `NetworkFailed`, `DeviceUnavailable`, `EncoderFailed`, `WorkerCrashed` or `Cancelled`; calling it again is a fresh
 * attempt.
 */
export async function openTextModel(spec: EncoderSpec, options: OpenOptions): Promise<TextEncoderHandle> {
  const { opened, device } = await openModel(spec, options, opener, takeAhead(spec));
  const { reading, remote, layers } = opened;
  return {
    ...describeOpened(opened, device),
    layers,
    encode: (texts, run) => encode(remote, reading.dimension, texts, run),
  };
}

async function encode(
  remote: TextRemote,
  dimension: number,
  texts: readonly string[],
  options: EncodeOptions<TextVector>,
): Promise<void> {
  const distinct = distinctTexts(texts);
  if (distinct.texts.length === 0) return;
  const report = reporting(texts.length, options);
  const onProgress = (results: TextResults) => {
    const vectors = results.indices.flatMap((index, row) =>
      distinct.places[index].map((place) => ({
        index: place,
        vector: results.vectors.slice(row * dimension, (row + 1) * dimension),
        tokens: results.tokens[row],
        truncated: results.truncated[row],
        ...(results.parts ? { part: results.parts[row] } : {}),
      })),
    );
    const failures = results.failures.flatMap(({ index, error }) =>
      distinct.places[index].map((place) => ({ index: place, error })),
    );
    report.results(vectors, failures);
  };
  await report.until(remote.call("encode", distinct.texts, { signal: report.signal, onProgress }));
}
