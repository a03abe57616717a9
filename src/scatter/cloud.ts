import { progress } from "./easing";
import { finder, readKeys } from "./keys";
import { Ranking } from "./ranking";
import type { ScatterPoints } from "./types";

/**
 * Bits of a point's third style byte. `hidden`: it has no position. `filtered`: `setVisible` hides it. `pictured`: a
 * thumbnail is drawn in its place.
 */
export const Flag = { dimmed: 1, hidden: 2, pictured: 4, selected: 8, front: 16, filtered: 32 } as const;

/** A point with one of these is not there, for the eye and for the pointer. */
export const UNDRAWN = Flag.hidden | Flag.filtered;

/** A point in the world. */
export interface Place {
  x: number;
  y: number;
  z: number;
}

/** Which of the GPU's copies a change of the cloud has made stale. */
export interface Stale {
  /** `from` and `to` have changed places: so must their copies, before anything is sent. */
  swapped: boolean;
  from: boolean;
  style: boolean;
}

/** The kinds that a picture may stand for, by their numbers: images, and patches of one. */
const isPicture = (kind: number) => kind === 1 || kind === 4;

const NO_POINTS: ScatterPoints = {
  count: 0,
  dimensions: 2,
  positions: new Float32Array(),
  colours: new Uint8Array(),
  kinds: new Uint8Array(),
};

/**
 * The points as typed arrays, with their travel: `from` and `to` (`x, y, z` triples) and one clock for all. The same
 * arrays are the GPU's attributes; nothing is kept per point but numbers and, where the points have names, those.
 */
export class Cloud {
  source: ScatterPoints = NO_POINTS;
  count = 0;
  dimensions: 2 | 3 = 2;
  /** Room in the arrays, in points; it grows by half so that items streaming in don't reallocate each time. */
  capacity = 0;
  from = new Float32Array();
  to = new Float32Array();
  /** Per point: palette index, kind, flags, 255 when it is new and grows in. */
  style = new Uint8Array();
  /** How many points can be drawn, and how many of those are pictures. */
  visible = 0;
  visibleImages = 0;
  /** True when there are other kinds than texts among the points. */
  shaped = false;
  /** True when `filter` has hidden points. */
  filtered = false;
  private keys: string[] | null = null;
  private ranked: Ranking | undefined;
  private travelStart = 0;
  private travelDuration = 0;
  /** Share of the travel covered at the last `tick`, eased, in [0, 1]. */
  mix = 1;

  /**
   * Replaces the points. A point whose key was there travels from where it is now; a new one grows in at its place.
   *
   * @param duration milliseconds of travel, given how many points were there before and how many of those move; 0
   *   puts all in place at once.
   * @returns for every old index the new one, or −1 for a point that is gone.
   */
  replace(
    points: ScatterPoints,
    now: number,
    duration: (known: number, moving: number) => number,
  ): Int32Array {
    this.tick(now);
    const before = this.count;
    const successors = new Int32Array(before).fill(-1);
    const related = before > 0 && (this.keys === null) === (points.key === undefined);
    if (related) this.arrive();
    const places = related ? this.from.slice(0, before * 3) : this.from;
    const oldStyle = related ? this.style.slice(0, before * 4) : this.style;
    const oldKeys = this.keys;
    this.reserve(points.count);
    this.source = points;
    this.count = points.count;
    this.dimensions = points.dimensions;
    this.ranked = undefined;
    this.writeAll(points);
    this.keys = readKeys(points);
    let known = 0;
    let moving = 0;
    if (related) {
      const find = finder(oldKeys, this.keys, before);
      for (let index = 0; index < points.count; index++) {
        const old = find(index);
        if (old < 0) continue;
        successors[old] = index;
        this.style[index * 4 + 2] |= oldStyle[old * 4 + 2] & Flag.filtered;
        if (this.has(index, Flag.hidden) || oldStyle[old * 4 + 2] & Flag.hidden) continue;
        for (let axis = 0; axis < 3; axis++) this.from[index * 3 + axis] = places[old * 3 + axis];
        this.style[index * 4 + 3] = 0;
        known++;
        if (this.moves(index)) moving++;
      }
    }
    this.countVisible();
    this.start(now, duration(known, moving));
    return successors;
  }

