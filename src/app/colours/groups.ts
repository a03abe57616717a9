import type { Item } from "../../collection/types";
import { categorySlots, plainTextSlot } from "./assign";
import { cssOf } from "./ramp";
import type { Colours, LegendEntry } from "./types";

/** A way to part items into groups that have a colour each. */
export interface Grouping {
  /** The legend key of an item's group. */
  key(item: Item): string;
  label(key: string): string;
  slot(key: string): number;
  /** Groups with a larger number come later in the legend; equal ones by size, largest first. The default is 0 for all. */
  order?(key: string): number;
}

/** Colours that tell groups apart. */
export function coloursByGroup(grouping: Grouping): Colours {
  const slot = (item: Item) => grouping.slot(grouping.key(item));
  return {
    slot,
    css: (item) => cssOf(slot(item)),
    key: grouping.key,
    legend: (of) => legendOfGroups(of, grouping),
  };
}

function legendOfGroups(items: readonly Item[], grouping: Grouping): readonly LegendEntry[] {
  const counts = new Map<string, number>();
  for (const item of items) {
    const key = grouping.key(item);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const order = (key: string) => grouping.order?.(key) ?? 0;
  return [...counts]
    .map(([key, count]) => ({ key, label: grouping.label(key), slot: grouping.slot(key), count }))
    .sort((a, b) => order(a.key) - order(b.key) || b.count - a.count);
}

/** The texts of a column as groups: the most frequent have a colour each, the others share a neutral one. */
export function groupingByColumn(items: readonly Item[], column: string): Grouping {
  const counts = new Map<string, number>();
  for (const { columns } of items) {
    const value = columns?.[column];
    if (value !== undefined && value !== "") counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  const slots = new Map(
    [...counts]
      .sort((a, b) => b[1] - a[1])
      .slice(0, categorySlots)
      .map(([value], slot) => [value, slot]),
  );
  const none = "without:";
  const prefix = "value:";
  return {
    key: ({ columns }) => {
      const value = columns?.[column];
      return value === undefined || value === "" ? none : `${prefix}${value}`;
    },
    label: (key) => (key === none ? `no ${column}` : key.slice(prefix.length)),
    slot: (key) => (key === none ? plainTextSlot : (slots.get(key.slice(prefix.length)) ?? plainTextSlot)),
    order: (key) => (key === none ? 1 : 0),
  };
}
