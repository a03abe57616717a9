import { Cloud } from "./cloud";
import { Emitter } from "./emitter";
import { FrameLoop } from "./frame-loop";
import { listenForGestures } from "./gestures";
import { createMarks, flagMarks, renumberMarks } from "./marks";
import { Minimap } from "./minimap";
import { Pace } from "./pace";
import { type Pointed, Pointing } from "./pointing";
import { Renderer } from "./renderer";
import type {
  PictureOptions,
  Scatter,
  ScatterEvents,
  ScatterLine,
  ScatterOptions,
  ScatterPoints,
  ScatterRegion,
  ScatterState,
  ScatterTheme,
  ScatterTool,
  ScatterView,
} from "./types";
import { View } from "./view";

/** Milliseconds that points travel to their new places: long enough to follow one with the eyes. */
const TRAVEL = 650;
/** Milliseconds in which new points grow in, when none travels. */
const GROW = 280;
/** Milliseconds of `fit`. */
const FIT = 400;
/** While a layout streams, the camera follows in steps at least this long, so that it doesn't jitter. */
const FOLLOW = 250;
/** Up to this many points the one below the pointer is looked for while they travel. */
const FEW = 50_000;
/** So long after a motion all points are drawn again, where only a part could follow it, milliseconds. */
const REFINE = 160;
/** While the pointer holds the map still, what is due is done after this many milliseconds. */
const SETTLE = 60;

/** The map as the app sees it: takes points and marks, tells what the pointer does, and draws when something changed. */
export class ScatterMap implements Scatter {
  private readonly events = new Emitter<ScatterEvents>();
  private readonly cloud = new Cloud();
  private readonly marks = createMarks();
  private readonly loop = new FrameLoop((now) => this.frame(now));
  private readonly camera: View;
  private readonly renderer: Renderer;
  private readonly closed = new AbortController();
  private readonly motion: { readonly matches: boolean };
  private thumbnailsOn = true;
  private minimapOn = false;
  private readonly minimap: Minimap;
  private readonly pointing: Pointing;
  private readonly pace = new Pace();
  /** The part of the points drawn in the last frame. */
  private share = 1;
  /** When the camera or the points last moved. */
  private movedAt = Number.NEGATIVE_INFINITY;
  private dirty = true;
  private overlayDirty = false;
  /** True when a frame is due once things have settled. */
  private later = false;

  /** See `createScatter`. */
  constructor(container: HTMLElement, options: ScatterOptions) {
    const { reducedMotion, insets, theme } = options;
    this.motion =
      reducedMotion === undefined
        ? window.matchMedia("(prefers-reduced-motion: reduce)")
        : { matches: reducedMotion };
    this.camera = new View(this.cloud, insets);
    this.renderer = new Renderer(
      container,
      { cloud: this.cloud, marks: this.marks, view: this.camera, theme },
      { resized: () => this.resized(), context: (lost) => this.contextChanged(lost) },
      () => this.invalidate(),
    );
    this.minimap = new Minimap(
      this.renderer.stage.root,
      { cloud: this.cloud, view: this.camera, theme, corner: options.minimapCorner ?? "top right" },
      {
        moveTo: (x, y) => {
          this.camera.centreOn(x, y);
          this.invalidate();
        },
      },
    );
    this.pointing = new Pointing(this.renderer.stage.root, this.pointed());
    this.resized();
    const stopGestures = listenForGestures(this.renderer.stage.root, this.pointing.gestures());
    const { signal } = this.closed;
    signal.addEventListener("abort", stopGestures);
    document.fonts?.addEventListener("loadingdone", () => this.fontsChanged(), { signal });
  }

  setPoints(points: ScatterPoints): void {
    const now = performance.now();
    const wasEmpty = this.cloud.visible === 0;
    const turned = this.cloud.dimensions !== points.dimensions;
    let travel = 0;
    const successors = this.cloud.replace(points, now, (_known, moving) => {
      travel = this.still ? 0 : moving > 0 ? TRAVEL : GROW;
      return travel;
    });
    renumberMarks(this.marks, successors);
    this.renderer.labels.renumber(successors);
    this.renderer.thumbnails.reset();
    this.renderer.surveyor.restart();
    flagMarks(this.cloud, this.marks);
    this.renderer.pointsReplaced();
    this.placesChanged();
    if (wasEmpty || turned || !this.camera.moved) this.camera.fit(null, now, wasEmpty ? 0 : travel);
    this.invalidate();
  }