  /** New places for the same points; see `Scatter.setPositions`. Tells what the GPU has to be sent besides `to`. */
  move(positions: Float32Array, now: number, duration: number): Stale {
    this.tick(now);
    const { style, count, dimensions } = this;
    const swapped = duration > 0 && this.mix >= 1;
    const stale = { swapped, from: false, style: false };
    if (swapped) {
      [this.from, this.to] = [this.to, this.from];
    } else if (duration > 0) {
      this.arrive();
      stale.from = true;
    }
    const settle = this.mix > 0.5;
    const { from, to } = this;
    for (let index = 0; index < count; index++) {
      const at = index * 4;
      const wasHidden = (style[at + 2] & Flag.hidden) !== 0;
      const isHidden = !this.writeTarget(index, positions, dimensions);
      if (wasHidden !== isHidden) stale.style = true;
      if (wasHidden) {
        for (let axis = index * 3; axis < index * 3 + 3; axis++) from[axis] = to[axis];
        stale.from = true;
        if (style[at + 3] === 0) stale.style = true;
        style[at + 3] = 255;
      } else if (settle && style[at + 3] !== 0) {
        style[at + 3] = 0;
        stale.style = true;
      }
    }
    if (stale.style) this.countVisible();
    this.start(now, duration);
    return stale;
  }

  /** New palette indices for the same points. */
  recolour(colours: Uint8Array): void {
    for (let index = 0; index < this.count; index++) this.style[index * 4] = colours[index] ?? 0;
  }

  /** Hides the points whose entry in the mask is 0; null shows all. */
  filter(mask: Uint8Array | null): void {
    const { style } = this;
    this.filtered = mask !== null;
    for (let index = 0; index < this.count; index++) {
      const at = index * 4 + 2;
      style[at] = mask && mask[index] === 0 ? style[at] | Flag.filtered : style[at] & ~Flag.filtered;
    }
    this.countVisible();
  }

  /** Bytes of the arrays. */
  get bytes(): number {
    const { from, to, style, ranked } = this;
    return from.byteLength + to.byteLength + style.byteLength + (ranked?.bytes ?? 0);
  }

  /** Moves the travel's clock. True while points are on their way. */
  tick(now: number): boolean {
    if (this.mix >= 1) return false;
    const t = this.travelDuration > 0 ? (now - this.travelStart) / this.travelDuration : 1;
    this.mix = progress(t, this.travelDuration);
    return this.mix < 1;
  }

  /** True while points are on their way. */
  get travelling(): boolean {
    return this.mix < 1;
  }

  /** Where a point is now, written into `out`. */
  placeOf(index: number, out: Place): void {
    const at = index * 3;
    const { from, to, mix } = this;
    // Not by mixing where nothing travels: `from` is then out of date.
    out.x = mix >= 1 ? to[at] : from[at] + (to[at] - from[at]) * mix;
    out.y = mix >= 1 ? to[at + 1] : from[at + 1] + (to[at + 1] - from[at + 1]) * mix;
    out.z = mix >= 1 ? to[at + 2] : from[at + 2] + (to[at + 2] - from[at + 2]) * mix;
  }

  /** True for a point that is not drawn: it has no position, or is filtered out. */
  isHidden(index: number): boolean {
    return (this.style[index * 4 + 2] & UNDRAWN) !== 0;
  }

  /** True for a point that a picture may stand for: an image, or a patch of one. */
  isImage(index: number): boolean {
    return isPicture(this.style[index * 4 + 1]);
  }

  /** True when `flag` is set on a point. */
  has(index: number, flag: number): boolean {
    return (this.style[index * 4 + 2] & flag) !== 0;
  }

