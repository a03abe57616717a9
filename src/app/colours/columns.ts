import type { Item } from "../../collection/types";

/** A column of the items' tables, as colours and filters see it. */
export interface Column {
  readonly name: string;
  readonly holds: "numbers" | "texts";
}

/** Columns are found by this many items, evenly spread: enough to meet every table, and quick for a million rows. */
const mostLookedAt = 5_000;

const known = new WeakMap<readonly Item[], readonly Column[]>();

/** The columns that items brought along, in order of appearance; the same array for the same list of items. */
export function columnsOf(items: readonly Item[]): readonly Column[] {
  const before = known.get(items);
  if (before) return before;
  const found = new Map<string, Column["holds"]>();
  const step = Math.max(1, Math.ceil(items.length / mostLookedAt));
  for (let at = 0; at < items.length; at += step) {
    const { columns } = items[at];
    if (!columns) continue;
    for (const [name, value] of Object.entries(columns)) {
      if (value === "") continue;
      if (typeof value === "string") found.set(name, "texts");
      else if (!found.has(name)) found.set(name, "numbers");
    }
  }
  const columns = [...found].map(([name, holds]) => ({ name, holds }));
  known.set(items, columns);
  return columns;
}

/** An item's number in a column; undefined where it has none. */
export function numberIn(item: Item, column: string): number | undefined {
  const value = item.columns?.[column];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
