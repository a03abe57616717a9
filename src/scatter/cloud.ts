import { progress } from "./easing";
import { hashString } from "./hash";
import type { ScatterPoints } from "./types";

/** Bits of a point's third style byte. */
export const Flag = { dimmed: 1, hidden: 2, pictured: 4, selected: 8, front: 16 } as const;

/** A point in the world. */
export interface Place {
  x: number;
  y: number;
  z: number;
}

const NO_POINTS: ScatterPoints = {
  count: 0,
  dimensions: 2,
  positions: new Float32Array(),
  colours: new Uint8Array(),
  kinds: new Uint8Array(),
  label: () => "",
  thumbnail: () => undefined,
  key: () => "",
};

/**
 * The points as typed arrays, with their travel: `from` and `to` (`x, y, z` triples) and one clock for all. The same
 * arrays are the GPU's attributes; nothing is kept per point but numbers and the key.
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
  /** Points in a stable order that looks random: who gets a label where not all can. */
  order: Uint32Array = new Uint32Array();
  /** The place of each point in that order. */
  rank: Uint32Array = new Uint32Array();
  /** How many points can be drawn, and how many of those are images. */
  visible = 0;
  visibleImages = 0;
  private keys: string[] = [];
  private hashes = new Uint32Array();
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
    const oldKeys = this.keys;
    const places = this.from.slice(0, before * 3);
    for (let index = 0; index < before * 3; index++) {
      places[index] += (this.to[index] - places[index]) * this.mix;
    }
    const oldStyle = this.style.slice(0, before * 4);
    this.reserve(points.count);
    this.source = points;
    this.count = points.count;
    this.dimensions = points.dimensions;
    this.keys = new Array(points.count);
    let lookup: Map<string, number> | undefined;
    const successors = new Int32Array(before).fill(-1);
    let known = 0;
    let moving = 0;
    for (let index = 0; index < points.count; index++) {
      const key = points.key(index);
      this.keys[index] = key;
      this.hashes[index] = hashString(key);
      // Items are mostly appended, so the old index is mostly the new one, and no lookup has to be built.
      let old = oldKeys[index] === key ? index : -1;
      if (old < 0 && before > 0) {
        lookup ??= new Map(oldKeys.map((name, at) => [name, at]));
        old = lookup.get(key) ?? -1;
      }
      if (old >= 0) successors[old] = index;
      this.style[index * 4] = points.colours[index] ?? 0;
      this.style[index * 4 + 1] = points.kinds[index] ?? 0;
      this.style[index * 4 + 2] = 0;
      this.writeTarget(index, points.positions, points.dimensions);
      const wasDrawn = old >= 0 && !(oldStyle[old * 4 + 2] & Flag.hidden);
      if (wasDrawn && !this.isHidden(index)) {
        this.from.set(places.subarray(old * 3, old * 3 + 3), index * 3);
        this.style[index * 4 + 3] = 0;
        known++;
        if (this.moves(index)) moving++;
      } else {
        this.from.set(this.to.subarray(index * 3, index * 3 + 3), index * 3);
        this.style[index * 4 + 3] = 255;
      }
    }
    this.countVisible();
    this.order = orderByHash(this.hashes, points.count);
    this.rank = new Uint32Array(points.count);
    for (let at = 0; at < points.count; at++) this.rank[this.order[at]] = at;
    this.start(now, duration(known, moving));
    return successors;
  }

  /** New places for the same points; see `Scatter.setPositions`. */
  move(positions: Float32Array, now: number, duration: number): void {
    this.tick(now);
    const { from, to, mix, style } = this;
    for (let index = 0; index < this.count * 3; index++) from[index] += (to[index] - from[index]) * mix;
    for (let index = 0; index < this.count; index++) {
      const wasHidden = this.isHidden(index);
      this.writeTarget(index, positions, this.dimensions);
      if (wasHidden) {
        from.set(to.subarray(index * 3, index * 3 + 3), index * 3);
        style[index * 4 + 3] = 255;
      } else if (mix > 0.5) {
        style[index * 4 + 3] = 0;
      }
    }
    this.countVisible();
    this.start(now, duration);
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
    out.x = from[at] + (to[at] - from[at]) * mix;
    out.y = from[at + 1] + (to[at + 1] - from[at + 1]) * mix;
    out.z = from[at + 2] + (to[at + 2] - from[at + 2]) * mix;
  }

  /** True for a point that has no position. */
  isHidden(index: number): boolean {
    return (this.style[index * 4 + 2] & Flag.hidden) !== 0;
  }

  /** True for an image. */
  isImage(index: number): boolean {
    return this.style[index * 4 + 1] === 1;
  }

  /** True when `flag` is set on a point. */
  has(index: number, flag: number): boolean {
    return (this.style[index * 4 + 2] & flag) !== 0;
  }

  /** Sets or clears one flag of one point. Indices that don't exist are ignored. */
  flag(index: number, flag: number, on: boolean): void {
    if (index < 0 || index >= this.count) return;
    const at = index * 4 + 2;
    this.style[at] = on ? this.style[at] | flag : this.style[at] & ~flag;
  }

  /** Sets or clears one flag of all points. */
  flagAll(flag: number, on: boolean): void {
    for (let at = 2; at < this.count * 4; at += 4) {
      this.style[at] = on ? this.style[at] | flag : this.style[at] & ~flag;
    }
  }

  /** The stable name of a point. */
  keyOf(index: number): string {
    return this.keys[index];
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

  private writeTarget(index: number, positions: Float32Array, dimensions: number): void {
    const x = positions[index * dimensions];
    const y = positions[index * dimensions + 1];
    const z = dimensions === 3 ? positions[index * dimensions + 2] : 0;
    const drawn = Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(z);
    this.flag(index, Flag.hidden, !drawn);
    this.to[index * 3] = drawn ? x : 0;
    this.to[index * 3 + 1] = drawn ? y : 0;
    this.to[index * 3 + 2] = drawn ? z : 0;
  }

  private countVisible(): void {
    this.visible = 0;
    this.visibleImages = 0;
    for (let index = 0; index < this.count; index++) {
      if (this.isHidden(index)) continue;
      this.visible++;
      if (this.isImage(index)) this.visibleImages++;
    }
  }

  private reserve(count: number): void {
    if (count <= this.capacity) return;
    this.capacity = Math.max(count, Math.ceil(this.capacity * 1.5), 256);
    this.from = grown(this.from, new Float32Array(this.capacity * 3));
    this.to = grown(this.to, new Float32Array(this.capacity * 3));
    this.style = grown(this.style, new Uint8Array(this.capacity * 4));
    this.hashes = new Uint32Array(this.capacity);
  }
}

function grown<T extends Float32Array | Uint8Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

/** Indices sorted by hash: one radix-free sort of numbers that carry hash and index together. */
function orderByHash(hashes: Uint32Array, count: number): Uint32Array {
  const paired = new Float64Array(count);
  // 21 bits of index leave 32 of hash inside a double's 53.
  const share = 2 ** 21;
  for (let index = 0; index < count; index++) paired[index] = hashes[index] * share + (index % share);
  paired.sort();
  const order = new Uint32Array(count);
  for (let rank = 0; rank < count; rank++) order[rank] = paired[rank] % share;
  return order;
}
