import type { Candidates } from "./kernel";

/**
 * The best candidates of every row among those of several kernels, each of which compared other pairs: as one kernel that compared all
 * would have kept them, in the order of their keys, then of their numbers. They take the first ones' place in memory.
 */
export function mergeCandidates(sets: readonly Candidates[]): Candidates {
  return sets.reduce(mergeTwo);
}

function mergeTwo(one: Candidates, other: Candidates): Candidates {
  const { kept } = one;
  const keys = new Float32Array(kept);
  const ids = new Int32Array(kept);
  for (let from = 0; from < one.keys.length; from += kept) {
    let a = from;
    let b = from;
    for (let at = 0; at < kept; at++) {
      const isOther =
        other.keys[b] > one.keys[a] || (other.keys[b] === one.keys[a] && other.ids[b] < one.ids[a]);
      const source = isOther ? other : one;
      const place = isOther ? b++ : a++;
      keys[at] = source.keys[place];
      ids[at] = source.ids[place];
    }
    one.keys.set(keys, from);
    one.ids.set(ids, from);
  }
  return one;
}
