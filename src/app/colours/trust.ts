import { rowsOfIds } from "../../collection/rows";
import type { ItemId } from "../../collection/types";
import type { MapFrame } from "../workbench/types";

/** Fifths: as many steps as can be told apart at 3:1 against the map, for every kind of sight. */
export const trustBins = 5;

/** How far to trust the place of each item, in [0, 1]; undefined where it is not known. */
export interface TrustLookup {
  of(id: ItemId): number | undefined;
}

/** The fifth a trust in [0, 1] falls in, from 0; 1 belongs to the last. Undefined for NaN and for what is not known. */
export function trustBin(trust: number | undefined): number | undefined {
  if (trust === undefined || Number.isNaN(trust)) return undefined;
  return Math.min(trustBins - 1, Math.max(0, Math.floor(trust * trustBins)));
}

/** What a fifth spans: "0.2–0.4". */
export function trustBinLabel(bin: number): string {
  const edge = (at: number) => (at === 0 ? "0" : at === trustBins ? "1" : (at / trustBins).toFixed(1));
  return `${edge(bin)}–${edge(bin + 1)}`;
}

/** Trust of no item: while the layout moves. */
export const noTrust: TrustLookup = { of: () => undefined };

const lookups = new WeakMap<Float32Array, TrustLookup>();

/** The trust of a frame's items; the same object for the same numbers. Undefined where the frame has none. */
export function trustOf({ ids, trust }: MapFrame): TrustLookup | undefined {
  if (!trust || trust.length === 0) return undefined;
  const known = lookups.get(trust);
  if (known) return known;
  const lookup: TrustLookup = {
    of(id) {
      const row = rowsOfIds(ids).get(id);
      return row === undefined ? undefined : trust[row];
    },
  };
  lookups.set(trust, lookup);
  return lookup;
}
