import type { Bounds } from "./fit";
import { isPicture, UNDRAWN } from "./flags";
import type { Frustum } from "./frustum";
import { pointMemory } from "./memory";

/** Points per block: their places fill half of the processor's nearest cache, and a million points have a thousand boxes. */
export const BLOCK = 1024;

/** Numbers of a box: its least x, y, z and its largest. */
const BOX = 6;
/** Share of its coordinates by which a box is widened: what is mixed from rounded numbers may lie a little outside. */
const SLACK = 1e-6;

/** The boxes of blocks as numbers. Can be sent to a worker; see `Blocks`. */
export interface Boxes {
  /** Of every block, its least x, y, z and its largest: where its points go and where they come from. */
  readonly to: Float32Array;
  readonly from: Float32Array;
  /** How many points of each block are drawn. A box of none means nothing. */
  readonly drawn: Uint16Array;
  /** How many blocks there are; the arrays may have room for more. */
  readonly count: number;
}

/**
 * A box around the drawn points of every block of points that follow one another, where they go and where they come
 * from; they cost little when they are made as places are written, block by block. From them it follows at once where all
 * points lie, and which of them can't be near the pointer: exactly, and quickly where neighbours in the data are
 * neighbours on the map. The boxes are of `to` and `from` as `Cloud` has them.
 */
export class Blocks {
  private count = 0;
  private points = 0;
  private to: Float32Array = new Float32Array();
  private from: Float32Array = new Float32Array();
  private drawn: Uint16Array = new Uint16Array();
  private pictures = new Uint16Array();

  /** Makes room for the blocks of so many points, in memory of the same kind as those have; all have to be measured anew. */
  reserve(points: number): void {
    const room = Math.ceil(points / BLOCK);
    const memory = (bytes: number) => pointMemory(bytes, points);
    this.to = new Float32Array(memory(room * BOX * 4));
    this.from = new Float32Array(memory(room * BOX * 4));
    this.drawn = new Uint16Array(memory(room * 2));
    this.pictures = new Uint16Array(room);
  }

  /** From now on there are so many points, for which there is room; their blocks have to be measured anew. */
  resize(count: number): void {
    this.points = count;
    this.count = Math.ceil(count / BLOCK);
  }

  /** The boxes themselves: what is measured from now on shows in them, until there is a swap or other room. */
  get boxes(): Boxes {
    const { to, from, drawn, count } = this;
    return { to, from, drawn, count };
  }

  /** Measures where the points of a block go; `first` and `end` are its first point and the one after its last. */
  measure(first: number, end: number, to: Float32Array, style: Uint8Array): void {
    const block = first / BLOCK;
    this.drawn[block] = box(to, style, first, end, this.to, block * BOX);
    let pictures = 0;
    for (let at = first * 4; at < end * 4; at += 4) {
      if (isPicture(style[at + 1]) && !(style[at + 2] & UNDRAWN)) pictures++;
    }
    this.pictures[block] = pictures;
  }

  /** Measures where the points of a block come from. */
  measureFrom(first: number, end: number, from: Float32Array, style: Uint8Array): void {
    box(from, style, first, end, this.from, (first / BLOCK) * BOX);
  }

  /** The points of a block come from where they go. */
  rest(block: number): void {
    const at = block * BOX;
    this.from.set(this.to.subarray(at, at + BOX), at);
  }

  /** Where points go is now where they come from, and the other way round. */
  swap(): void {
    [this.to, this.from] = [this.from, this.to];
  }

  /** Points come from where they are now, with this share of their travel behind them. */
  arrive(mix: number): void {
    const { to, from } = this;
    for (let at = 0; at < this.count * BOX; at++) from[at] += (to[at] - from[at]) * mix;
  }

  /** How many points are drawn, and how many of them are images or patches. */
  get visible(): number {
    return sum(this.drawn, this.count);
  }

  get visibleImages(): number {
    return sum(this.pictures, this.count);
  }

  /** Bytes of the boxes. */
  get bytes(): number {
    return 2 * this.to.byteLength + 2 * this.drawn.byteLength;
  }