  setPositions(positions: Float32Array, travel = 0): void {
    const now = performance.now();
    const duration = this.still ? 0 : travel;
    const wasEmpty = this.cloud.visible === 0;
    this.movedAt = now;
    this.renderer.pointsMoved(this.cloud.move(positions, now, duration));
    this.placesChanged();
    if (!this.camera.moved || wasEmpty) {
      this.camera.fit(null, now, wasEmpty || this.still ? 0 : Math.max(duration, FOLLOW));
    }
    this.invalidate();
  }

  setColours(colours: Uint8Array): void {
    this.cloud.recolour(colours);
    this.renderer.coloursChanged();
    this.minimap.pointsChanged();
    this.invalidate();
  }

  setVisible(mask: Uint8Array | null): void {
    if (mask && mask.length < this.cloud.count) {
      throw new RangeError(`a mask of ${mask.length} entries for ${this.cloud.count} points`);
    }
    this.cloud.filter(mask);
    this.renderer.pointsFiltered();
    this.placesChanged();
    this.invalidate();
  }

  setSelection(indices: readonly number[]): void {
    this.marks.selection = [...indices];
    this.marksChanged();
  }

  setHover(index: number | null): void {
    if (this.marks.hovered === index) return;
    this.marks.hovered = index;
    this.invalidateOverlay();
  }

  setEmphasis(indices: readonly number[] | null): void {
    this.marks.emphasis = indices && [...indices];
    this.marksChanged();
  }

  setLines(lines: readonly ScatterLine[]): void {
    this.marks.lines = [...lines];
    this.marksChanged();
  }

  setRegions(regions: readonly ScatterRegion[]): void {
    this.renderer.labels.regions.set(regions);
    this.renderer.surveyor.due = true;
    this.invalidate();
  }

  setTheme(theme: ScatterTheme): void {
    this.renderer.setTheme(theme);
    this.minimap.setTheme(theme);
    this.invalidate();
  }

  setTool(tool: ScatterTool): void {
    this.pointing.tool = tool;
  }

  setMinimap(shown: boolean): void {
    this.minimapOn = shown;
    this.minimap.set(shown);
    this.invalidate();
  }

  setThumbnails(shown: boolean): void {
    this.thumbnailsOn = shown;
    this.renderer.surveyor.due = true;
    this.invalidate();
  }

  fit(indices?: readonly number[], travel = FIT): void {
    this.camera.fit(indices ?? null, performance.now(), this.still ? 0 : travel);
    this.invalidate();
  }

  zoomBy(factor: number): void {
    const { width, height } = this.camera.lens;
    this.zoom(factor, width / 2, height / 2, true);
  }

  orbitBy(yaw: number, pitch: number): void {
    this.camera.orbitBy(yaw, pitch);
    this.invalidate();
  }

  panBy(x: number, y: number): void {
    this.camera.panBy(x, y);
    this.invalidate();
  }

  view(): ScatterView {
    return this.camera.describe();
  }

  get(): ScatterState {
    const { marks, cloud } = this;
    return {
      view: this.view(),
      tool: this.pointing.tool,
      selection: [...marks.selection],
      hovered: marks.hovered,
      thumbnails: this.thumbnailsOn,
      minimap: this.minimapOn,
      counts: { points: cloud.count, visible: cloud.visible, selected: marks.selection.length },
      lost: this.renderer.stage.lost,
      memory: this.renderer.memory(),
      surveyMilliseconds: this.renderer.surveyor.lastCost,
      pickMilliseconds: this.renderer.picker.longest,
    };
  }

  pick(x: number, y: number): number | null {
    this.camera.refresh();
    return this.renderer.picker.pick(this.renderer.aim(x, y));
  }

  locate(index: number): { x: number; y: number } | null {
    this.camera.refresh();
    return this.renderer.locate(index);
  }

  async picture(options: PictureOptions): Promise<Blob> {
    const { takePicture } = await import("./picture/picture");
    // Labels and pictures of a map in motion lag behind it.
    this.settle();
    const thumbnail = (index: number) => this.cloud.source.thumbnail?.(index);
    return takePicture(this.renderer, thumbnail, {
      ...options,
      theme: options.theme ?? this.renderer.theme,
    });
  }

  on<K extends keyof ScatterEvents>(event: K, listener: (detail: ScatterEvents[K]) => void): () => void {
    return this.events.on(event, listener);
  }

  dispose(): void {
    this.closed.abort();
    this.loop.stop();
    this.minimap.dispose();
    this.renderer.dispose();
    this.events.clear();
  }

  /** True when nothing may travel or glide. */
  private get still(): boolean {
    return this.motion.matches;
  }

