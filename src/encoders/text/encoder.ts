import type { Remote } from "../../remote/connect";
import { parseTextCard, type TextCard } from "../card";
import { describeOpened } from "../load/describe";
import { type DeviceFacts, deviceFacts } from "../load/device";
import { type ModelOpener, openModel } from "../load/open-model";
import { openRemote, type RemoteModel } from "../load/remote-model";
import { reporting } from "../load/reporting";
import type { EncodeOptions, EncoderSpec, OpenOptions, TextEncoderHandle, TextVector } from "../types";
import { firstDevice, isFirstEncoder, takeAhead } from "./ahead";
import { distinctTexts } from "./distinct";
import type { TextResults, TextWorkerMethods } from "./protocol";
import { relayText } from "./relay";
import { startTextWorker } from "./start-worker";

type TextRemote = Remote<TextWorkerMethods>;

const opener: ModelOpener<TextCard, TextRemote, RemoteModel<TextCard, string, TextRemote>> = {
  parse: parseTextCard,
  offered: (model) => model.text,
  spawn: startTextWorker,
  open: openRemote,
};

/**
 * Opens a text model in a worker of its own; the first one of a visit that a GPU will run is there on WASM before. Throws
 * `ModelNotFound`, `ModelCorrupt`, `NetworkFailed`, `DeviceUnavailable`, `EncoderFailed`, `WorkerCrashed` or `Cancelled`;
 * calling it again is a fresh attempt.
 */
export async function openTextModel(spec: EncoderSpec, options: OpenOptions): Promise<TextEncoderHandle> {
  const { remote, facts = deviceFacts() } = takeAhead(spec);
  const early = { remote, facts };
  const { device } = options;
  const first = isFirstEncoder(spec) ? firstDevice(device, await facts) : device;
  if (first === device) return await open(spec, options, early);
  return relayText(await open(spec, { ...options, device: first }, early), (signal) =>
    open(spec, { device, signal }, { facts }),
  );
}

/** Opens a model on one device. */
async function open(
  spec: EncoderSpec,
  options: OpenOptions,
  early: { readonly remote?: TextRemote; readonly facts: Promise<DeviceFacts> },
): Promise<TextEncoderHandle> {
  const { opened, device } = await openModel(spec, options, opener, early);
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
