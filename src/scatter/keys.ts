import type { ScatterPoints } from "./types";

/** The points' stable names; null when their index is their name. */
export function readKeys(points: ScatterPoints): string[] | null {
  if (!points.key) return null;
  const keys = new Array<string>(points.count);
  for (let index = 0; index < points.count; index++) keys[index] = points.key(index);
  return keys;
}

/** Which of the points before each point is. */
export interface Kinship {
  /** So many points, from the first, have the index they had. */
  readonly same: number;
  /** The old index of every other point, or −1 for a new one; null when all of those are new. */
  readonly moved: Int32Array | null;
  /** True when no point has a larger index than it had, so that in their order each can be written over an earlier one. */
  readonly ahead: boolean;
}

/** Old names gone through in search of some, as a multiple of all; with more to search, a table of them is quicker. */
const SEARCHES = 4;

/** Compares points by their names; `before` and `count` are how many there were and are. Both have names, or neither. */
export function kinship(
  oldKeys: readonly string[] | null,
  keys: readonly string[] | null,
  before: number,
  count: number,
): Kinship {
  const both = Math.min(before, count);
  if (!oldKeys || !keys) return { same: both, moved: null, ahead: true };
  let same = 0;
  while (same < both && oldKeys[same] === keys[same]) same++;
  // Points are mostly appended or taken off the end.
  if (same === both) return { same, moved: null, ahead: true };
  const moved = new Int32Array(count - same);
  let lookup: Map<string, number> | undefined;
  let expected = same;
  let searched = 0;
  let ahead = true;
  const find = (key: string): number => {
    if (searched < SEARCHES * before) {
      let found = oldKeys.indexOf(key, expected);
      searched += (found < 0 ? before : found) - expected;
      if (found < 0) {
        found = oldKeys.indexOf(key, same);
        searched += before - same;
      }
      return found;
    }
    lookup ??= new Map(oldKeys.map((name, at) => [name, at]));
    return lookup.get(key) ?? -1;
  };
  for (let index = same; index < count; index++) {
    // Where some were taken out, the others still follow one another.
    const old = oldKeys[expected] === keys[index] ? expected : find(keys[index]);
    moved[index - same] = old;
    if (old < 0) continue;
    expected = old + 1;
    if (old < index) ahead = false;
  }
  return { same, moved, ahead };
}

/** The new index of every old one, or −1 for a point that is gone. */
export function successors({ same, moved }: Kinship, before: number): (old: number) => number {
  if (!moved) return (old) => (old >= 0 && old < same ? old : -1);
  const found = new Int32Array(before).fill(-1);
  for (let index = 0; index < same; index++) found[index] = index;
  moved.forEach((old, at) => {
    if (old >= 0) found[old] = same + at;
  });
  return (old) => found[old] ?? -1;
}
