import type { Item } from "../../collection/types";
import { type SlotByCategory, slotOf } from "./assign";

/** One line of the legend. */
export interface LegendEntry {
  /** Stable within a map: "category:sport", "kind:text", "kind:image". */
  readonly key: string;
  readonly label: string;
  /** Index into the palette. */
  readonly slot: number;
  readonly count: number;
}

/** The legend entry an item belongs to. */
export function legendKey(item: Item): string {
  return item.category ? `category:${item.category}` : `kind:${item.kind}`;
}

/** The legend of these items: categories in order of first appearance, then words and images without one. */
export function legendOf(items: readonly Item[], slots: SlotByCategory): readonly LegendEntry[] {
  const categoriesOnMap = items.some((item) => item.category);
  const entries = new Map<string, LegendEntry>();
  for (const item of items) {
    const key = legendKey(item);
    const before = entries.get(key);
    entries.set(key, {
      key,
      label: item.category ?? (item.kind === "image" ? "images" : "words"),
      slot: before?.slot ?? slotOf(item, slots, categoriesOnMap),
      count: (before?.count ?? 0) + 1,
    });
  }
  return [...entries.values()].sort(
    (a, b) => Number(a.key.startsWith("kind:")) - Number(b.key.startsWith("kind:")),
  );
}
