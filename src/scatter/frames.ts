import type { Cloud } from "./cloud";
import { FrameLoop } from "./frame-loop";
import type { Minimap } from "./minimap";
import { Pace } from "./pace";
import type { Pointing } from "./pointing";
import type { Renderer } from "./renderer";
import type { View } from "./view";

/** Up to this many points the one below the pointer is looked for while they travel. */
const FEW = 50_000;
/** So long after a motion all points are drawn again, where only a part could follow it, milliseconds. */
const REFINE = 160;
/** While the pointer holds the map still, what is due is done after this many milliseconds. */
const SETTLE = 60;

/** What frames are made of. */
interface Parts {
  readonly cloud: Cloud;
  readonly view: View;
  readonly renderer: Renderer;
  readonly minimap: Minimap;
  readonly pointing: Pointing;
}

/** Says when a frame is drawn and what in it: nothing while nothing changes, a part of the points while all would stutter. */
export class Frames {
  /** True when images are drawn as pictures where there is room. */
  thumbnails = true;
  private readonly loop = new FrameLoop((now) => this.draw(now));
  private readonly pace = new Pace();
  /** The part of the points drawn in the last frame. */
  private share = 1;
  /** True when the last frame was one of a motion, and when the painter draws such a one. */
  private wasInMotion = false;
  private drawsMotion = false;
  /** When the camera or the points last moved. */
  private movedAt = Number.NEGATIVE_INFINITY;
  private dirty = true;
  private overlayDirty = false;
  /** True while points are being replaced: no frame is drawn, and the last one stays. */
  private isHeld = false;
  /** True when a frame is to be drawn as soon as the painter has time. */
  private waiting = false;
  /** How often all that had changed was drawn, or is being drawn; and for which of these times it is waited. */
  private begun = 0;
  private readonly awaited: { readonly begun: number; readonly resolve: () => void }[] = [];
  /** Those who wait for the painter to have time. */
  private queue: (() => void)[] = [];
  /** True when a frame is due once things have settled. */
  private later = false;
  private readonly parts: Parts;
  private readonly viewChanged: () => void;

  /** @param viewChanged called after a frame in which the camera had moved. */
  constructor(parts: Parts, viewChanged: () => void) {
    this.parts = parts;
    this.viewChanged = viewChanged;
  }

  /** Asks for a frame in which all is drawn anew. */
  invalidate(): void {
    this.dirty = true;
    this.loop.request();
  }

  /** What lies above the points has changed: they need not be drawn anew. */
  invalidateOverlay(): void {
    this.overlayDirty = true;
    this.loop.request();
  }

  /** Asks for a frame in which it is looked at what is below the pointer, or what has come; nothing need be drawn. */
  look(): void {
    this.loop.request();
  }

  /** Points are on the move, though not travelling: until they rest, as many are drawn as can follow. */
  pointsMoved(now: number): void {
    this.movedAt = now;
  }

  /** Draws no frames until `release`: the points are being replaced. */
  hold(): void {
    this.isHeld = true;
  }

  /** The points are there: draws again, all anew, and with what else the app says now of its new points. */
  release(): void {
    this.isHeld = false;
    this.dirty = true;
    this.loop.requestSoon();
  }

  /** Draws a frame at once. Setting a canvas's size empties it: so there is no blank one. */
  drawNow(): void {
    this.dirty = true;
    this.draw(performance.now());
  }

  /** Resolves once the painter has time for a frame, and the caller comes first; or when what was drawn is lost. */
  async painterHasTime(): Promise<void> {
    const { painter } = this.parts.renderer;
    while (!painter.free && !painter.lost) {
      await new Promise<void>((resolve) => this.queue.push(resolve));
    }
  }

  /** Draws a frame at once, with all points, and with labels and pictures for exactly this view. */
  settle(): void {
    this.parts.renderer.surveyor.restart();
    this.movedAt = Number.NEGATIVE_INFINITY;
    this.dirty = true;
    this.draw(performance.now(), true);
  }

