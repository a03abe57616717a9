import { IdMap } from "./id-map";
import type { ItemId } from "./types";

/** The row of every id of a list. */
export type Rows = Pick<ReadonlyMap<ItemId, number>, "get" | "has" | "size">;

interface Index {
  readonly rows: IdMap<number>;
  /** Rows before this one are indexed. */
  next: number;
}

const known = new WeakMap<readonly ItemId[], Index>();

/** Ids that are indexed between two looks at the clock. */
const atOnce = 1024;

/**
 * The row of every id of a list that is never written to again; the same map for the same list. Map, layout, trust and
 * scripts all ask for that of the same fifty thousand ids, and each would take some 10 ms to make its own.
 */
export function rowsOfIds(ids: readonly ItemId[]): Rows {
  const index = indexOf(ids);
  indexUntil(index, ids, Number.POSITIVE_INFINITY);
  return index.rows;
}

/** Gets `rowsOfIds` ready, for some milliseconds; returns false when more is left to do. */
export function indexRows(ids: readonly ItemId[], milliseconds: number): boolean {
  return indexUntil(indexOf(ids), ids, performance.now() + milliseconds);
}

function indexOf(ids: readonly ItemId[]): Index {
  const index = known.get(ids) ?? { rows: new IdMap<number>(), next: 0 };
  known.set(ids, index);
  return index;
}

function indexUntil(index: Index, ids: readonly ItemId[], until: number): boolean {
  while (index.next < ids.length) {
    const most = Math.min(ids.length, index.next + atOnce);
    for (; index.next < most; index.next++) index.rows.set(ids[index.next], index.next);
    if (performance.now() >= until) break;
  }
  return index.next >= ids.length;
}

/**
 * Whether a list in the order of adding holds all of these ids, which are in that order, too; without looking any up while that
 * is so, which for a million ids is the difference between 10 ms and 100.
 */
export function holdsInOrder(list: readonly { readonly id: ItemId }[], ids: readonly ItemId[]): boolean {
  if (ids.length > list.length) return false;
  let at = 0;
  for (const id of ids) {
    while (at < list.length && list[at].id !== id) at++;
    if (at === list.length) return false;
    at++;
  }
  return true;
}

/** Rows looked at ahead of the last one before all are indexed: a few items that were removed leave such gaps. */
const few = 4;

/**
 * As `rowsOfIds(ids).get`, for one id after the other: nearly nothing is looked up where they come in the order of the list,
 * as lists of items do, which all keep the order of adding. `every`: only one in so many of the list is asked for, by default
 * each.
 */
export function rowFinder(ids: readonly ItemId[], every = 1): (id: ItemId) => number | undefined {
  const ahead = every - 1 + few;
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
