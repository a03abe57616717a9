import type { Item } from "../../collection/types";
import { useBench, useView } from "../context";
import { assignSlots, type SlotByCategory, slotOf, tokenOf } from "./assign";
import { type LegendEntry, legendKey, legendOf, trustKey, trustLegendOf, trustSlotOf } from "./legend";
import { noTrust, type TrustLookup } from "./trust";
import { useTrust } from "./useTrust";

/** What the page knows about the colours of the items it holds. */
export interface Colours {
  /** The palette slot of an item. */
  slot(item: Item): number;
  /** The CSS colour of an item. */
  css(item: Item): string;
  /** The legend entry an item belongs to. */
  key(item: Item): string;
  /** The legend of some of the items. */
  legend(of: readonly Item[]): readonly LegendEntry[];
}

let assigned: SlotByCategory = new Map();
let last: { items: readonly Item[]; trust: TrustLookup | undefined; colours: Colours } | undefined;

/**
 * The colours of a list of items; the same object as long as it is the same list, so that panels share the work. With
 * `trust` they tell how far to trust each item's place; the default is that they tell its category. The slots given to
 * categories so far are remembered here for as long as the page is open.
 */
export function coloursOf(items: readonly Item[], trust?: TrustLookup): Colours {
  if (last?.items === items && last.trust === trust) return last.colours;
  const colours = trust ? byTrust(trust) : byCategory(items);
  last = { items, trust, colours };
  return colours;
}

function byCategory(items: readonly Item[]): Colours {
  assigned = assignSlots(assigned, items);
  const slots = assigned;
  const categoriesOnMap = items.some((item) => item.category);
  const slot = (item: Item) => slotOf(item, slots, categoriesOnMap);
  return {
    slot,
    css: (item) => `var(--${tokenOf(slot(item))})`,
    key: legendKey,
    legend: (of) => legendOf(of, slot),
  };
}

function byTrust(trust: TrustLookup): Colours {
  return {
    slot: (item) => trustSlotOf(item, trust),
    css: (item) => `var(--${tokenOf(trustSlotOf(item, trust))})`,
    key: (item) => trustKey(item, trust),
    legend: (of) => trustLegendOf(of, trust),
  };
}

/** The colours of the items now on the page. */
export function useColours(): Colours {
  const items = useBench((state) => state.items);
  const by = useView((state) => state.colourBy);
  const trust = useTrust();
  return coloursOf(items, by === "trust" ? (trust ?? noTrust) : undefined);
}
