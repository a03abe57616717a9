import type { ScatterPoints } from "./types";

/** The points' stable names; null when their index is their name. */
export function readKeys(points: ScatterPoints): string[] | null {
  if (!points.key) return null;
  const keys = new Array<string>(points.count);
  for (let index = 0; index < points.count; index++) keys[index] = points.key(index);
  return keys;
}

/** A function that finds the old index of a new point among `before` old ones, or −1. */
export function finder(
  oldKeys: readonly string[] | null,
  keys: readonly string[] | null,
  before: number,
): (index: number) => number {
  if (!oldKeys || !keys) return (index) => (index < before ? index : -1);
  let lookup: Map<string, number> | undefined;
  return (index) => {
    // Items are mostly appended, so the old index is mostly the new one, and no lookup has to be built.
    if (oldKeys[index] === keys[index]) return index;
    lookup ??= new Map(oldKeys.map((name, at) => [name, at]));
    return lookup.get(keys[index]) ?? -1;
  };
}
