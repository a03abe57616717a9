import type { Item } from "../../collection/types";
import { trustBins } from "./trust";

/** Colours for categories in theme/tokens.css: as many as the largest sample has; more could no longer be told apart. */
export const categorySlots = 13;
/** The slot of words that belong to no category while categories are on the map. */
export const plainTextSlot = 13;
/** The slot of images that belong to no category. */
export const plainImageSlot = 14;
/** Number of `--data-…` colours. */
const dataColours = 15;
/** The slot of the least trusted fifth; the others follow. They are the `--trust-…` colours. */
export const firstTrustSlot = dataColours;
/** The slot of the first colour of the ramp that numbers run through. */
export const firstRampSlot = firstTrustSlot + trustBins;
/** Steps of the ramp: more than the eye parts in small dots, and a palette index stays one byte. */
export const rampSteps = 64;

/** The custom property of a palette slot below the ramp, without its dashes: "data-3", "trust-0". */
export function tokenOf(slot: number): string {
  return slot < firstTrustSlot ? `data-${slot}` : `trust-${slot - firstTrustSlot}`;
}

/** Category → slot in `[0, categorySlots)`. */
export type SlotByCategory = ReadonlyMap<string, number>;

/**
 * Gives every category on the map a colour and never takes one away: a category keeps its slot for as long as the
 * page is open, also while none of its items is there (undo brings it back in the same colour). A new category takes
 * the first slot that the fewest categories now on the map use. Returns `previous` itself when nothing is new.
 */
export function assignSlots(previous: SlotByCategory, items: readonly Item[]): SlotByCategory {
  const present = new Set<string>();
  for (const item of items) if (item.category) present.add(item.category);
  const missing = [...present].filter((category) => !previous.has(category));
  if (missing.length === 0) return previous;

  const slots = new Map(previous);
  const users = new Array<number>(categorySlots).fill(0);
  for (const [category, slot] of previous) if (present.has(category)) users[slot]++;
  for (const category of missing) {
    const slot = users.indexOf(Math.min(...users));
    users[slot]++;
    slots.set(category, slot);
  }
  return slots;
}

/**
 * The palette slot of one item. A word without a category takes the accent (slot 0) on a map without categories, and
 * a neutral of its own on one with them, so that it never looks like a member of the first category.
 */
export function slotOf(item: Item, slots: SlotByCategory, categoriesOnMap: boolean): number {
  if (item.category) return slots.get(item.category) ?? plainTextSlot;
  if (item.kind === "image") return plainImageSlot;
  return categoriesOnMap ? plainTextSlot : 0;
}
