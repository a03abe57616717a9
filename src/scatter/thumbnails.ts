import { AtlasSlots, PAGE_SIDE } from "./atlas-slots";
import { type Cloud, Flag } from "./cloud";
import type { Frame, PictureCell, PicturesOfPage, PictureUpload } from "./painter/methods";

/** Pictures asked for at the same time: enough to keep decoding busy, few enough that those in view come first. */
const MAX_PENDING = 48;
/** Cells of 32 px hold 4,096 pictures a page: 12,288 at a resolution that serves for maps full of small pictures. */
const COARSE = { side: 32, pages: 3 };
/** Cells for pictures drawn large: sharp up to the largest side at one device pixel per CSS pixel, and fine at two. */
const FINE = { side: 128, pages: 4 };
/** As many as the fine cells hold at their largest: more at once would push each other out without end. */
const MAX_FINE = 1000;
/** From this side in device pixels on, a coarse cell would look soft. */
const FINE_FROM = 36;
/** Numbers of a drawn picture; see `PICTURE_LAYOUT`. */
const NUMBERS = 10;

/** A picture that can be drawn. */
interface Found {
  readonly index: number;
  readonly cell: PictureCell;
  /** 1 when it is dimmed, 2 more when it grows in. */
  readonly look: number;
}

interface Arrived {
  readonly key: string;
  readonly picture: ImageBitmap;
}

/** Pictures of images: loaded when they come into view, sent to the painter's atlas, drawn one batch per page of it. */
export class Thumbnails {
  /** Indices of the points whose picture is drawn, in drawing order. */
  readonly shown: number[] = [];
  side = 0;
  presence = 0;
  /** Device pixels per CSS pixel. */
  pixelRatio = 1;
  /** True when each picture has a frame in its point's colour. */
  framed = false;
  private readonly coarse = cellsOf(COARSE);
  private readonly fine = cellsOf(FINE);
  /** Pictures asked for and not yet in the atlas. */
  private readonly pending = new Set<string>();
  private readonly without = new Set<string>();
  private arrived: Arrived[] = [];
  /** True when pictures are drawn so large that they are wanted in the fine atlas, too. */
  private sharp = false;
  /** What is drawn, and whether the painter has yet to be told so. */
  private drawn: readonly Found[] = [];
  private stale = false;
  /** Pages that something is drawn from, as the painter knows it. */
  private used = new Map<number, number>();
  /** Points whose picture is still to be asked for, the most wanted last. */
  private readonly missing: number[] = [];
  private disposed = false;
  private readonly cloud: Cloud;
  private readonly changed: () => void;

  /** @param changed called when a picture has arrived, so that a frame is drawn. */
  constructor(cloud: Cloud, changed: () => void) {
    this.cloud = cloud;
    this.changed = changed;
  }

  /** Side in CSS pixels, and presence in [0, 1]; 0 draws none and loads none. */
  setStyle(side: number, presence: number, pixelRatio: number): void {
    this.side = side;
    this.presence = presence;
    this.pixelRatio = pixelRatio;
  }

  /** The points were replaced: until the next survey none is drawn; what could not be had before is asked for again. */
  reset(): void {
    this.shown.length = 0;
    this.setDrawn([]);
    this.missing.length = 0;
    this.without.clear();
  }

  /** Points were moved, coloured or framed: so are their pictures at once, without waiting for the next survey. */
  pointsChanged(): void {
    if (this.drawn.length > 0) this.stale = true;
  }

  /** True when there are pictures waiting to be sent to the painter. */
  get busy(): boolean {
    return this.arrived.length > 0;
  }

  /** True while pictures that were asked for are still to come. */
  get loading(): boolean {
    return this.pending.size > 0;
  }

  /** True when the painter has yet to be told what is drawn. */
  get due(): boolean {
    return this.stale;
  }

  /** Pictures that have arrived, with their places in the atlas; to be sent at once, while they are open. */
  receive(): PictureUpload[] {
    const uploads: PictureUpload[] = [];
    for (const { key, picture } of this.arrived) {
      this.pending.delete(key);
      if (picture.width === 0) {
        // The bitmap was closed by its owner meanwhile: the dot stays.
        this.without.add(key);
        continue;
      }
      const cells = [this.coarse.take(key)];
      if (this.sharp) cells.push(this.fine.take(key));
      uploads.push({ picture, cells });
    }
    this.arrived = [];
    this.requestMissing();
    return uploads;
  }

  /** What is drawn from each page, where that has changed. */
  take(): Frame["pages"] {
    if (!this.stale) return undefined;
    this.stale = false;
    const counts = new Map<number, { side: number; count: number }>();
    for (const [page, side] of this.used) counts.set(page, { side, count: 0 });
    for (const { cell } of this.drawn) {
      const { side, count } = counts.get(cell.page) ?? { side: cell.side, count: 0 };
      counts.set(cell.page, { side, count: count + 1 });
    }
    const pages = new Map<number, { readonly page: PicturesOfPage; at: number }>();
    for (const [number, { side, count }] of counts) {
      const page = { page: number, side, instances: new Float32Array(count * NUMBERS) };
      pages.set(number, { page, at: 0 });
    }
    for (const found of this.drawn) {
      const page = pages.get(found.cell.page);
      if (!page) continue;
      this.write(found, page.page.instances, page.at);
      page.at += NUMBERS;
    }
    this.used = new Map(
      [...counts].filter(([, { count }]) => count > 0).map(([page, { side }]) => [page, side]),
    );
    return [...pages.values()].map(({ page }) => page);
  }

