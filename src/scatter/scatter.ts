import type { NamedError } from "../core/errors";
import { Cloud } from "./cloud";
import { Contents } from "./contents";
import { Emitter } from "./emitter";
import { Frames } from "./frames";
import { listenForGestures } from "./gestures";
import { createMarks } from "./marks";
import { Minimap } from "./minimap";
import { pointedMap } from "./pointed";
import { Pointing } from "./pointing";
import { Renderer } from "./renderer";
import type {
  PictureOptions,
  Scatter,
  ScatterBox,
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
  private readonly contents: Contents;

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
      inView: (any) => events.emit("inView", { any }),
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
        settle: () => this.contents.finish(),
        hover: (index) => this.setHover(index),
        zoom: (...how) => this.zoom(...how),
      },
    );
    this.pointing = new Pointing(root, pointed);
    const { minimap, pointing } = this;
    const drawn = { cloud, view, renderer, minimap, pointing };
    this.frames = new Frames(drawn, () => events.emit("view", view.describe()));
    this.contents = new Contents({ ...drawn, marks, frames: this.frames }, () => this.still);
    this.resized();
    const stopGestures = listenForGestures(root, pointing.gestures());
    const { signal } = this.closed;
    signal.addEventListener("abort", stopGestures);
    document.fonts?.addEventListener("loadingdone", () => this.fontsChanged(), { signal });
  }

  setPoints(points: ScatterPoints): void {
    this.contents.setPoints(points);
  }

  setPositions(positions: Float32Array, travel = 0): void {
    this.contents.setPositions(positions, travel);
  }

  setColours(colours: Uint8Array): void {
    this.contents.setColours(colours);
  }

  setVisible(mask: Uint8Array | null): void {
    this.contents.setVisible(mask);
  }

  setSelection(indices: readonly number[]): void {
    this.contents.setSelection(indices);
  }

  setHover(index: number | null): void {
    this.contents.setHover(index);
  }

  setEmphasis(indices: readonly number[] | null): void {
    this.contents.setEmphasis(indices);
  }

  setLines(lines: readonly ScatterLine[]): void {
    this.contents.setLines(lines);
  }

  setRegions(regions: readonly ScatterRegion[]): void {
    this.contents.setRegions(regions);
  }

  setCovered(boxes: readonly ScatterBox[]): void {
    this.renderer.labels.covered = boxes.map((box) => ({ ...box }));
    this.renderer.surveyor.due = true;
    this.frames.invalidateOverlay();
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

  setFrames(shown: boolean): void {
    this.renderer.setFrames(shown);
    this.frames.invalidate();
  }

  fit(indices?: readonly number[], travel = FIT): void {
    this.contents.fit(indices ?? null, travel);
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
    this.contents.finish();
    return this.camera.describe();
  }

  get(): ScatterState {
    this.contents.finish();
    const { marks, cloud } = this;
    return {
      view: this.view(),
      tool: this.pointing.tool,
      selection: [...marks.selection],
      hovered: marks.hovered,
      thumbnails: this.frames.thumbnails,
      frames: this.renderer.thumbnails.framed,
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
    this.contents.finish();
    this.camera.refresh();
    return this.renderer.picker.pick(this.renderer.aim(x, y));
  }

  locate(index: number): { x: number; y: number } | null {
    this.contents.finish();
    this.camera.refresh();
    return this.renderer.locate(index);
  }

  async picture(options: PictureOptions): Promise<Blob> {
    const { takePicture } = await import("./picture/picture");
    await this.frames.painterHasTime();
    this.contents.finish();
    // Labels and pictures of a map in motion lag behind it.
    this.frames.settle();
    return takePicture(this.renderer, (index) => this.cloud.source.thumbnail?.(index), options);
  }

  drawn(): Promise<void> {
    return new Promise((resolve) => this.contents.afterwards(() => resolve(this.frames.drawn())));
  }

  on<K extends keyof ScatterEvents>(event: K, listener: (detail: ScatterEvents[K]) => void): () => void {
    return this.events.on(event, listener);
  }

  dispose(): void {
    this.closed.abort();
    this.contents.stop();
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
    this.contents.finish();
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
    this.contents.finish();
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

  private zoom(factor: number, x: number, y: number, smooth: boolean): void {
    if (smooth && !this.still) this.camera.glideAt(factor, x, y, performance.now());
    else this.camera.zoomAt(factor, x, y);
    this.frames.invalidate();
  }
}
