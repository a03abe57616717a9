import { BLOCK, type Boxes, blocksWithin } from "./blocks";
import { type Lens, NEAR } from "./camera";
import type { Choice } from "./choice";
import type { Cloud } from "./cloud";
import { UNDRAWN } from "./flags";
import { Frustum } from "./frustum";

/** Blocks per step: a tenth of a millisecond's work at most, and a millisecond's where the code has never run before. */
export const STEP = 8;

/** CSS pixels by which two ways of calculating the same distance may differ. */
const ROUNDING = 1e-3;

/** The cloud's own arrays. Where they are shared memory, a worker that was sent them once sees what is written to them. */
export interface SeenPoints {
  /** Places that points come from and go to, `x, y, z` triples, and their styles; see `Cloud`. */
  readonly from: Float32Array;
  readonly to: Float32Array;
  readonly style: Uint8Array;
  readonly count: number;
  /** The boxes around blocks of them. */
  readonly boxes: Boxes;
}

/** How points are seen at one moment. */
export interface SeenFrom {
  /** Share of the travel that is covered, in [0, 1]. */
  readonly mix: number;
  readonly matrix: Float32Array;
  readonly lens: Readonly<Lens>;
}

/** The points as they are drawn at one moment. */
export interface Seen extends SeenPoints, SeenFrom {}

/** A place of the view that points are looked for at, CSS pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  /** Points farther away count for nothing. */
  readonly radius: number;
  /** Radius of a point's disc at depth 1. */
  readonly disc: number;
}

/** What is seen of a cloud. */
export function seenPoints({ from, to, style, count, blocks }: Cloud): SeenPoints {
  return { from, to, style, count, boxes: blocks.boxes };
}

/** The blocks that may have points drawn inside a rectangle of the view, CSS pixels. */
export function touched(
  { boxes, matrix, lens, mix }: Seen,
  left: number,
  top: number,
  right: number,
  bottom: number,
): number[] {
  return blocksWithin(boxes, mix, new Frustum().set(matrix, lens, left, top, right, bottom));
}

/**
 * Offers every point near a place of the view to a choice, in steps. Blocks of points that can't be near are passed over;
 * of the others every point is looked at, by plain loops over the arrays: calls, and locals of a generator, would make
 * them several times slower.
 */
export function* offering(seen: Seen, spot: Spot, choice: Choice): Generator<void> {
  const { x, y, radius } = spot;
  const blocks = touched(seen, x - radius, y - radius, x + radius, y + radius);
  for (let step = 0; step < blocks.length; step++) {
    if (step % STEP === STEP - 1) yield;
    offer(seen, blocks[step] * BLOCK, spot, choice);
  }
}

/** A row of the matrix, which lies in the array column by column. */
export function matrixRow({ matrix }: Seen, at: number): [number, number, number, number] {
  return [matrix[at], matrix[at + 4], matrix[at + 8], matrix[at + 12]];
}

function offer(seen: Seen, first: number, { x, y, radius, disc }: Spot, choice: Choice): void {
  const { from, to, style, count, mix, lens } = seen;
  const [x0, x1, x2, x3] = matrixRow(seen, 0);
  const [y0, y1, y2, y3] = matrixRow(seen, 1);
  const [w0, w1, w2, w3] = matrixRow(seen, 3);
  const halfWidth = lens.width / 2;
  const halfHeight = lens.height / 2;
  const end = Math.min(count, first + BLOCK);
  const still = mix >= 1;
  // On a plane seen from above, how far across a point is follows from its x alone.
  const flat = w0 === 0 && w1 === 0 && w2 === 0 && x1 === 0 && x2 === 0;
  const slope = x0 * halfWidth;
  const offset = (x3 + w3) * halfWidth - x * w3;
  const farAcross = radius * w3 + ROUNDING;
  for (let index = first, at = first * 3; index < end; index++, at += 3) {
    const px = still ? to[at] : from[at] + (to[at] - from[at]) * mix;
    if (flat && Math.abs(slope * px + offset) > farAcross) continue;
    const py = still ? to[at + 1] : from[at + 1] + (to[at + 1] - from[at + 1]) * mix;
    const pz = still ? to[at + 2] : from[at + 2] + (to[at + 2] - from[at + 2]) * mix;
    const w = w0 * px + w1 * py + w2 * pz + w3;
    // Compared times w: to divide a million times would take longer than all the rest. And with one comparison a side:
    // a processor that guesses wrong every other time takes three times as long.
    const dx = (x0 * px + x1 * py + x2 * pz + x3 + w) * halfWidth - x * w;
    if (Math.abs(dx) > radius * w) continue;
    const dy = (w - (y0 * px + y1 * py + y2 * pz + y3)) * halfHeight - y * w;
    if (Math.abs(dy) > radius * w || !(w >= NEAR) || style[index * 4 + 2] & UNDRAWN) continue;
    choice.offer(index, (dx * dx + dy * dy) / (w * w), w, disc);
  }
}
