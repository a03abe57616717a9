import type { ItemId } from "./types";

const known = new WeakMap<readonly ItemId[], ReadonlyMap<ItemId, number>>();

/**
 * The row of every id of a list that is never written to again; the same map for the same list. Map, layout, trust and
 * scripts all ask for that of the same fifty thousand ids, and each would take some 10 ms to make its own.
 */
export function rowsOfIds(ids: readonly ItemId[]): ReadonlyMap<ItemId, number> {
  let rows = known.get(ids);
  if (!rows) {
    const made = new Map<ItemId, number>();
    for (let row = 0; row < ids.length; row++) made.set(ids[row], row);
    rows = made;
    known.set(ids, rows);
  }
  return rows;
}

/** Rows looked at ahead of the last one before all are indexed: a few items that were removed leave such gaps. */
const ahead = 4;

/**
 * As `rowsOfIds(ids).get`, for one id after the other: nearly nothing is looked up where they come in the order of the list,
 * as lists of items do, which all keep the order of adding.
 */
export function rowFinder(ids: readonly ItemId[]): (id: ItemId) => number | undefined {
  let next = 0;
  return (id) => {
    for (let row = next; row <= next + ahead && row < ids.length; row++) {
      if (ids[row] !== id) continue;
      next = row + 1;
      return row;
    }
    const row = rowsOfIds(ids).get(id);
    if (row !== undefined) next = row + 1;
    return row;
  };
}
