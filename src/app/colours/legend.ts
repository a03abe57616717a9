import type { Item } from "../../collection/types";
import type { ItemKind } from "../../core/space";
import { firstTrustSlot, plainTextSlot } from "./assign";
import { type TrustLookup, trustBin, trustBinLabel, trustBins } from "./trust";
import type { LegendEntry, LegendTally } from "./types";

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

/** Counts items whose palette slots `slot` gives: categories in order of first appearance, then words, images and rows without one. */
export function tallyByCategory(slot: (item: Item) => number): LegendTally {
  // By the category itself: a key made anew for each of fifty thousand items would take most of the time.
  const byCategory = new Map<string, LegendEntry & { count: number }>();
  const byKind = new Map<string, LegendEntry & { count: number }>();
  return {
    add(item) {
      const [entries, name] = item.category ? [byCategory, item.category] : [byKind, item.kind];
      const entry = entries.get(name);
      if (entry) entry.count++;
      else {
        const label = item.category || kindLabels[item.kind];
        entries.set(name, { key: legendKey(item), label, slot: slot(item), count: 1 });
      }
    },
    entries: () => [...byCategory.values(), ...byKind.values()],
  };
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

/** Counts items by trust: all fifths from the least trusted, then those whose trust is not known, if any. */
export function tallyByTrust(trust: TrustLookup): LegendTally {
  const counts = new Array<number>(trustBins).fill(0);
  let unknown = 0;
  return {
    add({ id }) {
      const bin = trustBin(trust.of(id));
      if (bin === undefined) unknown++;
      else counts[bin]++;
    },
    entries() {
      const bins = counts.map((count, bin) => ({
        key: `trust:${bin}`,
        label: trustBinLabel(bin),
        slot: firstTrustSlot + bin,
        count,
      }));
      if (unknown === 0) return bins;
      return [...bins, { key: "trust:none", label: "not measured", slot: plainTextSlot, count: unknown }];
    },
  };
}
