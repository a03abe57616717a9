import type { Item } from "../../collection/types";
import { useBench } from "../context";
import { assignSlots, type SlotByCategory, slotOf } from "./assign";
import { type LegendEntry, legendOf } from "./legend";

/** What the page knows about the colours of the items it holds. */
export interface Colours {
  /** The palette slot of an item. */
  slot(item: Item): number;
  /** The CSS colour of an item. */
  css(item: Item): string;
  readonly legend: readonly LegendEntry[];
}

let assigned: SlotByCategory = new Map();
let last: { items: readonly Item[]; colours: Colours } | undefined;

/**
 * The colours of a list of items; the same object as long as it is the same list, so that panels share the work. The
 * slots given so far are remembered here for as long as the page is open.
 */
export function coloursOf(items: readonly Item[]): Colours {
  if (last?.items === items) return last.colours;
  assigned = assignSlots(assigned, items);
  const slots = assigned;
  const categoriesOnMap = items.some((item) => item.category);
  const slot = (item: Item) => slotOf(item, slots, categoriesOnMap);
  const colours: Colours = {
    slot,
    css: (item) => `var(--data-${slot(item)})`,
    legend: legendOf(items, slots),
  };
  last = { items, colours };
  return colours;
}

/** The colours of the items now on the page. */
export function useColours(): Colours {
  return coloursOf(useBench((state) => state.items));
}
