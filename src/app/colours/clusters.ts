import type { ItemId } from "../../collection/types";
import { categorySlots, plainTextSlot } from "./assign";
import type { Grouping } from "./groups";

/** Which region of the map each item lies in. */
export interface Clusters {
  /** The number of an item's region from 0, −1 outside of all, undefined where it is not known. */
  of(id: ItemId): number | undefined;
  /** The regions' names. */
  readonly names: readonly string[];
  /** The regions' colours, in [0, categorySlots). */
  readonly slots: readonly number[];
}

/** No regions: while the map moves, or where it has none. */
export const noClusters: Clusters = { of: () => undefined, names: [], slots: [] };

/** Items by the region of the map they lie in, the largest first. */
export function groupingByCluster(clusters: Clusters): Grouping {
  const outside = "cluster:none";
  const number = (key: string) => Number(key.slice("cluster:".length));
  return {
    key: ({ id }) => {
      const at = clusters.of(id);
      return at === undefined || at < 0 ? outside : `cluster:${at}`;
    },
    label: (key) => (key === outside ? "outside of regions" : clusters.names[number(key)]),
    slot: (key) => (key === outside ? plainTextSlot : clusters.slots[number(key)]),
    order: (key) => (key === outside ? 1 : 0),
  };
}

/**
 * A colour for each region, so that those that lie side by side differ: one after the other, largest first, each takes
 * the colour whose nearest bearer so far is furthest away; a colour nobody has yet is further than all. `centres` holds
 * two or three numbers a region.
 */
export function regionSlots(centres: readonly (readonly number[])[]): readonly number[] {
  const slots: number[] = [];
  for (const centre of centres) {
    const nearest = new Array<number>(categorySlots).fill(Number.POSITIVE_INFINITY);
    slots.forEach((slot, other) => {
      const distance = Math.hypot(...centre.map((value, axis) => value - centres[other][axis]));
      nearest[slot] = Math.min(nearest[slot], distance);
    });
    slots.push(nearest.indexOf(Math.max(...nearest)));
  }
  return slots;
}
