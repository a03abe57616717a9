import type { ItemId, Places } from "../../collection";
import { rowFinder } from "../../collection/rows";
import { nameAndEdition, type Space, wholeSpaceId } from "../../core/space";

type Positioned = Omit<Places, "made">;

/**
 * Whether places in one space say where to start in another: one is the joint space that holds the other's items, or both
 * are layers or editions of one model. Then the map moves from layer to layer, and what moves is what the layers see differently.
 */
export function isRelated(from: Space | undefined, to: Space): boolean {
  if (from === undefined) return false;
  return modelOf(from) === modelOf(to) || from.modalities.length !== to.modalities.length;
}

/** A space's id without its edition, and the layer and pooling that may follow it. */
const modelOf = ({ id }: Space) => nameAndEdition(wholeSpaceId(id)).name;

/**
 * Where a new layout of `ids` starts: `ids.length × dimensions` positions from the given places (later ones win), NaN
 * for items without one. Undefined when most items are new: then old places would be a worse start than none.
 */
export function startingPositions(
  ids: readonly ItemId[],
  dimensions: 2 | 3,
  sources: readonly Positioned[],
): Float32Array | undefined {
  if (sources.length === 0) return undefined;
  const start = new Float32Array(ids.length * dimensions).fill(Number.NaN);
  const rowOf = rowFinder(ids);
  const known = new Uint8Array(ids.length);
  for (const source of sources) {
    const shared = Math.min(dimensions, source.dimensions);
    source.ids.forEach((id, from) => {
      const to = rowOf(id);
      if (to === undefined || Number.isNaN(source.positions[from * source.dimensions])) return;
      known[to] = 1;
      for (let axis = 0; axis < dimensions; axis++) {
        start[to * dimensions + axis] = axis < shared ? source.positions[from * source.dimensions + axis] : 0;
      }
    });
  }
  const count = known.reduce((sum, each) => sum + each, 0);
  return count * 2 >= ids.length && count > 0 ? start : undefined;
}

/** Beyond this share of a map's items, and this many, those that came behind the others are no additions to it: it was made too early. */
const fewShare = 0.1;
const few = 2;

/**
 * Whether a map was made of the first few of what was added together: many of `ids` have no place, and were on the list, waiting
 * for their vectors, when it was made.
 */
export function wasMadeEarly(
  ids: readonly ItemId[],
  places: readonly ItemId[],
  listed: readonly { readonly id: ItemId }[],
): boolean {
  const placeOf = rowFinder(places);
  const fresh = new Set(ids.filter((id) => placeOf(id) === undefined));
  const waited = listed.reduce((sum, { id }) => sum + Number(fresh.has(id)), 0);
  return waited > Math.max(few, fewShare * ids.length);
}

/**
 * The positions of `ids` in some places and how far to trust them, in the order of `ids`; undefined when one of them has
 * no position.
 */
export function coveringPlaces(
  ids: readonly ItemId[],
  places: Positioned,
): Pick<Places, "positions" | "trust"> | undefined {
  const { dimensions } = places;
  const rowOf = rowFinder(places.ids);
  const positions = new Float32Array(ids.length * dimensions);
  const trust = places.trust && new Float32Array(ids.length);
  for (let to = 0; to < ids.length; to++) {
    const from = rowOf(ids[to]);
    if (from === undefined || Number.isNaN(places.positions[from * dimensions])) return undefined;
    for (let axis = 0; axis < dimensions; axis++)
      positions[to * dimensions + axis] = places.positions[from * dimensions + axis];
    if (trust && places.trust) trust[to] = places.trust[from];
  }
  return { positions, ...(trust ? { trust } : {}) };
}
