import firstCard from "../../../public/models/all-minilm-l6-v2/card.json";
import { NamedError, throwIfCancelled } from "../../core/errors";
import type { CallContext } from "../../remote/protocol";
import { serve } from "../../remote/serve";
import { parseTextCard, type TextCard } from "../card";
import { listTaps } from "../graph/taps";
import type { Tap } from "../graph/types";
import { layerReadings, readLayers } from "../layers";
import { deferRuntime } from "../load/deferred-runtime";
import { Downloads } from "../load/downloads";
import { EarlyOpening } from "../load/early";
import { type FileAt, fileName, required } from "../load/files";
import { type Network, openNetwork } from "../load/network";
import type { Opened, OpenInput } from "../load/open-model";
import { measureParity } from "../load/parity";
import { pageFiles } from "../load/resolve-page";
import { startRuntime } from "../load/runtime";
import { RUNTIME_BUILDS, runtimeWasm } from "../load/runtime-files";
import { settleText } from "../load/settle";
import {
  cardReading,
  chooseReading,
  isCards,
  knownReading,
  type MeasuredReading,
  type Reading,
  withTap,
} from "../reading";
import type { LoadProgress } from "../types";
import { WASM_LIMITS, WEBGPU_LIMITS } from "./batches";
import { encodeProbes, encodeTexts, measureText } from "./encode";
import { createForerunner } from "./forerunner";
import { readStates, readTexts, type TextModel } from "./model";
import type { TextWorkerMethods } from "./protocol";
import { createTokenReaders } from "./readers";
import { createTokeniser, requireObject } from "./tokenise";

interface OpenText extends TextModel {
  readonly network: Network;
  readonly reading: MeasuredReading;
  readonly taps: readonly Tap[];
}

let model: OpenText | undefined;
let early: EarlyOpening<TextCard> | undefined;
/** Texts that are being encoded. */
const underWay = new Set<Promise<void>>();

serve<TextWorkerMethods>({
  ahead({ plan, where }) {
    // Built in, so that nothing has to be asked for first; the page asks for the card that is there.
    const card = parseTextCard(firstCard, "card.json");
    const input = { card, plan, files: pageFiles(card, where), asked: {}, runtime: where.runtime };
    early = new EarlyOpening(input, open);
    return undefined;
  },

  async open(input, context) {
    const begun = early;
    early = undefined;
    return (await begun?.take(input, context)) ?? (await open(input, context));
  },

  async check(_, { signal }) {
    const { forerunner, ...opened } = requireModel();
    const { network, card, taps, reading } = opened;
    if (card.probes.length === 0) return measureParity([], []);
    // Whoever waits for words goes first.
    await Promise.allSettled(underWay);
    const own = cardReading(card, taps);
    if (own.tap.name === reading.tap.name) {
      const ahead = forerunner?.read ? [await checkProbes({ ...opened, forerunner }, own, signal)] : [];
      await opened.ready?.();
      const found = [...ahead, await checkProbes(opened, own, signal)];
      return found.reduce((worst, one) => (one.cosine < worst.cosine ? one : worst));
    }
    return await network.aside([own.tap.name], (part) =>
      checkProbes({ ...opened, network: part, ready: undefined }, own, signal),
    );
  },

  async encode(texts, { signal, progress }) {
    const { reading, ...opened } = requireModel();
    const encoding = encodeTexts(opened, reading, texts, signal, (results) =>
      progress(results, [results.vectors.buffer]),
    );
    underWay.add(encoding);
    await encoding.finally(() => underWay.delete(encoding));
    return undefined;
  },

  async layers({ inputs, pooling }, { signal, progress }) {
    const { card, taps, ...opened } = requireModel();
    const readings = layerReadings(card, taps, pooling, true);
    return await readLayers(opened.network, readings, inputs.length, progress, (add) =>
      readTexts({ ...opened, card }, readings, inputs, signal, add),
    );
  },
});

