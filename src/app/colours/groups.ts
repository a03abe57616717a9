import type { Item } from "../../collection/types";
import { categorySlots, plainTextSlot } from "./assign";
import { cssOf } from "./ramp";
import type { Colours, LegendTally } from "./types";

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
    tally: () => tallyOfGroups(grouping),
  };
}

function tallyOfGroups(grouping: Grouping): LegendTally {
  const counts = new Map<string, number>();
  const order = (key: string) => grouping.order?.(key) ?? 0;
  return {
    add(item) {
      const key = grouping.key(item);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    entries: () =>
      [...counts]
        .map(([key, count]) => ({ key, label: grouping.label(key), slot: grouping.slot(key), count }))
        .sort((a, b) => order(a.key) - order(b.key) || b.count - a.count),
  };
}

/** The texts of a column as groups: the most frequent have a colour each, the others share a neutral one. */
export function groupingByColumn(items: readonly Item[], column: string): Grouping {
  const counts = new Map<string | number, number>();
  for (const { columns } of items) {
    const value = columns?.[column];
    if (value !== undefined && value !== "") counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const none = "without:";
  const keyOf = (value: string | number) => `value:${value}`;
  // Made once a value: a key put together for each of a hundred thousand items would take most of the time.
  const keys = new Map([...counts.keys()].map((value) => [value, keyOf(value)]));
  const byKey = new Map<string, number>();
  for (const [value, count] of counts) {
    const key = keyOf(value);
    byKey.set(key, (byKey.get(key) ?? 0) + count);
  }
  const slots = new Map(
    [...byKey]
      .sort((a, b) => b[1] - a[1])
      .slice(0, categorySlots)
      .map(([key], slot) => [key, slot]),
  );
  return {
    key: ({ columns }) => {
      const value = columns?.[column];
      return value === undefined || value === "" ? none : (keys.get(value) ?? keyOf(value));
    },
    label: (key) => (key === none ? `no ${column}` : key.slice("value:".length)),
    slot: (key) => slots.get(key) ?? plainTextSlot,
    order: (key) => (key === none ? 1 : 0),
  };
}
