import type { Item } from "../../collection/types";
import type { ItemKind } from "../../core/space";
import { firstTrustSlot, plainTextSlot } from "./assign";
import { type TrustLookup, trustBin, trustBinLabel, trustBins } from "./trust";
import type { LegendEntry } from "./types";

/** What items of a kind are called. */
export const kindLabels: Record<ItemKind, string> = {
  text: "words",
  image: "images",
  row: "rows",
  token: "tokens",
  patch: "patches",
};

/** The legend entry an item belongs to, by category. */
export function legendKey(item: Item): string {
  return item.category ? `category:${item.category}` : `kind:${item.kind}`;
}

/** The legend of these items, whose palette slots `slot` gives: categories in order of first appearance, then words, images and rows without one. */
export function legendOf(items: readonly Item[], slot: (item: Item) => number): readonly LegendEntry[] {
  const entries = new Map<string, LegendEntry>();
  for (const item of items) {
    const key = legendKey(item);
    const before = entries.get(key);
    entries.set(key, {
      key,
      label: item.category ?? kindLabels[item.kind],
      slot: before?.slot ?? slot(item),
      count: (before?.count ?? 0) + 1,
    });
  }
  return [...entries.values()].sort(
    (a, b) => Number(a.key.startsWith("kind:")) - Number(b.key.startsWith("kind:")),
  );
}

/** The legend entry an item belongs to, by how far its place can be trusted. */
export function trustKey(item: Item, trust: TrustLookup): string {
  return `trust:${trustBin(trust.of(item.id)) ?? "none"}`;
}

/** The palette slot of an item by its trust; a neutral where its trust is not known. */
export function trustSlotOf(item: Item, trust: TrustLookup): number {
  const bin = trustBin(trust.of(item.id));
  return bin === undefined ? plainTextSlot : firstTrustSlot + bin;
}

/** The legend of these items by trust: all fifths from the least trusted, then those whose trust is not known, if any. */
export function trustLegendOf(items: readonly Item[], trust: TrustLookup): readonly LegendEntry[] {
  const counts = new Array<number>(trustBins).fill(0);
  let unknown = 0;
  for (const item of items) {
    const bin = trustBin(trust.of(item.id));
    if (bin === undefined) unknown++;
    else counts[bin]++;
  }
  const bins = counts.map((count, bin) => ({
    key: `trust:${bin}`,
    label: trustBinLabel(bin),
    slot: firstTrustSlot + bin,
    count,
  }));
  if (unknown === 0) return bins;
  return [...bins, { key: "trust:none", label: "not measured", slot: plainTextSlot, count: unknown }];
}
