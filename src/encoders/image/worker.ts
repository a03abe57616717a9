import { NamedError } from "../../core/errors";
import { connect } from "../../remote/connect";
import { serve } from "../../remote/serve";
import { readPatching } from "../graph/patches";
import { listTaps } from "../graph/taps";
import type { Tap } from "../graph/types";
import { layerReadings, readLayers } from "../layers";
import { Downloads } from "../load/downloads";
import { type Network, openNetwork } from "../load/network";
import { measureParity } from "../load/parity";
import { startRuntime } from "../load/runtime";
import { RUNTIME_BUILDS, runtimeWasm } from "../load/runtime-files";
import { settleImage } from "../load/settle";
import { cardReading, chooseReading, isCards, knownReading, type MeasuredReading, withTap } from "../reading";
import { parseClassNames } from "./classes";
import { type Classifier, encodeImages, encodeProbes, measureImage } from "./encode";
import { type ImageModel, readImages, runImages } from "./model";
import type { PrepareWorkerMethods } from "./prepare-worker";
import { probeTensor } from "./probe-pictures";
import type { ImageWorkerMethods } from "./protocol";
import { createReaders } from "./readers";

interface OpenImage extends ImageModel {
  readonly network: Network;
  readonly reading: MeasuredReading;
  readonly taps: readonly Tap[];
  readonly hasCls: boolean;
  readonly classifier?: Classifier;
}

let model: OpenImage | undefined;

serve<ImageWorkerMethods>({
  async open({ card: told, plan, files, asked, runtime: folder }, { signal, progress }) {
    const downloads = new Downloads(signal, progress);
    const weights = downloads.startWeights(files);
    const names =
      files.classes === undefined
        ? undefined
        : downloads
            .startJson(files.classes)
            .then((json) => parseClassNames(json, told.classes ?? "The list of classes"));
    const wasm = downloads.startModule(runtimeWasm(folder, RUNTIME_BUILDS[plan.build]));
    const [runtime, { graph, external }, classNames] = await Promise.all([
      startRuntime(plan, folder, wasm),
      weights,
      names,
    ]);
    downloads.stage("start");
    const network = openNetwork(runtime, { graph, external });
    const card = settleImage(told, network.graph.inputs);
    const { preprocessing } = card;
    const taps = listTaps(network.graph, "image", preprocessing);
    const { side, hasCls } = readPatching(network.graph);
    const known = withTap(card, taps, hasCls);
    const chosen = chooseReading(known, taps, asked, hasCls);
    const { logits } = known.outputs;
    // A tap at the end of the network has the classes in passing; for an earlier one they would cost the whole of it.
    const isAtEnd = chosen.tap.name === known.tap || chosen.tap.kind === "logits";
    const classifier = logits && classNames && isAtEnd ? { logits, names: classNames } : undefined;
    await network.give([...new Set([chosen.tap.name, ...(classifier ? [classifier.logits] : [])])]);
    downloads.stage("check");
    const preparer = connect<PrepareWorkerMethods>(
      new Worker(new URL("./prepare-worker.ts", import.meta.url), {
        type: "module",
        name: "image preparation",
      }),
    );
    const opened = {
      card: known,
      runtime,
      network,
      patches: side === undefined ? undefined : Math.floor(preprocessing.size / side),
      prepare: (image: Blob, signal: AbortSignal) =>
        preparer.call("prepare", { image, preprocessing }, { signal }),
    };
    const reading = knownReading(known, chosen) ?? (await measureImage(opened, chosen));
    const dimension = isCards(known, chosen) ? reading.dimension : known.dimension;
    const tensors = [chosen.tap.name, ...(classifier ? [classifier.logits] : [])];
    const readers =
      plan.kind === "wasm" && chosen.tap.kind === "vector" ? helpersFor(opened, network, tensors) : undefined;
    model = { ...opened, readers, card: { ...opened.card, dimension }, reading, taps, hasCls, classifier };
    return { card: model.card, reading, taps, hasCls };
  },

  async check() {
    const { card, network, taps, reading, ...opened } = requireModel();
    if (card.probes.length === 0) return measureParity([], []);
    const own = cardReading(card, taps);
    const vectors =
      own.tap.name === reading.tap.name
        ? await encodeProbes({ ...opened, card, network }, own)
        : await network.aside([own.tap.name], (part) =>
            encodeProbes({ ...opened, card, network: part }, own),
          );
    return measureParity(
      vectors,
      card.probes.map(({ vector }) => vector),
    );
  },

  async encode(images, { signal, progress }) {
    const { reading, classifier, ...opened } = requireModel();
    await encodeImages(opened, reading, { images, classifier, signal }, (results) =>
      progress(
        results,
        results.vectors.map(({ vector }) => vector.buffer),
      ),
    );
    return undefined;
  },

  async layers({ inputs, pooling }, { signal, progress }) {
    const { card, taps, hasCls, ...opened } = requireModel();
    const readings = layerReadings(card, taps, pooling, hasCls);
    return await readLayers(opened.network, readings, inputs.length, progress, (add) =>
      readImages({ ...opened, card }, readings, { images: inputs, signal }, add),
    );
  },
});

/** Helpers that read some of a network's vectors, checked against the network itself. */
function helpersFor(opened: ImageModel, { file }: Network, tensors: readonly string[]) {
  const { preprocessing } = opened.card;
  const probe = async () => {
    const outputs = await runImages(opened, [probeTensor("disc", preprocessing)], tensors);
    return new Map([...outputs].map(([name, { data }]) => [name, data] as const));
  };
  return { tensors, helpers: createReaders({ file, outputs: tensors, preprocessing, probe }) };
}

function requireModel(): OpenImage {
  if (model) return model;
  throw new NamedError("Unexpected", "The image encoder was asked before it was open.");
}
