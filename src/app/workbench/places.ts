import type { ItemId, Places } from "../../collection";

type Positioned = Omit<Places, "made">;

/**
 * Where a new layout of `ids` starts: `ids.length × dimensions` positions from the given places (later ones win), NaN
 * for items without one. Undefined when most items are new: then old places would be a worse start than none.
 */
export function startingPositions(
  ids: readonly ItemId[],
  dimensions: 2 | 3,
  sources: readonly Positioned[],
): Float32Array | undefined {
  const start = new Float32Array(ids.length * dimensions).fill(Number.NaN);
  const rows = new Map(ids.map((id, row) => [id, row]));
  const known = new Set<number>();
  for (const source of sources) {
    const shared = Math.min(dimensions, source.dimensions);
    source.ids.forEach((id, from) => {
      const to = rows.get(id);
      if (to === undefined || Number.isNaN(source.positions[from * source.dimensions])) return;
      known.add(to);
      for (let axis = 0; axis < dimensions; axis++) {
        start[to * dimensions + axis] = axis < shared ? source.positions[from * source.dimensions + axis] : 0;
      }
    });
  }
  return known.size * 2 >= ids.length && known.size > 0 ? start : undefined;
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
  const rows = new Map(places.ids.map((id, row) => [id, row]));
  const positions = new Float32Array(ids.length * dimensions);
  const trust = places.trust && new Float32Array(ids.length);
  for (let to = 0; to < ids.length; to++) {
    const from = rows.get(ids[to]);
    if (from === undefined || Number.isNaN(places.positions[from * dimensions])) return undefined;
    positions.set(places.positions.subarray(from * dimensions, (from + 1) * dimensions), to * dimensions);
    if (trust && places.trust) trust[to] = places.trust[from];
  }
  return { positions, ...(trust ? { trust } : {}) };
}
