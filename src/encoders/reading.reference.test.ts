import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ImageCard, Pooling, TextCard } from "./card";
import { readPatching } from "./graph/patches";
import { listTaps } from "./graph/taps";
import type { Tap } from "./graph/types";
import { readImages } from "./image/model";
import { type Network, openNetwork } from "./load/network";
import { nodeRuntime } from "./load/runtime.fixture";
import { poolingsOf, type Reading } from "./reading";
import { WASM_LIMITS, WEBGPU_LIMITS } from "./text/batches";
import { readTexts } from "./text/model";
import type { TextTokeniser } from "./text/tokenise";

/** PyTorch's tensors of tiny models (recipes/tiny_models.py). */
const folder = join(import.meta.dirname, "../../e2e/fixtures/hub/tiny");

interface Stored {
  readonly offset: number;
  readonly shape: readonly number[];
}

interface Tower {
  readonly inputs: readonly { readonly text?: string; readonly ids?: readonly number[] }[];
  readonly taps: readonly {
    readonly name: string;
    readonly kind: string;
    readonly tensors: readonly Stored[];
  }[];
  readonly pixels?: readonly Stored[];
}

/** Every layer equals PyTorch's to this, as the sum of float32 roundings in another order allows. */
const BOUND = 1e-4;

interface Case {
  readonly model: string;
  readonly file: string;
  readonly modality: "text" | "image";
  readonly tower?: "text" | "image";
  /** As the card says of its family (hub/text-card.ts). */
  readonly firstPlace?: number;
  /** Files of whole or half numbers are as near as those are. */
  readonly bound?: number;
}

const cases: readonly Case[] = [
  { model: "distilbert-cased", file: "model.onnx", modality: "text" },
  { model: "minilm", file: "model.onnx", modality: "text" },
  { model: "minilm", file: "model_fp16.onnx", modality: "text", bound: 0.02 },
  { model: "minilm", file: "model_quantized.onnx", modality: "text", bound: 0.15 },
  { model: "bge", file: "model.onnx", modality: "text" },
  { model: "multilingual-e5", file: "model.onnx", modality: "text" },
  { model: "clip", file: "text_model.onnx", modality: "text", tower: "text" },
  { model: "siglip", file: "text_model.onnx", modality: "text", tower: "text" },
  { model: "positions", file: "model.onnx", modality: "text" },
  { model: "roberta", file: "model.onnx", modality: "text", firstPlace: 2 },
  { model: "vit", file: "model.onnx", modality: "image" },
  { model: "dinov2", file: "model.onnx", modality: "image" },
  // Pixels, weights and every number between them have 11 bits: 0.0005 of each, through three blocks.
  { model: "half-pixels", file: "model.onnx", modality: "image", bound: 0.02 },
  { model: "resnet", file: "model.onnx", modality: "image" },
  { model: "clip", file: "vision_model.onnx", modality: "image", tower: "image" },
  { model: "siglip", file: "vision_model.onnx", modality: "image", tower: "image" },
];

/** What PyTorch's layers are called in the list of taps. */
function titleOf(name: string): RegExp {
  if (name === "embeddings") return /embeddings$/;
  if (name === "stem") return /^Stem/;
  if (name === "final norm") return /last hidden state/i;
  if (name === "pooled") return /^Penultimate/;
  if (name === "logits") return /^Logits/;
  return new RegExp(`^${name.replace("block", "Block")} output`);
}

class Reference {
  private readonly numbers: Float32Array;
  readonly tower: Tower;

  constructor({ model, tower }: Case) {
    const bytes = readFileSync(join(folder, model, "reference.f32"));
    this.numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    const json = JSON.parse(readFileSync(join(folder, model, "reference.json"), "utf8"));
    this.tower = tower ? json[tower] : json;
  }

  tensor({ offset, shape }: Stored): Float32Array {
    return this.numbers.subarray(offset, offset + shape.reduce((product, axis) => product * axis, 1));
  }

  /** PyTorch's tensor, pooled by the plainest code there is. `prefix` tokens at the start are no patches. */
  pooled(stored: Stored, kind: string, pooling: Pooling, prefix: number): number[][] {
    const data = this.tensor(stored);
    const { shape } = stored;
    const isMap = kind === "map" && shape[2] > 1;
    const vectors = isMap
      ? columnsOf(data, shape[1], shape[2] * shape[3])
      : rowsOf(data, shape.length === 3 ? shape[2] : data.length);
    const cells = vectors.slice(prefix);
    if (pooling === "none") return cells;
    if (pooling === "cls") return [vectors[0]];
    const axes = Array.from(vectors[0], (_, i) => cells.map((cell) => cell[i]));
    if (pooling === "max") return [axes.map((axis) => Math.max(...axis))];
    return [axes.map((axis) => axis.reduce((sum, value) => sum + value, 0) / axis.length)];
  }
}

function rowsOf(data: Float32Array, width: number): number[][] {
  return Array.from({ length: data.length / width }, (_, row) =>
    Array.from(data.subarray(row * width, (row + 1) * width)),
  );
}

function columnsOf(data: Float32Array, channels: number, cells: number): number[][] {
  return Array.from({ length: cells }, (_, cell) =>
    Array.from({ length: channels }, (_, channel) => data[channel * cells + cell]),
  );
}

async function openTower({ model, file, modality }: Case): Promise<{ network: Network; taps: Tap[] }> {
  const read = (name: string) => Uint8Array.from(readFileSync(join(folder, model, "onnx", name)));
  const external =
    model === "multilingual-e5" ? [{ path: "model.onnx_data", data: read("model.onnx_data") }] : [];
  const network = openNetwork(await nodeRuntime(), { graph: read(file), external });
  return { network, taps: listTaps(network.graph, modality, { size: 32 }) };
}

