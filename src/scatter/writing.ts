import { BLOCK, type Blocks } from "./blocks";
import { Flag } from "./flags";
import type { Kinship } from "./keys";
import { clearPlace, isPlaced, writePlaces } from "./places";
import type { ScatterPoints } from "./types";

/** The arrays of a cloud that are written block by block; see `Cloud`. */
export interface PointArrays {
  readonly from: Float32Array;
  readonly to: Float32Array;
  readonly style: Uint8Array;
  readonly blocks: Blocks;
  /** 1 for each block in which a point has no position. */
  readonly lacking: Uint8Array;
}

/** What came of writing a block: whether points of it have a way to go, some are new, and some other kinds than texts. */
export interface Written {
  readonly moves: boolean;
  readonly grows: boolean;
  readonly shaped: boolean;
}

/**
 * Writes a block of points: those that were there come from where they are, the others grow in at their places.
 *
 * @param before `from` and `style` of the points that were there.
 */
export function writeBlock(
  arrays: PointArrays,
  points: ScatterPoints,
  kin: Kinship,
  before: Pick<PointArrays, "from" | "style">,
  first: number,
  end: number,
): Written {
  const { to, from, style, blocks, lacking } = arrays;
  const block = first / BLOCK;
  const whole = writePlaces(to, points.positions, points.dimensions, first, end);
  const isKept = before.from === from && end <= kin.same && lacking[block] === 0;
  let grows = false;
  if (whole && isKept) {
    keepStyles(points, style, first, end);
  } else if (whole && !kin.moved && first >= kin.same) {
    newStyles(points, style, first, end);
    from.set(to.subarray(first * 3, end * 3), first * 3);
    grows = true;
  } else {
    grows = writeMixed(arrays, points, kin, before, first, end);
  }
  lacking[block] = whole ? 0 : 1;
  const moves = differ(from, to, first * 3, end * 3);
  blocks.measure(first, end, to, style);
  if (moves) blocks.measureFrom(first, end, from, style);
  else blocks.rest(block);
  return { moves, grows, shaped: hasShapes(points.kinds, first, end) };
}

/**
 * After new places were written: hides the points of a block that have none, and has those that have one again grow in.
 *
 * @returns whether places that points come from were written, and whether styles were.
 */
export function findPlaces(
  { to, from, style, lacking }: PointArrays,
  first: number,
  end: number,
): { readonly from: boolean; readonly style: boolean } {
  const written = { from: false, style: false };
  lacking[first / BLOCK] = 0;
  for (let index = first; index < end; index++) {
    const at = index * 4;
    const wasHidden = (style[at + 2] & Flag.hidden) !== 0;
    const isHidden = !isPlaced(to, index);
    if (isHidden) {
      clearPlace(to, index);
      lacking[first / BLOCK] = 1;
    }
    if (wasHidden !== isHidden) {
      style[at + 2] ^= Flag.hidden;
      written.style = true;
    }
    if (!wasHidden) continue;
    from.set(to.subarray(index * 3, index * 3 + 3), index * 3);
    style[at + 3] = 255;
    written.from = written.style = true;
  }
  return written;
}

/** Styles of points that had the same index before. */
function keepStyles({ colours, kinds }: ScatterPoints, style: Uint8Array, first: number, end: number): void {
  for (let index = first, at = first * 4; index < end; index++, at += 4) {
    style[at] = colours[index];
    style[at + 1] = kinds[index];
    style[at + 2] &= Flag.filtered;
    style[at + 3] = 0;
  }
}

function newStyles({ colours, kinds }: ScatterPoints, style: Uint8Array, first: number, end: number): void {
  for (let index = first, at = first * 4; index < end; index++, at += 4) {
    style[at] = colours[index];
    style[at + 1] = kinds[index];
    style[at + 2] = 0;
    style[at + 3] = 255;
  }
}

/** A block of old and new points, or of some without a position. True when some are new, or have none. */
function writeMixed(
  { to, from, style }: PointArrays,
  { colours, kinds }: ScatterPoints,
  { same, moved }: Kinship,
  before: Pick<PointArrays, "from" | "style">,
  first: number,
  end: number,
): boolean {
  let grows = false;
  for (let index = first, at = first * 4, place = first * 3; index < end; index++, at += 4, place += 3) {
    const old = index < same ? index : moved ? moved[index - same] : -1;
    const was = old < 0 ? Flag.hidden : before.style[old * 4 + 2];
    const drawn = isPlaced(to, index);
    if (!drawn) clearPlace(to, index);
    const known = drawn && (was & Flag.hidden) === 0;
    if (!known) grows = true;
    const source = known ? before.from : to;
    const read = known ? old * 3 : place;
    from[place] = source[read];
    from[place + 1] = source[read + 1];
    from[place + 2] = source[read + 2];
    style[at] = colours[index];
    style[at + 1] = kinds[index];
    style[at + 2] = (was & Flag.filtered) | (drawn ? 0 : Flag.hidden);
    style[at + 3] = known ? 0 : 255;
  }
  return grows;
}

function hasShapes(kinds: Uint8Array, first: number, end: number): boolean {
  for (let index = first; index < end; index++) if (kinds[index] > 0) return true;
  return false;
}

function differ(a: Float32Array, b: Float32Array, first: number, end: number): boolean {
  for (let at = first; at < end; at++) if (a[at] !== b[at]) return true;
  return false;
}
