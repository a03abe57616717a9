import type { NamedError } from "../core/errors";
import { Cloud } from "./cloud";
import { Emitter } from "./emitter";
import { Frames } from "./frames";
import { listenForGestures } from "./gestures";
import { Intake } from "./intake";
import { createMarks, flagMarks } from "./marks";
import { Minimap } from "./minimap";
import { pointedMap } from "./pointed";
import { Pointing } from "./pointing";
import { Renderer } from "./renderer";
import { replacing } from "./replace";
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

/** Milliseconds of `fit`. */
const FIT = 400;
/** While a layout streams, the camera follows in steps at least this long, so that it doesn't jitter. */
const FOLLOW = 250;
/** So many points are taken in at once, in a few milliseconds; more in slices, between frames. */
const AT_ONCE = 20_000;

/** The map as the app sees it: takes points and marks, tells what the pointer does, and draws when something changed. */
export class ScatterMap implements Scatter {
  private readonly events = new Emitter<ScatterEvents>();
  private readonly cloud = new Cloud();
  private readonly marks = createMarks();
  private readonly camera: View;
  private readonly renderer: Renderer;
  private readonly closed = new AbortController();
  private readonly motion: { readonly matches: boolean };
  private readonly minimap: Minimap;
  private readonly pointing: Pointing;
  private readonly frames: Frames;
  private readonly intake = new Intake();
  /** How many points there are, with those that are being taken in. */
  private count = 0;

  /** See `createScatter`. */
  constructor(container: HTMLElement, options: ScatterOptions) {
    const { reducedMotion, insets, theme, minimapCorner: corner = "top right" } = options;
    const { cloud, marks, events } = this;
    this.motion =
      reducedMotion === undefined
        ? window.matchMedia("(prefers-reduced-motion: reduce)")
        : { matches: reducedMotion };
    const view = new View(cloud, insets);
    this.camera = view;
    const parts = { cloud, marks, view, theme };
    const renderer = new Renderer(container, parts, {
      resized: () => this.resized(),
      refresh: () => this.frames.look(),
      free: () => this.frames.painterFree(),
      context: (lost, error) => this.contextChanged(lost, error),
      unavailable: (error) => events.emit("unavailable", { error }),
    });
    this.renderer = renderer;
    const { root } = renderer.screen;
    this.minimap = new Minimap(
      root,
      { ...parts, corner },
      {
        moveTo: (x, y) => {
          view.centreOn(x, y);
          this.frames.invalidate();
        },
      },
    );
    const pointed = pointedMap(
      { cloud, marks, view, renderer, events },
      {
        frames: () => this.frames,
        settle: () => this.intake.finish(),
        hover: (index) => this.setHover(index),
        zoom: (...how) => this.zoom(...how),
      },
    );
    this.pointing = new Pointing(root, pointed);
    const { minimap, pointing } = this;
    this.frames = new Frames({ cloud, view, renderer, minimap, pointing }, () =>
      events.emit("view", this.view()),
    );
    this.resized();
    const stopGestures = listenForGestures(root, pointing.gestures());
    const { signal } = this.closed;
    signal.addEventListener("abort", stopGestures);
    document.fonts?.addEventListener("loadingdone", () => this.fontsChanged(), { signal });
  }

  setPoints(points: ScatterPoints): void {
    this.count = points.count;
    this.intake.begin(this.takingIn(points));
    if (points.count <= AT_ONCE) this.intake.finish();
  }

  setPositions(positions: Float32Array, travel = 0): void {
    this.intake.finish();
    const now = performance.now();
    const duration = this.still ? 0 : travel;
    const wasEmpty = this.cloud.visible === 0;
    this.frames.pointsMoved(now);
    this.renderer.pointsMoved(this.cloud.move(positions, now, duration));
    this.placesChanged();
    if (!this.camera.moved || wasEmpty) {
      this.camera.fit(null, now, wasEmpty || this.still ? 0 : Math.max(duration, FOLLOW));
    }
    this.frames.invalidate();
  }