async function open(
  { card, plan, files, asked, runtime: folder }: OpenInput<TextCard>,
  { signal, progress }: CallContext<LoadProgress>,
): Promise<Opened<TextCard>> {
  const downloads = new Downloads(signal, progress);
  const wasm = runtimeWasm(folder, RUNTIME_BUILDS[plan.build]);
  // The dimension is known and the vectors will be checked: what reads them first may be something else than onnxruntime.
  const mayRunAhead =
    plan.kind === "wasm" && card.probes.length > 0 && asked.tap === undefined && asked.pooling === undefined;
  const started = mayRunAhead ? undefined : startRuntime(plan, folder, downloads.startModule(wasm));
  const weights = downloads.startWeights(files);
  const tokenizer = startObject(downloads, required(files.tokenizer, "tokenizer.json"));
  // What it says beside the tokenizer can be done without.
  const config = files.tokenizerConfig ? startObject(downloads, files.tokenizerConfig) : {};
  const [{ graph, external }, tokeniser] = await Promise.all([
    weights,
    Promise.all([tokenizer, config]).then(([tokenizer, config]) =>
      createTokeniser({ tokenizer, config }, card),
    ),
    started,
  ]);
  downloads.stage("start");
  const runtime = deferRuntime(
    () =>
      started ??
      startRuntime(plan, folder, new Downloads(new AbortController().signal, () => {}).startModule(wasm)),
  );
  const network = openNetwork(runtime, { graph, external });
  const own = settleText(card, network.graph.inputs);
  const taps = listTaps(network.graph, "text");
  const known = withTap(own, taps);
  const chosen = chooseReading(known, taps, asked);
  const forerunner = mayRunAhead ? createForerunner(graph, network.graph, chosen.tap.name) : undefined;
  let given: Promise<void> | undefined;
  const ready = () => {
    given ??= network.give([chosen.tap.name]).then(() => forerunner?.dismiss());
    return given;
  };
  if (!forerunner) await ready();
  const limits = plan.kind === "webgpu" ? WEBGPU_LIMITS : WASM_LIMITS;
  const opened = { card: known, tokeniser, runtime, network, limits, ready, forerunner };
  downloads.stage("check");
  const reading = knownReading(known, chosen) ?? (await measureText(opened, chosen, signal));
  const dimension = isCards(known, chosen) ? reading.dimension : known.dimension;
  const readers =
    plan.kind === "wasm" && chosen.tap.kind === "tokens"
      ? readersOf(opened, network, chosen.tap.name)
      : undefined;
  // An opening that was given up must not take the place of the one that was wanted.
  throwIfCancelled(signal);
  model = { ...opened, readers, card: { ...opened.card, dimension }, reading, taps };
  return { card: model.card, reading, taps, hasCls: true };
}

/** Words of several lengths, with punctuation, so that many weights are used. */
const PROBE = "Hello, world! The river bank is a savings bank, unbelievably.";

/** Helpers that read one layer of a network, checked against the network itself. */
function readersOf(opened: TextModel, { file }: Network, tensor: string): TextModel["readers"] {
  const tokens = opened.tokeniser.tokenise(PROBE);
  const probe = async () => new Map([[tensor, await readStates(opened, tokens, tensor)]]);
  return { tensor, helpers: createTokenReaders({ file, output: tensor, ids: tokens.ids, probe }) };
}

function requireModel(): OpenText {
  if (model) return model;
  throw new NamedError("Unexpected", "The text encoder was asked before it was open.");
}

async function checkProbes(opened: TextModel, own: Reading, signal: AbortSignal) {
  return measureParity(
    await encodeProbes(opened, own, signal),
    opened.card.probes.map(({ vector }) => vector),
  );
}

async function startObject(downloads: Downloads, file: FileAt): Promise<object> {
  return requireObject(await downloads.startJson(file), fileName(file));
}
