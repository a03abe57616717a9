import { Atlas, type Cell } from "./atlas";
import { type Cloud, Flag } from "./cloud";
import type { Stage } from "./stage";
import { ThumbnailBatch } from "./thumbnail-batch";
import type { Uniforms } from "./uniforms";

/** Pictures asked for at the same time: enough to keep decoding busy, few enough that those in view come first. */
const MAX_PENDING = 48;
/** Milliseconds in a frame in which pictures are sent to the GPU: each takes about 0.1. */
const UPLOADING = 4;
/** Cells of 32 px hold 4,096 pictures a page: 12,288 at a resolution that serves for maps full of small pictures. */
const COARSE_PIXELS = 32;
const COARSE_PAGES = 3;
/** Cells for pictures drawn large: sharp up to the largest side at one device pixel per CSS pixel, and fine at two. */
const FINE_PIXELS = 128;
const FINE_PAGES = 4;
/** As many as the fine cells hold at their largest: more at once would push each other out without end. */
const MAX_FINE = 1000;
/** From this side in device pixels on, a coarse cell would look soft. */
const FINE_FROM = 36;

/** A picture that can be drawn. */
interface Found {
  readonly index: number;
  readonly atlas: Atlas;
  readonly cell: Cell;
  /** 1 when it is dimmed, 2 more when it grows in. */
  readonly look: number;
}

interface Arrived {
  readonly key: string;
  readonly picture: ImageBitmap;
}

/** Pictures of images: loaded when they come into view, kept in an atlas, drawn one batch per atlas page. */
export class ThumbnailsLayer {
  /** Indices of the points whose picture is drawn, in drawing order. */
  readonly shown: number[] = [];
  side = 0;
  presence = 0;
  private readonly style = { uSide: { value: 40 }, uPresence: { value: 1 } };
  private readonly coarse = new Atlas(COARSE_PIXELS, COARSE_PAGES);
  private readonly fine = new Atlas(FINE_PIXELS, FINE_PAGES);
  private readonly batches = new Map<object, ThumbnailBatch>();
  /** Pictures asked for and not yet in the atlas. */
  private readonly pending = new Set<string>();
  private readonly without = new Set<string>();
  private arrived: Arrived[] = [];
  /** True when pictures are drawn so large that they are wanted in the fine atlas, too. */
  private sharp = false;
  /** What the batches hold. */
  private drawn: readonly Found[] = [];
  /** Points whose picture is still to be asked for, the most wanted last. */
  private readonly missing: number[] = [];
  private disposed = false;
  private readonly cloud: Cloud;
  private readonly uniforms: Uniforms;
  private readonly stage: Stage;
  private readonly changed: () => void;

  /** @param changed called when a picture has arrived, so that a frame is drawn. */
  constructor(cloud: Cloud, uniforms: Uniforms, stage: Stage, changed: () => void) {
    this.cloud = cloud;
    this.uniforms = uniforms;
    this.stage = stage;
    this.changed = changed;
  }

  /** Side in CSS pixels, and presence in [0, 1]; 0 draws none and loads none. */
  setStyle(side: number, presence: number): void {
    this.side = side;
    this.presence = presence;
    this.style.uSide.value = side;
    this.style.uPresence.value = presence;
  }

  /** The points were replaced: until the next survey none is drawn; what could not be had before is asked for again. */
  reset(): void {
    for (const batch of this.batches.values()) {
      batch.begin(0);
      batch.end();
    }
    this.shown.length = 0;
    this.drawn = [];
    this.missing.length = 0;
    this.without.clear();
  }

  /** Points were moved: their pictures go with them at once, without waiting for the next survey. */
  placesChanged(): void {
    for (const batch of this.batches.values()) batch.follow(this.cloud);
  }

  /** True when there are pictures waiting to be sent to the GPU. */
  get busy(): boolean {
    return this.arrived.length > 0 && !this.stage.lost;
  }

  /** True while pictures that were asked for are still to come. */
  get loading(): boolean {
    return this.pending.size > 0;
  }

