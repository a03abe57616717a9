/**
 * Bits of a point's third style byte. `hidden`: it has no position. `filtered`: `setVisible` hides it. `pictured`: a
 * thumbnail is drawn in its place.
 */
export const Flag = { dimmed: 1, hidden: 2, pictured: 4, selected: 8, front: 16, filtered: 32 } as const;

/** A point with one of these is not there, for the eye and for the pointer. */
export const UNDRAWN = Flag.hidden | Flag.filtered;

/** True for the kinds that a picture may stand for, by their numbers: images, and patches of one. */
export function isPicture(kind: number): boolean {
  return kind === 1 || kind === 4;
}
