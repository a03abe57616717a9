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

/**
 * As `rowsOfIds(ids).get`, for one id after the other. Nothing is indexed where they come in the order of the list, as lists of
 * items do, which all keep the order of adding, whatever either leaves out. All is, once more rows have been looked at than
 * the list has twice over: that is less work than the index, and allows for an id that is not there.
 */
export function rowFinder(ids: readonly ItemId[]): (id: ItemId) => number | undefined {
  let next = 0;
  let left = 2 * ids.length;
  const search = (id: ItemId): number | undefined => {
    let row = next;
    while (row < ids.length && ids[row] !== id) row++;
    left -= row - next + 1;
    return row < ids.length ? row : undefined;
  };
  return (id) => {
    const row = (left > 0 ? search(id) : undefined) ?? rowsOfIds(ids).get(id);
    if (row !== undefined) next = row + 1;
    return row;
  };
}
