import { Cloud, Flag } from "./cloud";
import { Emitter } from "./emitter";
import { FrameLoop } from "./frame-loop";
import { type GestureListener, listenForGestures } from "./gestures";
import { createMarks, renumberMarks } from "./marks";
import { Renderer } from "./renderer";
import type {
  Scatter,
  ScatterEvents,
  ScatterLine,
  ScatterOptions,
  ScatterPoints,
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
/** A double click zooms by this factor. */
const DOUBLE_CLICK_ZOOM = 2;
/** While the pointer holds the map still, what is due is done after this many milliseconds. */
const SETTLE = 60;
/** Flags set and cleared together with each change of the selection, the hover and the emphasis. */
const MARK_FLAGS = Flag.selected | Flag.front | Flag.dimmed;

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
  private tool: ScatterTool = "pan";
  private thumbnailsOn = true;
  private shape: readonly number[] | null = null;
  private pointer: { x: number; y: number } | null = null;
  private pointerStale = false;
  private held = false;
  /** True while the hovered point is the pointer's, not one that the app named. */
  private hovering = false;
  private dirty = true;

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
    this.resized();
    const stopGestures = listenForGestures(this.renderer.stage.root, this.gestures());
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
    this.flagMarks();
    this.renderer.pointsChanged();
    this.camera.pointsChanged();
    if (wasEmpty || turned || !this.camera.moved) this.camera.fit(null, now, wasEmpty ? 0 : travel);
    this.pointerStale = true;
    this.invalidate();
  }

  setPositions(positions: Float32Array, travel = 0): void {
    const now = performance.now();
    const duration = this.still ? 0 : travel;
    const wasEmpty = this.cloud.visible === 0;
    this.cloud.move(positions, now, duration);
    this.renderer.pointsChanged();
    this.camera.pointsChanged();
    if (!this.camera.moved || wasEmpty) {
      this.camera.fit(null, now, wasEmpty || this.still ? 0 : Math.max(duration, FOLLOW));
    }
    this.pointerStale = true;
    this.invalidate();
  }

  setSelection(indices: readonly number[]): void {
    this.marks.selection = [...indices];
    this.marksChanged();
  }

  setHover(index: number | null): void {
    if (this.marks.hovered === index) return;
    this.marks.hovered = index;
    this.marksChanged();
  }

  setEmphasis(indices: readonly number[] | null): void {
    this.marks.emphasis = indices && [...indices];
    this.marksChanged();
  }

  setLines(lines: readonly ScatterLine[]): void {
    this.marks.lines = [...lines];
    this.marksChanged();
  }

  setTheme(theme: ScatterTheme): void {
    this.renderer.setTheme(theme);
    this.invalidate();
  }

  setTool(tool: ScatterTool): void {
    this.tool = tool;
    this.showCursor();
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

  panBy(x: number, y: number): void {
    this.camera.panBy(x, y);
    this.invalidate();
  }

  view(): ScatterView {
    return this.camera.describe();
  }

  pick(x: number, y: number): number | null {
    this.camera.refresh();
    return this.renderer.pick(x, y);
  }

  locate(index: number): { x: number; y: number } | null {
    this.camera.refresh();
    return this.renderer.locate(index);
  }

  on<K extends keyof ScatterEvents>(event: K, listener: (detail: ScatterEvents[K]) => void): () => void {
    return this.events.on(event, listener);
  }

  dispose(): void {
    this.closed.abort();
    this.loop.stop();
    this.renderer.dispose();
    this.events.clear();
  }

  /** True when nothing may travel or glide. */
  private get still(): boolean {
    return this.motion.matches;
  }

  private frame(now: number): void {
    const travelled = this.cloud.travelling;
    this.cloud.tick(now);
    const viewChanged = this.camera.tick(now);
    const moving = this.cloud.travelling || this.camera.travelling || this.held;
    if (viewChanged || travelled) {
      this.renderer.surveyor.due = true;
      this.pointerStale = true;
      this.dirty = true;
    }
    if (this.dirty) {
      this.dirty = false;
      this.renderer.draw(now, moving, this.thumbnailsOn, this.shape);
    }
    if (viewChanged) this.events.emit("view", this.view());
    this.updateHover();
    if (this.cloud.travelling || this.camera.travelling || this.dirty || this.renderer.thumbnails.busy) {
      this.dirty = true;
      this.loop.request();
    } else if (this.renderer.surveyor.due) {
      // The pointer holds the map still: the labels are decided now.
      this.dirty = true;
      this.loop.requestIn(SETTLE);
    }
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
    this.pointerStale = true;
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

  private marksChanged(): void {
    this.flagMarks();
    this.renderer.marksChanged();
    this.invalidate();
  }

  /** Writes the marks into the points' flags. */
  private flagMarks(): void {
    const { cloud, marks } = this;
    cloud.flagAll(MARK_FLAGS, false);
    if (marks.emphasis) {
      cloud.flagAll(Flag.dimmed, true);
      for (const index of marks.emphasis) cloud.flag(index, Flag.dimmed, false);
    }
    marks.selection.forEach((index, at) => {
      cloud.flag(index, Flag.dimmed, false);
      // The first has a ring of its own on the overlay.
      cloud.flag(index, at === 0 ? Flag.front : Flag.selected, true);
    });
    if (marks.hovered !== null) {
      cloud.flag(marks.hovered, Flag.dimmed, false);
      cloud.flag(marks.hovered, Flag.front, true);
    }
  }

  private zoom(factor: number, x: number, y: number, smooth: boolean): void {
    if (smooth && !this.still) this.camera.glideAt(factor, x, y, performance.now());
    else this.camera.zoomAt(factor, x, y);
    this.invalidate();
  }

  private updateHover(): void {
    if (!this.pointerStale) return;
    this.pointerStale = false;
    const { pointer } = this;
    const index = pointer && !this.held && this.tool === "pan" ? this.pick(pointer.x, pointer.y) : null;
    if (index === this.marks.hovered || (!pointer && !this.hovering)) return;
    this.hovering = index !== null;
    this.setHover(index);
    this.showCursor();
    this.events.emit("hover", { index, x: pointer?.x ?? 0, y: pointer?.y ?? 0 });
  }

  private showCursor(): void {
    const { style } = this.renderer.stage.root;
    if (this.tool === "lasso") style.cursor = "crosshair";
    else if (this.held) style.cursor = "grabbing";
    else style.cursor = this.hovering ? "pointer" : "default";
  }

  private gestures(): GestureListener {
    const inSpace = () => this.cloud.dimensions === 3;
    return {
      hover: (at) => {
        this.pointer = at;
        this.pointerStale = true;
        this.loop.request();
      },
      click: (x, y, extend) => this.events.emit("pick", { index: this.pick(x, y), extend }),
      doubleClick: (x, y) => this.zoom(DOUBLE_CLICK_ZOOM, x, y, true),
      grab: (held) => {
        this.held = held;
        this.showCursor();
        this.loop.request();
      },
      drag: (dx, dy, shift) => {
        this.camera.drag(dx, dy, shift);
        this.invalidate();
      },
      zoom: (factor, x, y, smooth) => this.zoom(factor, x, y, smooth),
      draw: (polygon) => {
        this.shape = polygon;
        this.invalidate();
      },
      enclose: (polygon, extend) => {
        this.events.emit("enclose", { indices: this.renderer.picker.enclosed(polygon), extend });
      },
      mode: ({ shift, secondary }) => {
        if (secondary) return "shift-move";
        if (this.tool === "lasso") return "lasso";
        if (shift) return inSpace() ? "shift-move" : "box";
        return "move";
      },
    };
  }
}
