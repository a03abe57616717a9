import type { Item, ItemId } from "../../collection";
import { rowsOfIds } from "../../collection/rows";
import { createComparator, type Regions } from "../../comparison";
import { errorFromReport, NamedError } from "../../core/errors";
import type { ItemKind, Metric, Space } from "../../core/space";
import { norm } from "../../core/vectors";
import type { ImageEncoderHandle, ImageVector, TextEncoderHandle } from "../../encoders";
import type { Context } from "./context";
import type { EncoderSlot } from "./encoder-slot";
import { wholeVector } from "./parts";
import { regionsQuestion } from "./regions";
import type { Spaces } from "./spaces";
import type { MapFrame, NeighbourItem, NeighbourQuery } from "./types";

/** What the Neighbours panel lists unless told otherwise: as many as fit beside the map without scrolling. */
const DEFAULT_NEIGHBOURS = 8;

/** Encodes one text. Rejects with the encoder's error when it can't. */
export async function encodeOne(
  encoder: TextEncoderHandle,
  text: string,
  signal?: AbortSignal,
): Promise<Float32Array> {
  let vector: Float32Array | undefined;
  await encoder.encode([text], {
    signal,
    onResults(results, failures) {
      if (failures[0]) throw errorFromReport(failures[0].error);
      vector = wholeVector(results) ?? vector;
    },
  });
  if (!vector) throw new NamedError("EncoderFailed", `No vector came back for ${JSON.stringify(text)}.`);
  return vector;
}

/** The mean of vectors of one space, each counting the same whatever its length; one vector stays as it is. */
function meanDirection(vectors: readonly Float32Array[]): Float32Array {
  if (vectors.length === 1) return vectors[0];
  const mean = new Float32Array(vectors[0].length);
  for (const vector of vectors) {
    const scale = 1 / (norm(vector) || 1) / vectors.length;
    for (let t = 0; t < mean.length; t++) mean[t] += vector[t] * scale;
  }
  return mean;
}

/** Encodes one picture. Rejects with the encoder's error when it can't. */
async function encodePicture(
  encoder: ImageEncoderHandle,
  picture: Blob,
  signal?: AbortSignal,
): Promise<{ readonly vector: Float32Array; readonly classes?: ImageVector["classes"] }> {
  let found: readonly ImageVector[] = [];
  await encoder.encode([picture], {
    signal,
    onResults(results, failures) {
      if (failures[0]) throw errorFromReport(failures[0].error);
      found = [...found, ...results];
    },
  });
  const vector = wholeVector(found);
  if (!vector) throw new NamedError("EncoderFailed", "No vector came back for this picture.");
  return { vector, classes: found[0].classes };
}

