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
  /** When the camera or the points last moved. */
  private movedAt = Number.NEGATIVE_INFINITY;
  private dirty = true;
  private overlayDirty = false;
  /** True while points are being replaced: no frame is drawn, and the last one stays. */
  private isHeld = false;
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

  /** The points are there: draws again, and all anew. */
  release(): void {
    this.isHeld = false;
    this.invalidate();
  }

  /** Draws a frame at once. Setting a canvas's size empties it: so there is no blank one. */
  drawNow(): void {
    this.dirty = true;
    this.draw(performance.now());
  }

  /** Draws a frame at once, with all points, and with labels and pictures for exactly this view. */
  settle(): void {
    this.parts.renderer.surveyor.restart();
    this.movedAt = Number.NEGATIVE_INFINITY;
    this.dirty = true;
    this.draw(performance.now(), true);
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
    const inMotion = now - this.movedAt < REFINE;
    // All points are drawn once a motion is over that only a part of them could follow.
    if (!inMotion && this.share < 1) this.dirty = true;
    if (this.dirty || this.overlayDirty || renderer.busy) {
      const { thumbnails, dirty: scene, overlayDirty: overlay } = this;
      if (scene) this.share = inMotion ? this.pace.moving(now, cloud.count) : 1;
      if (!inMotion) this.pace.rest();
      this.dirty = this.overlayDirty = false;
      const { share } = this;
      renderer.draw(now, { moving, thumbnails, shape: pointing.shape, scene, overlay, share, whole });
      if (minimap.draw(now, renderer.stage.pixelRatio)) this.later = true;
    }
    if (turned) this.viewChanged();
    // Among many points that move, looking for the one below the pointer would take a part of every frame.
    if ((!cloud.travelling && !view.travelling) || cloud.count <= FEW) pointing.update();
    this.askForNext();
  }

  private askForNext(): void {
    const { cloud, view, renderer } = this.parts;
    if (cloud.travelling || view.travelling || this.dirty) {
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
