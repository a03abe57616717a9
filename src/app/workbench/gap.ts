import type { Collection, Item, VectorEntry } from "../../collection";
import { type Space, type SpaceId, spaceId } from "../../core/space";
import { norm } from "../../core/vectors";
import type { ModalityGap } from "./types";

type Kind = "text" | "image";

/** The middle of each modality's vectors, every vector scaled to length 1 first. */
interface Middles {
  readonly text: Float32Array;
  readonly image: Float32Array;
}

function unit(vector: Float32Array): Float32Array {
  const length = norm(vector);
  return length > 0 ? vector.map((value) => value / length) : vector.slice();
}

/** The words and images with a vector in a space, scaled to length 1, and the middle of each. */
function middlesOf(collection: Collection, space: Space) {
  const rows: { readonly item: Item; readonly kind: Kind; readonly vector: Float32Array }[] = [];
  const sums = { text: new Float64Array(space.dimension), image: new Float64Array(space.dimension) };
  const counts = { text: 0, image: 0 };
  for (const item of collection.state().items) {
    const { kind } = item;
    const found = kind === "text" || kind === "image" ? collection.vector(space.id, item.id) : undefined;
    if (!found || (kind !== "text" && kind !== "image")) continue;
    const vector = unit(found);
    rows.push({ item, kind, vector });
    counts[kind] += 1;
    for (let i = 0; i < vector.length; i++) sums[kind][i] += vector[i];
  }
  if (counts.text === 0 || counts.image === 0) return undefined;
  const middles: Middles = {
    text: Float32Array.from(sums.text, (sum) => sum / counts.text),
    image: Float32Array.from(sums.image, (sum) => sum / counts.image),
  };
  return { rows, middles };
}

/**
 * The modality gap of a space that holds words and images: the difference between the middles of both, every vector
 * scaled to length 1 (Liang et al., 2022, “Mind the gap”, arXiv:2203.02053, §2). Each item's place along it is 0 at the
 * images' middle and 1 at the words'. Undefined where there are not both.
 */
export function measureGap(collection: Collection, space: Space): ModalityGap | undefined {
  const found = middlesOf(collection, space);
  if (!found) return undefined;
  const { text, image } = found.middles;
  const axis = text.map((value, i) => value - image[i]);
  const length = norm(axis);
  if (length === 0) return undefined;
  const places = found.rows.map(({ item, kind, vector }) => {
    let along = 0;
    for (let i = 0; i < axis.length; i++) along += (vector[i] - image[i]) * axis[i];
    return { id: item.id, kind, at: along / length ** 2 };
  });
  return { gap: length, places };
}

/** The space beside a joint one in which each modality's middle is the origin. */
export function centredSpace(space: Space): Space {
  return { ...space, id: spaceId(`${space.id}@centred:each`), title: `${space.title}, centred` };
}

/** Keeps the centred counterpart of a joint space filled. */
export interface Centring {
  /** The centred space, filled as the joint one is now; undefined without both words and images. */
  of(joint: Space): Space | undefined;
  /** The joint space that a centred one was made of. */
  base(centred: SpaceId): Space | undefined;
  /** A vector of the joint space as it stands in the centred one. */
  centre(vector: Float32Array, kind: Kind): Float32Array;
}

export function createCentring(collection: Collection): Centring {
  let made: { readonly of: Space; readonly version: number; readonly middles: Middles } | undefined;
  const centre = (vector: Float32Array, middle: Float32Array) =>
    unit(unit(vector).map((value, i) => value - middle[i]));
  return {
    of(joint) {
      const version = collection.table(joint.id)?.version;
      if (version === undefined) return undefined;
      const space = centredSpace(joint);
      if (made?.of.id === joint.id && made.version === version) return space;
      const found = middlesOf(collection, joint);
      if (!found) return undefined;
      made = { of: joint, version, middles: found.middles };
      const entries = found.rows.map(
        ({ item, kind, vector }): VectorEntry => ({
          id: item.id,
          vector: centre(vector, found.middles[kind]),
        }),
      );
      collection.setVectors(space, entries);
      return space;
    },
    base: (centred) => (made && centredSpace(made.of).id === centred ? made.of : undefined),
    centre: (vector, kind) => (made ? centre(vector, made.middles[kind]) : vector),
  };
}