/** The vectors of all of a tower's inputs, read together by the page's own code. */
async function readAll(one: Case, reference: Reference, network: Network, readings: readonly Reading[]) {
  const signal = new AbortController().signal;
  const { Tensor } = await nodeRuntime();
  const { inputs, pixels = [] } = reference.tower;
  const found: Float32Array[][][] = [];
  const file = (index: number, vectors: readonly (readonly (Float32Array | undefined)[])[]) => {
    found[index] = vectors.map((list) => list.map((vector) => vector ?? new Float32Array()));
  };
  if (one.modality === "text") {
    const tokeniser: TextTokeniser = {
      padId: 0,
      tokenise: (index) => ({
        ids: inputs[Number(index)].ids ?? [],
        written: [],
        truncated: false,
        empty: false,
      }),
      locate: () => [],
    };
    // One batch, however different the lengths: padding must not show.
    const card = { normalise: false, firstPlace: one.firstPlace } as TextCard;
    const limits = { ...(one.model === "siglip" ? WASM_LIMITS : WEBGPU_LIMITS), fewShapes: false };
    const model = { card, tokeniser, runtime: { Tensor }, network, limits };
    const texts = inputs.map((_, index) => String(index));
    await readTexts(model, readings, texts, signal, (read, failures) => {
      expect(failures).toEqual([]);
      for (const { index, readings } of read) {
        file(
          index,
          readings.map(({ vectors }) => vectors),
        );
      }
    });
    return found;
  }
  const { side } = readPatching(network.graph);
  const model = {
    card: { normalise: false, preprocessing: { size: 32 } } as ImageCard,
    runtime: { Tensor },
    network,
    patches: side && 32 / side,
    prepare: async (blob: Blob) => ({
      tensor: Float32Array.from(reference.tensor(pixels[Number(await blob.text())])),
      place: { width: 32, height: 32, left: 0, top: 0 },
    }),
  };
  const images = inputs.map((_, index) => new Blob([String(index)]));
  await readImages(model, readings, { images, signal }, (read, failures) => {
    expect(failures).toEqual([]);
    for (const image of read) {
      file(
        image.index,
        image.readings.map(({ vectors }) => vectors),
      );
    }
  });
  return found;
}

describe.each(cases)("$model, $file", (one) => {
  const reference = new Reference(one);
  const opened = openTower(one);
  const isPrefixed = one.modality === "image" && one.model !== "siglip";

  it("lists every layer that PyTorch has, in its order", async () => {
    const { taps } = await opened;
    const places = reference.tower.taps.map(({ name }) =>
      taps.findIndex(({ title }) => titleOf(numbered(name)).test(title)),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("gives PyTorch's numbers at every layer by every pooling", async () => {
    const { network, taps } = await opened;
    const expected = reference.tower.taps.flatMap(({ name, kind, tensors }) => {
      const tap = taps.find(({ title }) => titleOf(numbered(name)).test(title)) as Tap;
      const prefix = isPrefixed && kind === "tokens" ? 1 : 0;
      return poolingsOf(tap, one.modality, isPrefixed).map((pooling) => ({
        reading: { tap, pooling },
        vectors: tensors.map((tensor) => reference.pooled(tensor, kind, pooling, prefix)),
      }));
    });
    const readings = expected.map(({ reading }) => reading);
    await network.give([...new Set(readings.map(({ tap }) => tap.name))]);
    const together = await readAll(one, reference, network, readings);
    expected.forEach(({ reading, vectors }, place) => {
      const difference = farthest(
        vectors,
        together.map((input) => input[place]),
      );
      expect(difference, `${reading.tap.title}, ${reading.pooling}`).toBeLessThan(one.bound ?? BOUND);
    });
  });

  it("gives the same numbers when only what a layer needs is compiled", async () => {
    const { taps: layers } = reference.tower;
    for (const { name, kind, tensors } of [layers[0], layers[1], layers[layers.length - 1]]) {
      const { network, taps } = await openTower(one);
      const tap = taps.find(({ title }) => titleOf(numbered(name)).test(title)) as Tap;
      const pooling = poolingsOf(tap, one.modality, isPrefixed)[0];
      const prefix = isPrefixed && kind === "tokens" ? 1 : 0;
      await network.give([tap.name]);
      const alone = await readAll(one, reference, network, [{ tap, pooling }]);
      const expected = tensors.map((tensor) => reference.pooled(tensor, kind, pooling, prefix));
      expect(
        farthest(
          expected,
          alone.map(([vectors]) => vectors),
        ),
        tap.title,
      ).toBeLessThan(one.bound ?? BOUND);
    }
  });

  it.runIf(one.modality === "image" && one.model !== "resnet")(
    "knows its patches and its CLS token",
    async () => {
      const { network } = await opened;
      expect(readPatching(network.graph)).toEqual({ side: 8, hasCls: isPrefixed });
    },
  );

  /** A ResNet's blocks are counted through its stages. */
  function numbered(name: string): string {
    const blocks = reference.tower.taps.filter((tap) => tap.name.startsWith("stage "));
    const place = blocks.findIndex((block) => block.name === name);
    return place < 0 ? name : `block ${place + 1}`;
  }
});

/** The largest difference of any two numbers; infinite when the shapes differ. */
function farthest(expected: readonly number[][][], found: readonly (readonly Float32Array[])[]): number {
  let largest = 0;
  expected.forEach((vectors, input) => {
    if (found[input]?.length !== vectors.length) largest = Infinity;
    vectors.forEach((vector, part) => {
      const other = found[input]?.[part] ?? [];
      if (other.length !== vector.length) largest = Infinity;
      vector.forEach((value, i) => {
        largest = Math.max(largest, Math.abs(value - other[i]));
      });
    });
  });
  return largest;
}