/** Answers "what is nearest to this?" in the space, for items and for any typed text. */
export function createRanking(
  { collection, store }: Context,
  spaces: Spaces,
  slots: { readonly text: EncoderSlot<"text">; readonly image: EncoderSlot<"image"> },
) {
  const comparator = createComparator();

  const spaceOf = (query: NeighbourQuery): Space => {
    if (!query.space) return store.getState().shown.space;
    const space = spaces.find(query.space);
    if (space) return space;
    throw new NamedError("UnknownSpace", `There is no space called ${JSON.stringify(query.space)}.`, {
      advice: "playground.spaces() lists the spaces that hold vectors.",
    });
  };

  /** The vector of a text that is not on the map, in the given space. */
  const textVector = async (text: string, shown: Space, signal?: AbortSignal): Promise<Float32Array> => {
    const { space, place } = spaces.origin(shown);
    const { of, vector } = await slots.text.run(async (encoder) => ({
      of: encoder.space.id,
      vector: await encodeOne(encoder, text, signal),
    }));
    if (of === space.id) return place(vector, "text");
    const joint = spaces.joint();
    if (joint?.space.id === space.id) return place(joint.fromText(vector), "text");
    throw new NamedError("UnknownSpace", `Words have no vectors in the space ${space.title}.`, {
      advice: "Show the text space or the joint space, then ask again.",
    });
  };

  /**
   * A picture that is not on the map, and the space to rank it in: the one that is wanted if it holds pictures, else the
   * joint space, where words have their place beside it.
   */
  const pictureVector = async (picture: Blob, wanted: Space, signal?: AbortSignal) => {
    const { of, vector, classes } = await slots.image.run(async (encoder) => ({
      of: encoder.space.id,
      ...(await encodePicture(encoder, picture, signal)),
    }));
    const { space: origin, place } = spaces.origin(wanted);
    if (of === origin.id) return { space: wanted, vector: place(vector, "image") };
    const joint = await spaces.requireJoint();
    const placed = joint.fromImage(vector, classes);
    if (joint.space.id !== origin.id) return { space: joint.space, vector: placed };
    return { space: wanted, vector: placed && place(placed, "image") };
  };

  /** The only modality to rank where that is how the gap is handled: the one that the query is not of. */
  const otherKind = (space: Space, kind: ItemKind = "text"): ItemKind | undefined => {
    const holdsBoth = space.modalities.includes("text") && space.modalities.includes("image");
    if (spaces.gap() !== "cross" || !holdsBoth) return undefined;
    return kind === "image" ? "text" : "image";
  };

  const itemVector = async (query: string, item: Item | undefined, space: Space, signal?: AbortSignal) => {
    const known = item && collection.vector(space.id, item.id);
    if (known || (item && item.kind !== "text")) return known;
    return textVector(item?.text ?? query, space, signal);
  };

  return {
    /** The vector of any text in a space. Rejects with `UnknownSpace` where words have none. */
    async vectorOf(text: string, space: Space): Promise<Float32Array> {
      const item = collection.findText(text);
      return (item && collection.vector(space.id, item.id)) ?? textVector(text, space);
    },
    /** See `Workbench.likeness`. */
    async likeness(ids: readonly ItemId[], metric: Metric, signal?: AbortSignal) {
      const { space } = store.getState().shown;
      const table = collection.table(space.id);
      const vectors = ids.flatMap((id) => collection.vector(space.id, id) ?? []);
      if (!table || vectors.length === 0) return new Map<ItemId, number>();
      comparator.hold(space.id, table.version, table.matrix);
      const found = await comparator.likeness(space.id, meanDirection(vectors), metric, signal);
      return new Map(table.ids.map((id, row) => [id, found[row]]));
    },
    /** See `Workbench.regions`. */
    async regions(frame: MapFrame, signal?: AbortSignal): Promise<Regions> {
      const { space } = store.getState().shown;
      const table = collection.table(space.id);
      if (!table || frame.ids.length === 0) return { of: new Int32Array(frame.ids.length), regions: [] };
      comparator.hold(space.id, table.version, table.matrix);
      return comparator.regions(
        regionsQuestion(frame, table, collection.get, store.getState().imageEncoder.space),
        signal,
      );
    },
    async neighbours(
      query: ItemId | string | Blob,
      options: NeighbourQuery = {},
    ): Promise<readonly NeighbourItem[]> {
      const wanted = spaceOf(options);
      const item: Item | undefined =
        typeof query === "string"
          ? (collection.get(query as ItemId) ?? collection.findText(query))
          : undefined;
      const { space, vector } =
        typeof query === "string"
          ? { space: wanted, vector: await itemVector(query, item, wanted, options.signal) }
          : await pictureVector(query, wanted, options.signal);
      const table = collection.table(space.id);
      if (!table || !vector) return [];
      const own = item && rowsOfIds(table.ids).get(item.id);
      const kind = options.kind ?? otherKind(space, typeof query === "string" ? item?.kind : "image");
      const among = kind
        ? table.ids.flatMap((id, row) => (collection.get(id)?.kind === kind ? [row] : []))
        : undefined;
      comparator.hold(space.id, table.version, table.matrix);
      const ranked = await comparator.neighbours(space.id, vector, {
        k: options.k ?? DEFAULT_NEIGHBOURS,
        metric: options.metric ?? space.metric,
        exclude: own === undefined ? [] : [own],
        among,
        signal: options.signal,
      });
      return ranked.flatMap(({ index, similarity }) => {
        const neighbour = collection.get(table.ids[index]);
        return neighbour ? [{ item: neighbour, similarity }] : [];
      });
    },
  };
}