  /** Sets or clears one flag of one point. Indices that don't exist are ignored. */
  flag(index: number, flag: number, on: boolean): void {
    if (!(index >= 0 && index < this.count)) return;
    const at = index * 4 + 2;
    this.style[at] = on ? this.style[at] | flag : this.style[at] & ~flag;
  }

  /** Sets or clears one flag of all points. */
  flagAll(flag: number, on: boolean): void {
    for (let at = 2; at < this.count * 4; at += 4) {
      this.style[at] = on ? this.style[at] | flag : this.style[at] & ~flag;
    }
  }

  /** The stable name of a point: its index, unless it was given another. */
  keyOf(index: number): string {
    return this.keys ? this.keys[index] : String(index);
  }

  /** The label of a point; empty when it has none. */
  labelOf(index: number): string {
    return this.source.label?.(index) ?? "";
  }

  /** The order of the points, made in steps when it is first asked for: a cloud without labels needs none. */
  *ranking(): Generator<void, Ranking> {
    const { source } = this;
    if (this.ranked) return this.ranked;
    const ranking = yield* Ranking.making(this.count, this.keys, source.importance);
    // The points may have been replaced meanwhile.
    if (source === this.source) this.ranked = ranking;
    return ranking;
  }

  /** Writes into `from` where the points are now. */
  private arrive(): void {
    const { from, to, mix, count } = this;
    if (mix >= 1) from.set(to.subarray(0, count * 3));
    else for (let at = 0; at < count * 3; at++) from[at] += (to[at] - from[at]) * mix;
  }

  private moves(index: number): boolean {
    const at = index * 3;
    const { from, to } = this;
    return from[at] !== to[at] || from[at + 1] !== to[at + 1] || from[at + 2] !== to[at + 2];
  }

  private start(now: number, duration: number): void {
    this.travelStart = now;
    this.travelDuration = duration;
    this.mix = duration > 0 && this.count > 0 ? 0 : 1;
  }

  /** Writes all points as new ones, growing in at their places. */
  private writeAll({ count, dimensions, positions, colours, kinds }: ScatterPoints): void {
    const { style } = this;
    this.shaped = false;
    for (let index = 0; index < count; index++) {
      style[index * 4] = colours[index] ?? 0;
      style[index * 4 + 1] = kinds[index] ?? 0;
      if (kinds[index] > 0) this.shaped = true;
      style[index * 4 + 2] = 0;
      style[index * 4 + 3] = 255;
      this.writeTarget(index, positions, dimensions);
    }
    this.from.set(this.to.subarray(0, count * 3));
  }

  /** Writes where a point goes to; false when that is no place. */
  private writeTarget(index: number, positions: Float32Array, dimensions: number): boolean {
    const { to, style } = this;
    const x = positions[index * dimensions];
    const y = positions[index * dimensions + 1];
    const z = dimensions === 3 ? positions[index * dimensions + 2] : 0;
    // The difference of a number to itself is 0 unless it isn't finite: one test for all three.
    const drawn = x - x + (y - y) + (z - z) === 0;
    const at = index * 3;
    to[at] = drawn ? x : 0;
    to[at + 1] = drawn ? y : 0;
    to[at + 2] = drawn ? z : 0;
    style[index * 4 + 2] = drawn ? style[index * 4 + 2] & ~Flag.hidden : style[index * 4 + 2] | Flag.hidden;
    return drawn;
  }

  private countVisible(): void {
    const { style } = this;
    this.visible = 0;
    this.visibleImages = 0;
    for (let at = 0; at < this.count * 4; at += 4) {
      if (style[at + 2] & UNDRAWN) continue;
      this.visible++;
      if (isPicture(style[at + 1])) this.visibleImages++;
    }
  }

  private reserve(count: number): void {
    if (count <= this.capacity) return;
    this.capacity = Math.max(count, Math.ceil(this.capacity * 1.5), 256);
    this.from = new Float32Array(this.capacity * 3);
    this.to = new Float32Array(this.capacity * 3);
    this.style = new Uint8Array(this.capacity * 4);
  }
}
