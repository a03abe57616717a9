import type { Item } from "../../collection/types";

/** A column of the items' tables, as colours and filters see it. */
export interface Column {
  readonly name: string;
  readonly holds: "numbers" | "texts";
}

/** Columns are found by this many items, evenly spread: enough to meet every table, and quick for a million rows. */
const mostLookedAt = 5_000;

const known = new WeakMap<readonly Item[], readonly Column[]>();

/** A number as tables write it. Digits after a leading zero are a code. */
const written = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** The number that a cell holds, or that its text writes; undefined where it is none, or not finite. */
export function numberOf(cell: string | number | undefined): number | undefined {
  if (typeof cell === "string" && !written.test(cell.trim())) return undefined;
  const number = Number(cell);
  return Number.isFinite(number) ? number : undefined;
}

/** The columns that items brought along, in order of appearance; texts that all write numbers are numbers. The same array for the same list of items. */
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
      if (typeof value === "string" && numberOf(value) === undefined) found.set(name, "texts");
      else if (!found.has(name)) found.set(name, "numbers");
    }
  }
  const columns = [...found].map(([name, holds]) => ({ name, holds }));
  known.set(items, columns);
  return columns;
}

/** An item's number in a column; undefined where it has none. */
export function numberIn(item: Item, column: string): number | undefined {
  return numberOf(item.columns?.[column]);
}
