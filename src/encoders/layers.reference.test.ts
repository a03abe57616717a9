import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cosine } from "../core/vectors";
import { type ImageCard, type Pooling, parseImageCard, parseTextCard, type TextCard } from "./card";
import { listTaps } from "./graph/taps";
import { runImages, statesOf } from "./image/model";
import { poolImage } from "./image/pooling";
import { probeTensor } from "./image/probe-pictures";
import { fromFloat16 } from "./load/half";
import { openNetwork } from "./load/network";
import { nodeRuntime } from "./load/runtime.fixture";
import { WEBGPU_LIMITS } from "./text/batches";
import { readTexts } from "./text/model";

const root = join(import.meta.dirname, "../..");
const bytesOf = (path: string) => Uint8Array.from(readFileSync(join(root, path)));

interface Stored {
  readonly inputs: readonly {
    readonly text?: string;
    readonly ids?: number[];
    readonly pixels?: "gradient" | "disc";
  }[];
  readonly taps: readonly {
    readonly name: string;
    readonly dimension: number;
    /** For each input, where its vector stands, by pooling. */
    readonly vectors: readonly Partial<Record<Pooling, number>>[];
  }[];
}

/** What the full-precision PyTorch models hold at every layer (recipes/layers.py). */
const reference: { text: Stored; image: Stored } = JSON.parse(
  readFileSync(join(root, "e2e/fixtures/reference/layers.json"), "utf8"),
);
const numbers = fromFloat16(new Uint16Array(bytesOf("e2e/fixtures/reference/layers.f16").buffer));

/** Cosine to the full-precision vector: weights of eight bits cost at most so much, weights of sixteen almost nothing. */
const TEXT_BOUND = 0.99;
const IMAGE_BOUND = 0.9999;

const card = (id: string) => JSON.parse(readFileSync(join(root, `public/models/${id}/card.json`), "utf8"));
const never = new AbortController().signal;

async function open(id: string, modality: "text" | "image") {
  const runtime = await nodeRuntime();
  const network = openNetwork(runtime, {
    graph: bytesOf(`public/models/${id}/onnx/model.onnx`),
    external: [],
  });
  const taps = listTaps(network.graph, modality, { size: 224 });
  await network.give(taps.map(({ name }) => name));
  return { runtime, network, taps };
}

/** Each stored vector's cosine with the one found for it, by layer, pooling and input. */
function cosines(stored: Stored, find: (tap: number, pooling: Pooling, input: number) => Float32Array) {
  return stored.taps.flatMap(({ name, dimension, vectors }, tap) =>
    vectors.flatMap((offsets, input) =>
      Object.entries(offsets).map(([pooling, offset]) => ({
        at: `${name}, ${pooling}, input ${input}`,
        cosine: cosine(numbers.subarray(offset, offset + dimension), find(tap, pooling as Pooling, input)),
      })),
    ),
  );
}

describe("the shipped encoders' layers", () => {
  it("are those of the full-precision MiniLM, by every pooling", async () => {
    const { runtime, network, taps } = await open("all-minilm-l6-v2", "text");
    expect(taps.map(({ name }) => name)).toEqual(reference.text.taps.map(({ name }) => name));
    const { inputs } = reference.text;
    const model = {
      card: { ...parseTextCard(card("all-minilm-l6-v2"), "card.json"), normalise: false } as TextCard,
      tokeniser: {
        padId: 0,
        tokenise: (place: string) => ({
          ids: inputs[Number(place)].ids ?? [],
          written: [],
          truncated: false,
          empty: false,
        }),
        locate: () => [],
      },
      runtime,
      network,
      limits: { ...WEBGPU_LIMITS, fewShapes: false },
    };
    const poolings: readonly Pooling[] = ["mean", "cls", "max", "none"];
    const readings = taps.flatMap((tap) => poolings.map((pooling) => ({ tap, pooling })));
    const found: (readonly (readonly (Float32Array | undefined)[])[])[] = [];
    await readTexts(
      model,
      readings,
      inputs.map((_, place) => String(place)),
      never,
      (read) => {
        for (const { index, readings } of read) found[index] = readings.map(({ vectors }) => vectors);
      },
    );
    const near = cosines(reference.text, (tap, pooling, input) => {
      // Of the tokens, the first behind [CLS] is on record.
      const vectors = found[input][tap * poolings.length + poolings.indexOf(pooling)];
      return vectors[pooling === "none" ? 1 : 0] ?? new Float32Array(384);
    });
    expect(near).toHaveLength(7 * 4 * inputs.length);
    expect(near.filter((one) => !(one.cosine >= TEXT_BOUND))).toEqual([]);
  });

  it("are those of the full-precision EfficientNet, by every pooling", async () => {
    const { runtime, network, taps } = await open("efficientnet-lite0", "image");
    expect(taps.map(({ name }) => name)).toEqual(reference.image.taps.map(({ name }) => name));
    const parsed: ImageCard = parseImageCard(card("efficientnet-lite0"), "card.json");
    const pictures = reference.image.inputs.map(({ pixels = "disc" }) =>
      probeTensor(pixels, parsed.preprocessing),
    );
    const model = { card: parsed, runtime, network, patches: undefined, prepare: () => Promise.reject() };
    const outputs = await runImages(
      model,
      pictures,
      taps.map(({ name }) => name),
    );
    const near = cosines(reference.image, (place, pooling, input) => {
      const states = statesOf(outputs, { tap: taps[place], pooling }, input, pictures.length, undefined);
      const { rows = 1, columns = 1 } = states.grid ?? {};
      // Of the cells, one away from the edges is on record.
      const cell =
        pooling === "none" && states.grid ? Math.floor(rows / 2) * columns + Math.floor(columns / 3) : 0;
      return poolImage(states, pooling)[cell];
    });
    expect(near).toHaveLength((18 * 3 + 2) * pictures.length);
    expect(near.filter((one) => !(one.cosine >= IMAGE_BOUND))).toEqual([]);
  });
});
