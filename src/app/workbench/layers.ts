import type { Collection, Item, VectorEntry } from "../../collection";
import { errorFromReport, NamedError } from "../../core/errors";
import type { Modality } from "../../core/space";
import { similarity } from "../../core/vectors";
import type { Layers, LayersOptions, TextEncoderHandle } from "../../encoders";
import type { Context } from "./context";
import { counted } from "./counted";
import type { EncoderSlot } from "./encoder-slot";
import type { LayerStop, LayersRead } from "./types";

/** Numbers that all layers of all items may take: 128 MB. More would crowd out what the page is for. */
const MOST_NUMBERS = 2 ** 25;

/** The part of a handle that is needed here, whatever it reads. */
interface LayerReader<Input> extends Pick<TextEncoderHandle, "card" | "pooling" | "space" | "taps"> {
  layers(inputs: readonly Input[], options?: LayersOptions): Promise<Layers>;
}

export interface LayersRequest {
  /** Inputs that are compared with the first of them at every layer; texts need not be on the map. */
  readonly compared: readonly string[];
  readonly signal?: AbortSignal;
}

/** Reads every layer of an encoder at once, and files what it finds under the layers' spaces. */
export function createLayers(
  { collection, tasks, store }: Context,
  slots: { readonly text: EncoderSlot<"text">; readonly image: EncoderSlot<"image"> },
) {
  /** The layers of the encoders that were read, by model and pooling. */
  const known = new Map<string, readonly LayerStop[]>();

  const read = async <Input>(
    modality: Modality,
    handle: LayerReader<Input>,
    inputOf: (item: Item) => Input | undefined,
    compared: readonly Input[],
    signal: AbortSignal | undefined,
  ): Promise<LayersRead> => {
    const pooling = handle.pooling === "none" ? undefined : handle.pooling;
    const key = `${handle.card.id}:${pooling ?? ""}`;
    const stops = known.get(key);
    const missing = collection
      .state()
      .items.filter((item) => item.kind === modality && inputOf(item) !== undefined)
      .filter((item) => !stops?.every(({ space }) => collection.holds(space.id, item.id)));
    if (missing.length * handle.taps().length * handle.space.dimension > MOST_NUMBERS) {
      throw new NamedError(
        "TooManyItems",
        `All layers of ${counted(missing.length, modality)} would not fit.`,
        {
          advice: "Choose one layer at a time, or keep fewer items on the map.",
        },
      );
    }
    const inputs = [...missing.map((item) => inputOf(item) as Input), ...compared];
    if (inputs.length === 0 && stops) return { key, stops, similarities: stops.map(() => []) };
    const { title } = store.getState()[`${modality}Encoder`];
    const task = tasks.start(() => `Reading every layer of ${title}`, inputs.length);
    try {
      const { layers, failures } = await handle.layers(inputs, {
        pooling,
        signal: signal ? AbortSignal.any([signal, task.signal]) : task.signal,
        onProgress: ({ done, total }) => task.update(done, total),
      });
      // Where no input could be read at all, it is the encoder that failed.
      if (layers.length === 0 && failures.length > 0) throw errorFromReport(failures[0].error);
      file(collection, missing, layers);
      const found = layers.map(({ tap, space }): LayerStop => ({ tap, space }));
      known.set(key, found);
      const similarities = layers.map(({ vectors }) => toFirst(vectors.slice(missing.length)));
      return { key, stops: found, similarities };
    } finally {
      task.end();
    }
  };

  return async (modality: Modality, { compared, signal }: LayersRequest): Promise<LayersRead> => {
    if (modality === "text") {
      return slots.text.run((handle) => read("text", handle, ({ text }) => text, compared, signal));
    }
    const files = compared.flatMap((id) => collection.get(id as Item["id"])?.image?.file ?? []);
    return slots.image.run((handle) =>
      read("image", handle, ({ image }) => (image?.thumbnail ? image.file : undefined), files, signal),
    );
  };
}

function file(collection: Collection, items: readonly Item[], layers: Layers["layers"]): void {
  collection.change(() => {
    for (const { space, vectors } of layers) {
      const entries = items.flatMap(({ id }, index): VectorEntry[] => {
        const vector = vectors[index];
        return vector && !collection.holds(space.id, id) ? [{ id, vector }] : [];
      });
      collection.setVectors(space, entries);
    }
  });
}

/** Cosine of each vector after the first to the first; NaN where one is missing. */
function toFirst([first, ...others]: readonly (Float32Array | undefined)[]): readonly number[] {
  return others.map((other) => (first && other ? similarity("cosine", first, other) : Number.NaN));
}