  /**
   * Draws the pictures of these points, as far as they have arrived, and asks for the others.
   *
   * @param wanted indices of images in view, the most wanted first.
   * @returns true when flags of points have changed.
   */
  show(wanted: readonly number[]): boolean {
    const { cloud } = this;
    this.missing.length = 0;
    const fine = this.side * this.pixelRatio >= FINE_FROM;
    this.sharp = fine;
    const found: Found[] = [];
    if (this.presence > 0) {
      for (const index of wanted) {
        const key = cloud.keyOf(index);
        const sharp = fine && found.length < MAX_FINE ? this.fine.find(key) : undefined;
        const cell = sharp ?? this.coarse.find(key);
        if (!cell || (fine && !sharp && found.length < MAX_FINE)) this.missing.push(index);
        if (!cell) continue;
        const look = (cloud.has(index, Flag.dimmed) ? 1 : 0) + (cloud.style[index * 4 + 3] > 0 ? 2 : 0);
        found.push({ index, cell, look });
      }
    }
    this.missing.reverse();
    this.requestMissing();
    found.sort((a, b) => a.index - b.index);
    if (this.sameAsDrawn(found)) return false;
    for (const index of this.shown) cloud.flag(index, Flag.pictured, false);
    this.shown.length = 0;
    for (const { index } of found) {
      cloud.flag(index, Flag.pictured, true);
      this.shown.push(index);
    }
    this.setDrawn(found);
    return true;
  }

  /** The painter lost everything: forgets it, so that it is asked for again. */
  contextLost(): void {
    for (const index of this.shown) this.cloud.flag(index, Flag.pictured, false);
    this.shown.length = 0;
    this.drawn = [];
    this.stale = false;
    this.used.clear();
    this.coarse.clear();
    this.fine.clear();
    this.arrived = [];
    this.pending.clear();
  }

  dispose(): void {
    this.disposed = true;
    this.arrived = [];
  }

  private setDrawn(found: readonly Found[]): void {
    if (found.length > 0 || this.drawn.length > 0) this.stale = true;
    this.drawn = found;
  }

  /** Writes the places that a picture travels between, its cell's corner, its frame and its look. */
  private write({ index, cell, look }: Found, numbers: Float32Array, at: number): void {
    const { from, to, style } = this.cloud;
    for (let axis = 0; axis < 3; axis++) {
      numbers[at + axis] = from[index * 3 + axis];
      numbers[at + 3 + axis] = to[index * 3 + axis];
    }
    numbers[at + 6] = cell.x / PAGE_SIDE;
    numbers[at + 7] = cell.y / PAGE_SIDE;
    numbers[at + 8] = this.framed ? style[index * 4] + 1 : 0;
    numbers[at + 9] = look;
  }

  /** True when these pictures, in these cells and as strong or dim, are what is drawn already. */
  private sameAsDrawn(found: readonly Found[]): boolean {
    const { drawn } = this;
    return (
      drawn.length === found.length &&
      found.every(({ index, cell, look }, at) => {
        const other = drawn[at];
        return (
          index === other.index &&
          look === other.look &&
          cell.page === other.cell.page &&
          cell.x === other.cell.x &&
          cell.y === other.cell.y
        );
      })
    );
  }

  private requestMissing(): void {
    while (this.pending.size < MAX_PENDING && this.missing.length > 0) {
      const index = this.missing.pop() as number;
      // The points may have been replaced since the index was noted.
      if (index < this.cloud.count) this.request(index, this.cloud.keyOf(index));
    }
  }

  private request(index: number, key: string): void {
    if (this.pending.has(key) || this.without.has(key)) return;
    const promise = this.cloud.source.thumbnail?.(index);
    if (!promise) {
      this.without.add(key);
      return;
    }
    this.pending.add(key);
    promise
      .then(
        (picture) => {
          if (!this.disposed) this.arrived.push({ key, picture });
        },
        // An unreadable picture keeps its dot; the app has told the user when the item was added.
        () => {
          this.without.add(key);
          this.pending.delete(key);
        },
      )
      .finally(() => {
        if (this.disposed) return;
        this.changed();
      });
  }
}

/** The cells of one level of detail; pages are numbered through all levels, the coarse ones first. */
function cellsOf({ side, pages }: { side: number; pages: number }) {
  const firstPage = side === COARSE.side ? 0 : COARSE.pages;
  const perRow = PAGE_SIDE / side;
  const slots = new AtlasSlots(perRow ** 2, pages);
  const cellAt = (slot: number): PictureCell => {
    const place = slot % slots.perPage;
    const page = firstPage + Math.floor(slot / slots.perPage);
    return { page, x: (place % perRow) * side, y: Math.floor(place / perRow) * side, side };
  };
  return {
    /** Where the picture of this name lies, or undefined when it isn't here (any more). Counts as a use. */
    find(key: string): PictureCell | undefined {
      const slot = slots.find(key);
      return slot === undefined ? undefined : cellAt(slot);
    },
    /** A cell for a picture; where all are taken, that of the picture used longest ago. */
    take: (key: string): PictureCell => cellAt(slots.take(key).slot),
    clear: () => slots.clear(),
  };
}
