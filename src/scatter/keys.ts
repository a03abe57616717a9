import type { ScatterPoints } from "./types";

/** Names read, compared or searched per step: a few tenths of a millisecond's work. */
const STEP = 1 << 14;

/** The points' stable names, read in steps; null when their index is their name. */
export function* readKeys(points: ScatterPoints): Generator<void, string[] | null> {
  if (!points.key) return null;
  const keys = new Array<string>(points.count);
  for (let index = 0; index < points.count; index++) {
    if (index % STEP === STEP - 1) yield;
    keys[index] = points.key(index);
  }
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

/**
 * Compares points by their names, in steps; `before` and `count` are how many there were and are. Both have names, or neither.
 */
export function* kinship(
  oldKeys: readonly string[] | null,
  keys: readonly string[] | null,
  before: number,
  count: number,
): Generator<void, Kinship> {
  const both = Math.min(before, count);
  if (!oldKeys || !keys) return { same: both, moved: null, ahead: true };
  let same = 0;
  while (same < both && oldKeys[same] === keys[same]) {
    same++;
    if (same % STEP === 0) yield;
  }
  // Points are mostly appended or taken off the end.
  if (same === both) return { same, moved: null, ahead: true };
  const moved = new Int32Array(count - same);
  const lookup = new Map<string, number>();
  let expected = same;
  let searched = 0;
  let ahead = true;
  const search = (key: string): number => {
    const next = oldKeys.indexOf(key, expected);
    searched += (next < 0 ? before : next) - expected;
    if (next >= 0) return next;
    searched += before - same;
    return oldKeys.indexOf(key, same);
  };
  for (let index = same; index < count; index++) {
    if (index % STEP === 0) yield;
    let old = expected;
    // Where some were taken out, the others still follow one another.
    if (oldKeys[expected] !== keys[index]) {
      if (searched < SEARCHES * before) {
        old = search(keys[index]);
        yield;
      } else {
        if (lookup.size === 0) yield* enter(oldKeys, same, lookup);
        old = lookup.get(keys[index]) ?? -1;
      }
    }
    moved[index - same] = old;
    if (old < 0) continue;
    expected = old + 1;
    if (old < index) ahead = false;
  }
  return { same, moved, ahead };
}

/** Enters names, from one on, with their index into a table, in steps. */
function* enter(names: readonly string[], first: number, table: Map<string, number>): Generator<void> {
  for (let index = first; index < names.length; index++) {
    if (index % STEP === 0) yield;
    table.set(names[index], index);
  }
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
