import type { Remote } from "../../remote/connect";
import { parseTextCard, type TextCard } from "../card";
import { unpackLayers } from "../layers";
import { describeOpened } from "../load/describe";
import { type ModelOpener, type OpenedModel, openModel } from "../load/open-model";
import { once } from "../load/parity";
import { reporting } from "../load/reporting";
import type { EncodeOptions, EncoderSpec, OpenOptions, TextEncoderHandle, TextVector } from "../types";
import { takeAhead } from "./ahead";
import { distinctTexts } from "./distinct";
import type { TextResults, TextWorkerMethods } from "./protocol";
import { startTextWorker } from "./start-worker";

interface OpenedText extends OpenedModel<TextCard> {
  readonly remote: Remote<TextWorkerMethods>;
}

const opener: ModelOpener<TextCard, Remote<TextWorkerMethods>, OpenedText> = {
  parse: parseTextCard,
  offered: (model) => model.text,
  spawn: startTextWorker,
  async open(remote, input, { signal, onProgress }) {
    const opened = await remote.call("open", input, { signal, onProgress });
    const check = once(() => remote.call("check", undefined));
    return { ...opened, check, remote, close: () => remote.close() };
  },
};

/**
 * Opens a text model in a worker of its own. Throws `ModelNotFound`, `ModelCorrupt`,
 * `NetworkFailed`, `DeviceUnavailable`, `EncoderFailed`, `WorkerCrashed` or `Cancelled`; calling it again is a fresh
 * attempt.
 */
export async function openTextModel(spec: EncoderSpec, options: OpenOptions): Promise<TextEncoderHandle> {
  const { opened, device } = await openModel(spec, options, opener, takeAhead(spec));
  const { reading, remote } = opened;
  return {
    ...describeOpened(opened, device),
    encode: (texts, run) => encode(remote, reading.dimension, texts, run),
    async layers(inputs, { pooling, signal, onProgress } = {}) {
      const results = await remote.call("layers", { inputs, pooling }, { signal, onProgress });
      return unpackLayers(opened.card, results, inputs.length);
    },
  };
}

async function encode(
  remote: Remote<TextWorkerMethods>,
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
