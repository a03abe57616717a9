import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseTextCard } from "../card";
import { listTaps } from "../graph/taps";
import { openNetwork } from "../load/network";
import { measureParity } from "../load/parity";
import { nodeRuntime } from "../load/runtime.fixture";
import { cardReading } from "../reading";
import { WASM_LIMITS } from "./batches";
import { encodeProbes } from "./encode";
import { readTexts, type TextModel } from "./model";
import { createTokeniser } from "./tokenise";

const folder = join(import.meta.dirname, "../../../public/models/all-minilm-l6-v2");
const json = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const { signal } = new AbortController();

it("reads the card's probes by the network, even while helpers are ready", async () => {
  const card = parseTextCard(json("card.json"), "card.json");
  const runtime = await nodeRuntime();
  const graph = Uint8Array.from(readFileSync(join(folder, "onnx/model.onnx")));
  const network = openNetwork(runtime, { graph, external: [] });
  await network.give([card.tap]);
  const files = { tokenizer: json("tokenizer.json"), config: json("tokenizer_config.json") };
  const model: TextModel = {
    card,
    runtime,
    network,
    limits: WASM_LIMITS,
    tokeniser: createTokeniser(files, card),
    readers: {
      tensor: card.tap,
      helpers: {
        isWarm: true,
        use: () => Promise.reject(new Error("a helper was asked")),
      },
    },
  };
  const own = cardReading(card, listTaps(network.graph, "text"));

  await expect(readTexts(model, [own], ["a"], signal, () => {})).rejects.toThrow("a helper was asked");
  const references = card.probes.map(({ vector }) => vector);
  const parity = measureParity(await encodeProbes(model, own, signal), references);
  expect(parity).toMatchObject({ probes: card.probes.length, matches: true });
});