  setColours(colours: Uint8Array): void {
    const kept = this.kept(colours);
    this.intake.afterwards(() => {
      this.cloud.recolour(kept);
      this.renderer.coloursChanged();
      this.minimap.pointsChanged();
      this.frames.invalidate();
    });
  }

  setVisible(mask: Uint8Array | null): void {
    if (mask && mask.length < this.count) {
      throw new RangeError(`a mask of ${mask.length} entries for ${this.count} points`);
    }
    const kept = mask && this.kept(mask);
    this.intake.afterwards(() => {
      // An app says that all are shown whenever it shows other points, and a million are not gone through for nothing.
      if (!kept && !this.cloud.filtered) return;
      this.cloud.filter(kept);
      this.renderer.pointsFiltered();
      this.placesChanged();
      this.frames.invalidate();
    });
  }

  setSelection(indices: readonly number[]): void {
    const selection = [...indices];
    this.intake.afterwards(() => {
      if (selection.length === 0 && this.marks.selection.length === 0) return;
      this.marks.selection = selection;
      this.flagsChanged();
    });
  }

  setHover(index: number | null): void {
    this.intake.afterwards(() => {
      if (this.marks.hovered === index) return;
      this.marks.hovered = index;
      this.frames.invalidateOverlay();
    });
  }

  setEmphasis(indices: readonly number[] | null): void {
    const emphasis = indices && [...indices];
    this.intake.afterwards(() => {
      if (!emphasis && !this.marks.emphasis) return;
      this.marks.emphasis = emphasis;
      this.flagsChanged();
    });
  }

  setLines(lines: readonly ScatterLine[]): void {
    const kept = [...lines];
    this.intake.afterwards(() => {
      this.marks.lines = kept;
      this.renderer.linesChanged();
      this.frames.invalidate();
    });
  }

  setRegions(regions: readonly ScatterRegion[]): void {
    const kept = [...regions];
    this.intake.afterwards(() => {
      this.renderer.labels.regions.set(kept);
      this.renderer.surveyor.due = true;
      this.frames.invalidate();
    });
  }

  setTheme(theme: ScatterTheme): void {
    this.renderer.setTheme(theme);
    this.minimap.setTheme(theme);
    this.frames.invalidate();
  }

  setTool(tool: ScatterTool): void {
    this.pointing.tool = tool;
  }

  setMinimap(shown: boolean): void {
    this.minimap.wanted = shown;
    this.frames.invalidate();
  }

  setThumbnails(shown: boolean): void {
    this.frames.thumbnails = shown;
    this.renderer.surveyor.due = true;
    this.frames.invalidate();
  }

  fit(indices?: readonly number[], travel = FIT): void {
    const kept = indices ? [...indices] : null;
    this.intake.afterwards(() => {
      this.camera.fit(kept, performance.now(), this.still ? 0 : travel);
      this.frames.invalidate();
    });
  }

  zoomBy(factor: number): void {
    const { width, height } = this.camera.lens;
    this.zoom(factor, width / 2, height / 2, true);
  }

  orbitBy(yaw: number, pitch: number): void {
    this.camera.orbitBy(yaw, pitch);
    this.frames.invalidate();
  }

  panBy(x: number, y: number): void {
    this.camera.panBy(x, y);
    this.frames.invalidate();
  }

  view(): ScatterView {
    this.intake.finish();
    return this.camera.describe();
  }

  get(): ScatterState {
    this.intake.finish();
    const { marks, cloud } = this;
    return {
      view: this.view(),
      tool: this.pointing.tool,
      selection: [...marks.selection],
      hovered: marks.hovered,
      thumbnails: this.frames.thumbnails,
      minimap: this.minimap.wanted,
      counts: { points: cloud.count, visible: cloud.visible, selected: marks.selection.length },
      ready: this.frames.isReady,
      lost: this.renderer.painter.lost,
      memory: this.renderer.memory(),
      surveyMilliseconds: this.renderer.surveyor.lastCost,
      pickMilliseconds: this.renderer.picker.longest,
    };
  }