  /** Sends arrived pictures to the GPU, a few per frame. True when one was sent. */
  receive(): boolean {
    if (this.arrived.length === 0 || this.stage.lost) return false;
    const until = performance.now() + UPLOADING;
    let sent = 0;
    while (sent < this.arrived.length && (sent === 0 || performance.now() < until))
      this.send(this.arrived[sent++]);
    this.arrived.splice(0, sent);
    this.requestMissing();
    return true;
  }

  private send({ key, picture }: Arrived): void {
    this.pending.delete(key);
    try {
      this.coarse.put(key, picture, this.stage.webgl);
      if (this.sharp) this.fine.put(key, picture, this.stage.webgl);
    } catch {
      // The bitmap was closed by its owner meanwhile: the dot stays.
      this.without.add(key);
    }
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
    const fine = this.side * this.stage.pixelRatio >= FINE_FROM;
    this.sharp = fine;
    const found: Found[] = [];
    const perPage = new Map<object, number>();
    let ready = true;
    if (this.presence > 0) {
      for (const index of wanted) {
        const key = cloud.keyOf(index);
        const sharp = fine && found.length < MAX_FINE ? this.fine.cell(key) : undefined;
        const cell = sharp ?? this.coarse.cell(key);
        if (!cell || (fine && !sharp && found.length < MAX_FINE)) this.missing.push(index);
        if (!cell) continue;
        const atlas = sharp ? this.fine : this.coarse;
        const look = (cloud.has(index, Flag.dimmed) ? 1 : 0) + (cloud.style[index * 4 + 3] > 0 ? 2 : 0);
        found.push({ index, atlas, cell, look });
        const page = atlas.pages[cell.page];
        const before = perPage.get(page) ?? 0;
        if (before === 0 && !this.batch(atlas, cell.page).isReady) ready = false;
        perPage.set(page, before + 1);
      }
    }
    this.missing.reverse();
    this.requestMissing();
    found.sort((a, b) => a.index - b.index);
    // Until the GPU has the program for pictures, which it tells by itself, dots stand for them.
    if (!ready || this.sameAsDrawn(found)) return false;
    this.drawn = found;
    for (const index of this.shown) cloud.flag(index, Flag.pictured, false);
    this.shown.length = 0;
    for (const [page, batch] of this.batches) batch.begin(perPage.get(page) ?? 0);
    for (const { index, atlas, cell, look } of found) {
      this.batch(atlas, cell.page).add(index, cell, look, cloud);
      cloud.flag(index, Flag.pictured, true);
      this.shown.push(index);
    }
    for (const batch of this.batches.values()) batch.end();
    return true;
  }

  /** The GPU lost everything: forgets it, so that it is asked for again. */
  contextLost(): void {
    this.clearAtlases();
    this.arrived = [];
    this.pending.clear();
  }

  dispose(): void {
    this.disposed = true;
    this.clearAtlases();
  }

  /** True when these pictures, in these cells and as strong or dim, are what is drawn already. */
  private sameAsDrawn(found: readonly Found[]): boolean {
    const { drawn } = this;
    return (
      drawn.length === found.length &&
      found.every(({ index, atlas, cell, look }, at) => {
        const other = drawn[at];
        return (
          index === other.index &&
          atlas === other.atlas &&
          look === other.look &&
          cell.u === other.cell.u &&
          cell.v === other.cell.v &&
          cell.page === other.cell.page
        );
      })
    );
  }

  private batch(atlas: Atlas, pageNumber: number): ThumbnailBatch {
    const page = atlas.pages[pageNumber];
    let batch = this.batches.get(page);
    if (!batch) {
      batch = new ThumbnailBatch(this.uniforms, this.style, page, atlas.cellSize, this.stage.programs);
      batch.begin(0);
      this.batches.set(page, batch);
      this.stage.add(batch.object);
    }
    return batch;
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

  private clearAtlases(): void {
    for (const batch of this.batches.values()) {
      this.stage.remove(batch.object);
      batch.dispose();
    }
    this.batches.clear();
    for (const index of this.shown) this.cloud.flag(index, Flag.pictured, false);
    this.shown.length = 0;
    this.drawn = [];
    this.coarse.clear();
    this.fine.clear();
  }
}