  /** Writes into `out` where all drawn points go, as `measure` of fit.ts does, which looks at every point. */
  bounds(to: Float32Array, style: Uint8Array, out: Bounds): void {
    const boxes = this.to;
    const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    const most = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = 0; at < this.count * BOX; at += BOX) {
      for (let axis = 0; axis < 3; axis++) {
        least[axis] = Math.min(least[axis], boxes[at + axis]);
        most[axis] = Math.max(most[axis], boxes[at + 3 + axis]);
      }
    }
    const count = this.visible;
    if (count === 0) {
      Object.assign(out, { count, minX: 0, minY: 0, minZ: 0, maxX: 0, maxY: 0, maxZ: 0, radius: 0 });
      return;
    }
    const [minX, minY, minZ] = least;
    const [maxX, maxY, maxZ] = most;
    Object.assign(out, { count, minX, minY, minZ, maxX, maxY, maxZ });
    // In a plane nothing depends on more than this: no fog, no near and far.
    const isFlat = minZ === maxZ;
    out.radius = isFlat
      ? Math.hypot(maxX - minX, maxY - minY) / 2
      : this.farthest((minX + maxX) / 2, (minY + maxY) / 2, (minZ + maxZ) / 2, to, style);
  }

  /** The largest of `a · x + b · y + c · z` over where the drawn points go; −∞ when there are none. */
  farthestAlong(a: number, b: number, c: number, to: Float32Array, style: Uint8Array): number {
    const boxes = this.to;
    let most = Number.NEGATIVE_INFINITY;
    this.eachBlock((block, first, end) => {
      const at = block * BOX;
      const bound =
        a * boxes[at + (a > 0 ? 3 : 0)] + b * boxes[at + (b > 0 ? 4 : 1)] + c * boxes[at + (c > 0 ? 5 : 2)];
      if (bound <= most) return;
      for (let index = first, place = first * 3; index < end; index++, place += 3) {
        const along = a * to[place] + b * to[place + 1] + c * to[place + 2];
        if (along > most && !(style[index * 4 + 2] & UNDRAWN)) most = along;
      }
    });
    return most;
  }

  /** The distance from a place to the drawn point that goes farthest from it. */
  private farthest(x: number, y: number, z: number, to: Float32Array, style: Uint8Array): number {
    const boxes = this.to;
    let most = 0;
    this.eachBlock((block, first, end) => {
      const at = block * BOX;
      const away = (axis: number, from: number) =>
        Math.max(from - boxes[at + axis], boxes[at + 3 + axis] - from) ** 2;
      if (away(0, x) + away(1, y) + away(2, z) <= most) return;
      for (let index = first, place = first * 3; index < end; index++, place += 3) {
        const dx = to[place] - x;
        const dy = to[place + 1] - y;
        const dz = to[place + 2] - z;
        const square = dx * dx + dy * dy + dz * dz;
        if (square > most && !(style[index * 4 + 2] & UNDRAWN)) most = square;
      }
    });
    return Math.sqrt(most);
  }

  /** Calls back with every block that has drawn points: its number, its first point and the one after its last. */
  private eachBlock(visit: (block: number, first: number, end: number) => void): void {
    for (let block = 0; block < this.count; block++) {
      const first = block * BLOCK;
      if (this.drawn[block] > 0) visit(block, first, Math.min(this.points, first + BLOCK));
    }
  }
}

/** The blocks that may have points, with this share of their travel behind them, drawn inside a frustum; in their order. */
export function blocksWithin({ to, from, drawn, count }: Boxes, mix: number, frustum: Frustum): number[] {
  const box = new Float64Array(BOX);
  const found: number[] = [];
  for (let block = 0; block < count; block++) {
    if (drawn[block] === 0) continue;
    for (let side = 0; side < BOX; side++) {
      const at = block * BOX + side;
      box[side] = mix >= 1 ? to[at] : from[at] + (to[at] - from[at]) * mix;
    }
    const slack = SLACK * Math.max(-box[0], -box[1], -box[2], box[3], box[4], box[5]);
    for (let axis = 0; axis < 3; axis++) {
      box[axis] -= slack;
      box[axis + 3] += slack;
    }
    const side = frustum.side(box[0], box[1], box[2], box[3], box[4], box[5]);
    if (side !== "outside") found.push(block);
  }
  return found;
}

/** Writes the box around the drawn ones of some points, and tells how many those are. */
function box(
  places: Float32Array,
  style: Uint8Array,
  first: number,
  end: number,
  out: Float32Array,
  at: number,
): number {
  let drawn = 0;
  let [minX, minY, minZ] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [maxX, maxY, maxZ] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = first, place = first * 3; index < end; index++, place += 3) {
    if (style[index * 4 + 2] & UNDRAWN) continue;
    const x = places[place];
    const y = places[place + 1];
    const z = places[place + 2];
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
    if (z < minZ) minZ = z;
    if (z > maxZ) maxZ = z;
    drawn++;
  }
  out[at] = minX;
  out[at + 1] = minY;
  out[at + 2] = minZ;
  out[at + 3] = maxX;
  out[at + 4] = maxY;
  out[at + 5] = maxZ;
  return drawn;
}

function sum(numbers: Uint16Array, count: number): number {
  let total = 0;
  for (let at = 0; at < count; at++) total += numbers[at];
  return total;
}