  pick(x: number, y: number): number | null {
    this.intake.finish();
    this.camera.refresh();
    return this.renderer.picker.pick(this.renderer.aim(x, y));
  }

  locate(index: number): { x: number; y: number } | null {
    this.intake.finish();
    this.camera.refresh();
    return this.renderer.locate(index);
  }

  async picture(options: PictureOptions): Promise<Blob> {
    const { takePicture } = await import("./picture/picture");
    await this.frames.painterHasTime();
    this.intake.finish();
    // Labels and pictures of a map in motion lag behind it.
    this.frames.settle();
    return takePicture(this.renderer, (index) => this.cloud.source.thumbnail?.(index), options);
  }

  drawn(): Promise<void> {
    return new Promise((resolve) => this.intake.afterwards(() => resolve(this.frames.drawn())));
  }

  on<K extends keyof ScatterEvents>(event: K, listener: (detail: ScatterEvents[K]) => void): () => void {
    return this.events.on(event, listener);
  }

  dispose(): void {
    this.closed.abort();
    this.intake.stop();
    this.frames.stop();
    this.minimap.dispose();
    this.renderer.dispose();
    this.events.clear();
  }

  /** True when nothing may travel or glide. */
  private get still(): boolean {
    return this.motion.matches;
  }

  private resized(): void {
    // The first size is told while the renderer is still being made.
    if (!this.frames) return;
    this.intake.finish();
    const { width, height } = this.renderer.screen;
    this.camera.resize(width, height);
    // How long a label may be depends on the width of the view.
    this.renderer.labels.forgetWidths();
    this.camera.pointsChanged();
    if (!this.camera.moved) this.camera.fit(null, performance.now(), 0);
    this.renderer.surveyor.due = true;
    this.pointing.stale = true;
    this.frames.drawNow();
  }

  private contextChanged(lost: boolean, error?: NamedError): void {
    this.intake.finish();
    if (!lost) this.renderer.restored();
    this.events.emit("context", error ? { lost, error } : { lost });
    this.frames.invalidate();
    this.frames.painterFree();
  }

  private fontsChanged(): void {
    this.renderer.labels.forgetWidths();
    this.renderer.surveyor.due = true;
    this.frames.invalidate();
  }

  /** Replaces the points, in steps; no frame is drawn meanwhile, so that the last one stays. */
  private *takingIn(points: ScatterPoints): Generator<void> {
    const { cloud, marks, renderer, camera } = this;
    const wasEmpty = cloud.visible === 0;
    const turned = cloud.dimensions !== points.dimensions;
    this.frames.hold();
    try {
      const placesChanged = () => this.placesChanged();
      const travel = yield* replacing({ cloud, marks, renderer }, points, placesChanged, () => this.still);
      if (wasEmpty || turned || !camera.moved) camera.fit(null, performance.now(), wasEmpty ? 0 : travel);
    } finally {
      this.frames.release();
    }
  }

  /** An array of the caller's, who may write to it again before the points that it is about are there. */
  private kept(array: Uint8Array): Uint8Array {
    return this.intake.busy ? array.slice() : array;
  }

  /** Points were replaced, moved or hidden. */
  private placesChanged(): void {
    this.camera.pointsChanged();
    this.minimap.pointsChanged();
    this.pointing.stale = true;
  }

  private flagsChanged(): void {
    flagMarks(this.cloud, this.marks);
    this.renderer.flagsChanged();
    this.frames.invalidate();
  }

  private zoom(factor: number, x: number, y: number, smooth: boolean): void {
    if (smooth && !this.still) this.camera.glideAt(factor, x, y, performance.now());
    else this.camera.zoomAt(factor, x, y);
    this.frames.invalidate();
  }
}
