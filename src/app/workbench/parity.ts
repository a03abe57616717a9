import type { Item } from "../../collection";
import { NamedError } from "../../core/errors";
import type { Modality } from "../../core/space";
import { cosine, isFiniteVector } from "../../core/vectors";
import {
  type DeviceUsed,
  deviceFacts,
  type EncodeOptions,
  type ImageEncoderHandle,
  openImageEncoder,
  openTextEncoder,
  type TextEncoderHandle,
} from "../../encoders";
import type { Context } from "./context";
import { counted } from "./counted";
import type { EncoderSlot } from "./encoder-slot";
import { type FoundVector, wholeVector } from "./parts";
import type { ParityReport } from "./types";

/** Items compared on a real graphics card: a batch of every length, done in a second. */
const MOST_ITEMS = 32;
/** On a software adapter, which is about a hundred times slower than WASM. */
const MOST_ITEMS_IN_SOFTWARE = 3;

/** Vectors closer than this are the same for every purpose of the page; a GPU that computes wrongly was seen to give 0. */
const SAME_FROM = 0.999;

type Encode<Input> = (inputs: readonly Input[], options: EncodeOptions<FoundVector>) => Promise<void>;

/** One vector per input; undefined where the encoder gave none. */
async function vectorsOf<Input>(
  encode: Encode<Input>,
  inputs: readonly Input[],
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<(Float32Array | undefined)[]> {
  const vectors: (Float32Array | undefined)[] = inputs.map(() => undefined);
  await encode(inputs, {
    signal,
    onResults(results) {
      for (const place of new Set(results.map(({ index }) => index))) {
        vectors[place] = wholeVector(results.filter(({ index }) => index === place));
      }
      onProgress(vectors.filter((vector) => vector !== undefined).length);
    },
  });
  return vectors;
}

/** Compares vectors pair by pair; one that is missing, or no list of numbers, counts as a cosine of -1. */
export function compareDevices(
  items: readonly Pick<Item, "id" | "label">[],
  ours: readonly (Float32Array | undefined)[],
  others: readonly (Float32Array | undefined)[],
  devices: readonly [DeviceUsed, DeviceUsed],
): ParityReport {
  const rows = items.map(({ id, label }, index) => {
    const [a, b] = [ours[index], others[index]];
    const usable = a && b && isFiniteVector(a) && isFiniteVector(b);
    return { id, label, cosine: usable ? cosine(a, b) : -1 };
  });
  rows.sort((a, b) => a.cosine - b.cosine);
  return { devices, checked: rows.length, worst: rows[0], matches: rows[0].cosine >= SAME_FROM };
}

/**
 * Checks on the user's own items, the selected ones first, that the current encoder gives the same vectors on WebGPU and
 * on WASM: opens the same encoder a second time on the other device, and closes it again. Rejects with
 * `DeviceUnavailable` where there is no WebGPU, `NotReady` without items, `Cancelled`, and as opening an encoder does.
 */
export function createParityCheck(
  { collection, tasks, store }: Context,
  slots: { readonly text: EncoderSlot<"text">; readonly image: EncoderSlot<"image"> },
) {
  const check = async <Input>(
    modality: Modality,
    handle: TextEncoderHandle | ImageEncoderHandle,
    read: (item: Item) => Input | undefined,
    open: (
      device: "webgpu" | "wasm",
      signal: AbortSignal,
    ) => Promise<{
      readonly device: DeviceUsed;
      readonly encode: Encode<Input>;
      close(): void;
    }>,
    encode: Encode<Input>,
  ): Promise<ParityReport> => {
    const facts = await deviceFacts();
    if (facts.adapter === "none" || handle.device.kind === "javascript") {
      throw new NamedError("DeviceUnavailable", "There is no WebGPU here to compare WASM with.", {
        advice: "Open the page in a browser with WebGPU, with an encoder that has weights.",
      });
    }
    const { items, selection } = collection.state();
    const chosen = new Set(selection);
    const readable = items.flatMap((item) => {
      const input = item.kind === modality ? read(item) : undefined;
      return input === undefined ? [] : [{ item, input }];
    });
    readable.sort((a, b) => Number(chosen.has(b.item.id)) - Number(chosen.has(a.item.id)));
    const most = facts.adapter === "fallback" ? MOST_ITEMS_IN_SOFTWARE : MOST_ITEMS;
    const some = readable.slice(0, most);
    if (some.length === 0) {
      throw new NamedError("NotReady", "There is nothing on the map to compare by.", {
        advice: modality === "text" ? "Add a word first." : "Add a picture first.",
      });
    }
    const inputs = some.map(({ input }) => input);
    const { title } = store.getState()[`${modality}Encoder`];
    const other = handle.device.kind === "webgpu" ? "wasm" : "webgpu";
    const task = tasks.start(
      (total) => `Checking ${title} on both devices by ${counted(total / 2, modality)}`,
      2 * some.length,
    );
    try {
      const ours = await vectorsOf(encode, inputs, task.signal, (done) => task.update(done));
      const second = await open(other, task.signal);
      try {
        const others = await vectorsOf(second.encode, inputs, task.signal, (done) =>
          task.update(some.length + done),
        );
        return compareDevices(
          some.map(({ item }) => item),
          ours,
          others,
          [handle.device, second.device],
        );
      } finally {
        second.close();
      }
    } finally {
      task.end();
    }
  };

  return async (modality: Modality): Promise<ParityReport> => {
    const { spec } = store.getState()[`${modality}Encoder`];
    if (modality === "text") {
      return slots.text.run((handle) =>
        check<string>(
          "text",
          handle,
          ({ text }) => text,
          (device, signal) => openTextEncoder(spec, { device, signal }),
          handle.encode,
        ),
      );
    }
    return slots.image.run((handle) =>
      check<Blob>(
        "image",
        handle,
        ({ image }) => (image?.thumbnail ? image.file : undefined),
        (device, signal) => openImageEncoder(spec, { device, signal }),
        handle.encode,
      ),
    );
  };
}