  /** @param whole true: with labels and pictures for exactly this view, however long it takes to decide them. */
  private frame(now: number, whole = false): void {
    const travelled = this.cloud.travelling;
    this.cloud.tick(now);
    const viewChanged = this.camera.tick(now);
    const moving = this.cloud.travelling || this.camera.travelling || this.pointing.held;
    if (viewChanged || travelled) {
      this.movedAt = now;
      this.renderer.viewChanged();
      this.pointing.stale = true;
      this.dirty = true;
    }
    const inMotion = now - this.movedAt < REFINE;
    // All points are drawn once a motion is over that only a part of them could follow.
    if (!inMotion && this.share < 1) this.dirty = true;
    if (this.dirty || this.overlayDirty || this.renderer.surveyor.busy) {
      const { thumbnailsOn, dirty: scene, overlayDirty: overlay } = this;
      const { shape } = this.pointing;
      if (scene) this.share = inMotion ? this.pace.moving(now, this.cloud.count) : 1;
      if (!inMotion) this.pace.rest();
      this.dirty = this.overlayDirty = false;
      const { share } = this;
      this.renderer.draw(now, { moving, thumbnailsOn, shape, scene, overlay, share, whole });
      if (this.minimap.draw(now, this.renderer.stage.pixelRatio)) this.later = true;
    }
    if (viewChanged) this.events.emit("view", this.view());
    // Among many points that move, looking for the one below the pointer would take a part of every frame.
    if (!this.cloud.travelling && !this.camera.travelling) this.pointing.update();
    else if (this.cloud.count <= FEW) this.pointing.update();
    if (this.cloud.travelling || this.camera.travelling || this.dirty || this.renderer.thumbnails.busy) {
      this.dirty = true;
      this.loop.request();
    } else if (this.renderer.surveyor.busy) {
      this.loop.request();
    } else if (this.share < 1) {
      this.loop.requestIn(REFINE);
    } else if (this.renderer.surveyor.due || this.later) {
      this.later = false;
      // The pointer holds the map still: the labels are decided now.
      this.overlayDirty = true;
      this.loop.requestIn(SETTLE);
    }
  }

  /** Draws a frame at once, with all points, and with labels and pictures for exactly this view. */
  private settle(): void {
    this.renderer.surveyor.restart();
    this.movedAt = Number.NEGATIVE_INFINITY;
    this.dirty = true;
    this.frame(performance.now(), true);
  }

  /** What lies above the points has changed: they need not be drawn anew. */
  private invalidateOverlay(): void {
    this.overlayDirty = true;
    this.loop.request();
  }

  private invalidate(): void {
    this.dirty = true;
    this.loop.request();
  }

  private resized(): void {
    // The first size is told while the renderer is still being made.
    if (!this.renderer) return;
    const { width, height } = this.renderer.stage;
    this.camera.resize(width, height);
    // How long a label may be depends on the width of the view.
    this.renderer.labels.forgetWidths();
    this.camera.pointsChanged();
    if (!this.camera.moved) this.camera.fit(null, performance.now(), 0);
    this.renderer.surveyor.due = true;
    this.pointing.stale = true;
    // Setting a canvas's size empties it: drawing at once avoids a blank frame.
    this.dirty = true;
    this.frame(performance.now());
  }

  private contextChanged(lost: boolean): void {
    if (!lost) this.renderer.restored();
    this.events.emit("context", { lost });
    this.invalidate();
  }

  private fontsChanged(): void {
    this.renderer.labels.forgetWidths();
    this.renderer.surveyor.due = true;
    this.invalidate();
  }

  /** Points were replaced, moved or hidden. */
  private placesChanged(): void {
    this.camera.pointsChanged();
    this.minimap.pointsChanged();
    this.pointing.stale = true;
  }

  private marksChanged(): void {
    flagMarks(this.cloud, this.marks);
    this.renderer.marksChanged();
    this.invalidate();
  }

  private zoom(factor: number, x: number, y: number, smooth: boolean): void {
    if (smooth && !this.still) this.camera.glideAt(factor, x, y, performance.now());
    else this.camera.zoomAt(factor, x, y);
    this.invalidate();
  }

  /** What the pointer does to the map. */
  private pointed(): Pointed {
    return {
      inSpace: () => this.cloud.dimensions === 3,
      seek: (x, y, done) => {
        this.camera.refresh();
        return this.renderer.picker.seek(this.renderer.aim(x, y), done);
      },
      enclosed: (polygon, done) => this.renderer.picker.enclosed(polygon, done),
      hovered: () => this.marks.hovered,
      hover: (index) => this.setHover(index),
      drag: (dx, dy, shift) => {
        this.camera.drag(dx, dy, shift);
        this.invalidate();
      },
      zoom: (factor, x, y, smooth) => this.zoom(factor, x, y, smooth),
      redraw: () => this.invalidateOverlay(),
      look: () => this.loop.request(),
      tell: (event, detail) => this.events.emit(event, detail),
    };
  }
}
