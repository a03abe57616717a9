import type { Item } from "../../collection/types";
import type { LegendEntry, LegendTally } from "./types";

/** The legend of some items. */
export function legendOf(tally: LegendTally, items: readonly Item[]): readonly LegendEntry[] {
  for (const item of items) tally.add(item);
  return tally.entries();
}
