import { BLOCK, Blocks } from "./blocks";
import { progress } from "./easing";
import { Flag, isPicture, UNDRAWN } from "./flags";
import { type Kinship, kinship, readKeys, successors } from "./keys";
import { pointMemory } from "./memory";
import { writePlaces } from "./places";
import { Ranking } from "./ranking";
import type { ScatterPoints } from "./types";
import { findPlaces, writeBlock } from "./writing";

export { Flag, UNDRAWN } from "./flags";

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

const NO_POINTS: ScatterPoints = {
  count: 0,
  dimensions: 2,
  positions: new Float32Array(),
  colours: new Uint8Array(),
  kinds: new Uint8Array(),
};
const NO_KIN: Kinship = { same: 0, moved: null, ahead: true };

/** What came of replacing the points. */
export interface Replaced {
  /** True when points that were there have a way to go. */
  readonly moves: boolean;
  /** The new index of every old one, or −1 for a point that is gone. */
  readonly successor: (old: number) => number;
}

/** Points written per step: a few tenths of a millisecond's work. */
const STEP = 8 * BLOCK;

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
  from: Float32Array = new Float32Array();
  to: Float32Array = new Float32Array();
  /** Per point: palette index, kind, flags, 255 when it is new and grows in. */
  style: Uint8Array = new Uint8Array();
  /** How many points can be drawn, and how many of those are pictures. */
  visible = 0;
  visibleImages = 0;
  /** True when there are other kinds than texts among the points. */
  shaped = false;
  /** True when `filter` has hidden points. */
  filtered = false;
  /** Where the points of each stretch of the arrays lie. */
  readonly blocks = new Blocks();
  private keys: string[] | null = null;
  private ranked: Ranking | undefined;
  private travelStart = 0;
  private travelDuration = 0;
  /** Share of the travel covered at the last `tick`, eased, in [0, 1]. */
  mix = 1;
  /** 1 for each block in which a point has no position. */
  lacking = new Uint8Array();
  /** True when points are told to be new. */
  private growing = false;
  /** Flags that some point may have. */
  private flagged = 0;

  /**
   * Replaces the points, in steps of a millisecond or less. A point whose key was there is to travel from where it is now; a
   * new one to grow in at its place: `travel` is called next. Until then the cloud can't be asked for anything.
   */
  *replacing(points: ScatterPoints, now: number): Generator<void, Replaced> {
    this.tick(now);
    const { count: before, keys: oldKeys } = this;
    const keys = yield* readKeys(points);
    const related = before > 0 && (oldKeys === null) === (keys === null);
    const kin = related ? yield* kinship(oldKeys, keys, before, points.count) : NO_KIN;
    if (related) this.arrive();
    // Points that stand farther back in the order need what is about to be written over.
    const isOverwritten = !kin.ahead && points.count <= this.capacity;
    const old = {
      from: isOverwritten ? this.from.slice(0, before * 3) : this.from,
      style: isOverwritten ? this.style.slice(0, before * 4) : this.style,
    };
    this.reserve(points.count);
    this.source = points;
    this.count = points.count;
    this.dimensions = points.dimensions;
    this.shaped = false;
    this.ranked = undefined;
    this.keys = keys;
    this.growing = false;
    this.flagged = 0;
    let moves = false;
    for (let first = 0; first < this.count; first += BLOCK) {
      if (first % STEP === 0) yield;
      const written = writeBlock(this, points, kin, old, first, Math.min(this.count, first + BLOCK));
      if (written.moves) moves = true;
      if (written.grows) this.growing = true;
      if (written.shaped) this.shaped = true;
    }
    this.countDrawn();
    this.travel(now, 0);
    return { moves, successor: successors(kin, before) };
  }

  /** Has the points set out from where they come from; 0 milliseconds put them all in place. */
  travel(now: number, duration: number): void {
    this.travelStart = now;
    this.travelDuration = duration;
    this.mix = duration > 0 && this.count > 0 ? 0 : 1;
  }

  /** New places for the same points; see `Scatter.setPositions`. Tells what the GPU has to be sent besides `to`. */
  move(positions: Float32Array, now: number, duration: number): Stale {
    this.tick(now);
    const swapped = duration > 0 && this.mix >= 1;
    const stale = { swapped, from: duration > 0 && !swapped, style: false };
    if (duration > 0) this.arrive();
    const settles = this.growing && this.mix > 0.5;
    if (settles) {
      this.growing = false;
      stale.style = true;
    }
    const { to, style, blocks, lacking, dimensions } = this;
    this.eachBlock((first, end, block) => {
      const whole = writePlaces(to, positions, dimensions, first, end);
      if (settles) for (let at = first * 4 + 3; at < end * 4; at += 4) style[at] = 0;
      const uneven = !whole || lacking[block] > 0;
      if (uneven) {
        const found = findPlaces(this, first, end);
        stale.from ||= found.from;
        stale.style ||= found.style;
        this.growing ||= found.from;
      }
      blocks.measure(first, end, to, style);
      if (uneven) blocks.measureFrom(first, end, this.from, style);
    });
    this.countDrawn();
    this.travel(now, duration);
    return stale;
  }

  /** New palette indices for the same points. */
  recolour(colours: Uint8Array): void {
    for (let index = 0; index < this.count; index++) this.style[index * 4] = colours[index] ?? 0;
  }

  /** Hides the points whose entry in the mask is 0; null shows all. */
  filter(mask: Uint8Array | null): void {
    const { style, blocks } = this;
    this.filtered = mask !== null;
    this.eachBlock((first, end) => {
      for (let index = first; index < end; index++) {
        const at = index * 4 + 2;
        style[at] = mask && mask[index] === 0 ? style[at] | Flag.filtered : style[at] & ~Flag.filtered;
      }
      blocks.measure(first, end, this.to, style);
      if (this.travelling) blocks.measureFrom(first, end, this.from, style);
    });
    this.countDrawn();
  }

  /** Bytes of the arrays. */
  get bytes(): number {
    const { from, to, style, ranked, blocks } = this;
    return from.byteLength + to.byteLength + style.byteLength + blocks.bytes + (ranked?.bytes ?? 0);
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
    if (on) this.flagged |= flag;
  }

  /** Sets or clears flags of all points. */
  flagAll(flag: number, on: boolean): void {
    if (!on && (this.flagged & flag) === 0) return;
    this.flagged = on ? this.flagged | flag : this.flagged & ~flag;
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

  /** Has `from` say where the points are now; `to` is written next. */
  private arrive(): void {
    const { from, to, mix, count } = this;
    if (mix >= 1) {
      [this.from, this.to] = [to, from];
      this.blocks.swap();
    } else {
      for (let at = 0; at < count * 3; at++) from[at] += (to[at] - from[at]) * mix;
      this.blocks.arrive(mix);
    }
  }

  private countDrawn(): void {
    this.visible = this.blocks.visible;
    this.visibleImages = this.blocks.visibleImages;
  }

  /** Calls back with every block: its first point, the one after its last, and its number. */
  private eachBlock(visit: (first: number, end: number, block: number) => void): void {
    for (let first = 0, block = 0; first < this.count; first += BLOCK, block++) {
      visit(first, Math.min(this.count, first + BLOCK), block);
    }
  }

  private reserve(count: number): void {
    this.blocks.resize(count);
    if (count <= this.capacity) return;
    this.capacity = Math.max(count, Math.ceil(this.capacity * 1.5), 256);
    this.blocks.reserve(this.capacity);
    const memory = (bytes: number) => pointMemory(bytes, this.capacity);
    this.from = new Float32Array(memory(this.capacity * 12));
    this.to = new Float32Array(memory(this.capacity * 12));
    this.style = new Uint8Array(memory(this.capacity * 4));
    this.lacking = new Uint8Array(Math.ceil(this.capacity / BLOCK));
  }
}