  /** The painter has time again, or what it had drawn is lost. */
  painterFree(): void {
    // A motion lasts until its last frame is seen: where each takes long, they would else alternate with whole ones.
    if (this.drawsMotion) this.movedAt = performance.now();
    this.drawsMotion = false;
    this.tellDrawn();
    const { queue } = this;
    this.queue = [];
    for (const resolve of queue) resolve();
    // Those who waited come first: they draw a frame of their own.
    if (queue.length > 0) return;
    if (this.waiting && this.dirty) this.draw(performance.now());
    // What else is waited for can join the next input's frame; on its own it would keep that one waiting.
    else if (this.waiting || this.parts.renderer.busy) this.loop.request();
  }

  /** Resolves once all that has changed until now is on the canvas. */
  drawn(): Promise<void> {
    const { isReady, begun } = this;
    if (isReady) return Promise.resolve();
    return new Promise((resolve) =>
      this.awaited.push({ begun: this.isChanged ? begun + 1 : begun, resolve }),
    );
  }

  /** True when all that has changed is on the canvas. */
  get isReady(): boolean {
    return this.parts.renderer.painter.free && !this.isChanged;
  }

  /** True when something has changed that is not even being drawn. */
  private get isChanged(): boolean {
    return this.dirty || this.overlayDirty || this.waiting || this.isHeld;
  }

  /** Forgets the frames that were asked for. */
  stop(): void {
    this.loop.stop();
  }

  /** @param whole true: labels are decided to the end, however long it takes. */
  private draw(now: number, whole = false): void {
    if (this.isHeld) return;
    const { cloud, view, renderer, minimap, pointing } = this.parts;
    const travelled = cloud.travelling;
    cloud.tick(now);
    const turned = view.tick(now);
    const moving = cloud.travelling || view.travelling || pointing.held;
    if (turned || travelled) {
      this.movedAt = now;
      renderer.viewChanged();
      pointing.stale = true;
      this.dirty = true;
    }
    const inMotion = this.isInMotion(now);
    // All points are drawn once a motion is over that only a part of them could follow.
    if (!inMotion && this.share < 1) this.dirty = true;
    if (this.dirty || this.overlayDirty || this.waiting || renderer.busy) {
      const { thumbnails, dirty: scene, overlayDirty: overlay } = this;
      if (scene && renderer.painter.free) this.share = inMotion ? this.pace.moving(now, cloud.count) : 1;
      if (!inMotion) this.pace.rest();
      const { share } = this;
      const { shape } = pointing;
      const readBack = this.awaited.length > 0;
      const frame = { moving, thumbnails, shape, scene, overlay, share, whole, readBack };
      this.waiting = !renderer.draw(now, frame);
      if (!this.waiting) {
        this.drawsMotion = scene && inMotion;
        this.begin();
      }
      if (minimap.draw(now, renderer.screen.pixelRatio)) this.later = true;
    }
    if (turned) this.viewChanged();
    // Among many points that move, looking for the one below the pointer would take a part of every frame.
    if ((!cloud.travelling && !view.travelling) || cloud.count <= FEW) pointing.update();
    this.askForNext();
  }

  private isInMotion(now: number): boolean {
    if (this.parts.renderer.painter.free || this.parts.renderer.painter.lost) {
      this.wasInMotion = now - this.movedAt < REFINE;
    }
    return this.wasInMotion;
  }

  /** All that has changed is being drawn. */
  private begin(): void {
    this.dirty = this.overlayDirty = false;
    this.begun++;
    // Where nothing had to be drawn after all, nobody has to wait.
    if (this.parts.renderer.painter.free) this.tellDrawn();
  }

  private tellDrawn(): void {
    for (const { begun, resolve } of this.awaited.splice(0)) {
      if (begun <= this.begun) resolve();
      else this.awaited.push({ begun, resolve });
    }
  }

  private askForNext(): void {
    const { cloud, view, renderer } = this.parts;
    const isMoving = cloud.travelling || view.travelling;
    // What waits for the painter is drawn once it has time; without one, clocks go on all the same.
    if (isMoving ? !this.waiting || renderer.painter.lost : this.dirty && !this.waiting) {
      this.invalidate();
    } else if (renderer.busy) {
      this.loop.request();
    } else if (this.share < 1) {
      this.loop.requestIn(REFINE);
    } else if (renderer.surveyor.due || this.later) {
      this.later = false;
      // The pointer holds the map still: the labels are decided now.
      this.overlayDirty = true;
      this.loop.requestIn(SETTLE);
    }
  }
}
