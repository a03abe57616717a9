import { type Cloud, Flag, type Stale } from "./cloud";
import { InkRecorder } from "./ink/recorder";
import { replay } from "./ink/replay";
import { LabelLayer } from "./labels/label-layer";
import { LinesLayer } from "./lines-layer";
import type { Marks } from "./marks";
import { Overlay, type OverlaySizes } from "./overlay";
import { type Aim, Picker } from "./picking";
import { drawnDots, drawnLines } from "./picture/drawn";
import { PointsLayer } from "./points-layer";
import { Projector } from "./projector";
import { Sizes } from "./sizes";
import { Stage, type StageListener } from "./stage";
import { Surveyor } from "./survey";
import { ThumbnailsLayer } from "./thumbnails-layer";
import type { ScatterTheme } from "./types";
import { applyTheme, createUniforms } from "./uniforms";
import type { View } from "./view";

/** Share of a colour that the farthest points of a map in space give to the background. */
const FOG = 0.5;
/** While pictures come in, the map is drawn anew with them no more often than this, milliseconds. */
const GATHER = 200;
/** Milliseconds after which it is asked again whether programs are compiled. */
const POLL = 10;

/** Draws the map: owns the layers and keeps them in step with the cloud, the marks and the view. */
export class Renderer {
  readonly stage: Stage;
  readonly labels: LabelLayer;
  readonly picker: Picker;
  readonly thumbnails: ThumbnailsLayer;
  readonly surveyor: Surveyor;
  private readonly sizes: Sizes;
  private readonly uniforms = createUniforms();
  private readonly points: PointsLayer;
  private readonly lines: LinesLayer;
  private readonly overlay: Overlay;
  private readonly ink = new InkRecorder();
  private readonly projector: Projector;
  private readonly cloud: Cloud;
  private readonly marks: Marks;
  private readonly view: View;
  private styleStale = false;
  /** True when pictures have come that are not drawn yet. */
  private arrived = false;
  theme: ScatterTheme;

  /** @param refresh called when a frame is needed for a reason of the renderer's own: a picture arrived. */
  constructor(
    container: HTMLElement,
    parts: { cloud: Cloud; marks: Marks; view: View; theme: ScatterTheme },
    listener: StageListener,
    refresh: () => void,
  ) {
    const { cloud, marks, view, theme } = parts;
    this.cloud = cloud;
    this.marks = marks;
    this.view = view;
    this.theme = theme;
    this.stage = new Stage(container, listener);
    this.sizes = new Sizes(cloud, view);
    this.projector = new Projector(cloud, view.lens, view.matrix);
    this.uniforms.uMatrix.value = view.matrix;
    this.points = new PointsLayer(this.uniforms, this.stage.programs);
    this.lines = new LinesLayer(this.uniforms);
    this.thumbnails = new ThumbnailsLayer(cloud, this.uniforms, this.stage, refresh);
    this.labels = new LabelLayer(cloud, this.projector, container.ownerDocument, theme);
    this.overlay = new Overlay(cloud, this.projector, theme);
    this.picker = new Picker(cloud, this.projector, this.thumbnails);
    this.surveyor = new Surveyor({
      cloud,
      marks,
      projector: this.projector,
      picker: this.picker,
      thumbnails: this.thumbnails,
      labels: this.labels,
    });
    this.stage.add(this.points.all);
    this.stage.add(this.points.marked);
    this.setTheme(theme);
  }

  setTheme(theme: ScatterTheme): void {
    applyTheme(this.uniforms, theme);
    this.theme = theme;
    this.stage.setBackground(theme.background);
    this.labels.setTheme(theme);
    this.overlay.setTheme(theme);
    this.surveyor.due = true;
  }

  /** The points were replaced: sends them to the GPU. */
  pointsReplaced(): void {
    this.points.upload(this.cloud);
    this.points.setMarked(this.marks.selection);
    this.styleStale = false;
    this.placed();
  }

  /** The points were moved: sends what that made stale. */
  pointsMoved(stale: Stale): void {
    this.points.uploadPlaces(stale);
    this.placed();
  }

  /** Points were hidden or shown. */
  pointsFiltered(): void {
    this.styleStale = true;
    this.sizes.pointsChanged();
    this.setLines();
    this.surveyor.due = true;
  }

  /** The points' colours were changed. */
  coloursChanged(): void {
    this.styleStale = true;
  }

  /** Points were selected, or others are emphasised. */
  flagsChanged(): void {
    this.points.setMarked(this.marks.selection);
    this.surveyor.due = true;
    this.styleStale = true;
  }

  /** Other lines are to be drawn. */
  linesChanged(): void {
    this.setLines();
    this.surveyor.due = true;
  }

  /** The camera moved, or a frame of a travel went by. */
  viewChanged(): void {
    this.surveyor.due = true;
  }

  /** The GPU's context came back empty. */
  restored(): void {
    this.thumbnails.contextLost();
    this.pointsReplaced();
  }

  /**
   * Draws one frame, as far as anything in it has changed.
   *
   * @param frame `moving`: true while the camera or the points move, then labels and pictures are decided now and then
   *   only. `shape`: a lasso or box being drawn. `scene`, `overlay`: whether the points, and what lies above them, are to be
   *   drawn anew whatever else happens. `share`: the part of the points that is drawn. `whole`: labels are to be decided
   *   to the end, however long that takes.
   */
  draw(
    now: number,
    frame: {
      moving: boolean;
      thumbnails: boolean;
      shape: readonly number[] | null;
      scene: boolean;
      overlay: boolean;
      share: number;
      whole: boolean;
    },
  ): void {
    const { cloud, view } = this;
    const { moving } = frame;
    let { scene } = frame;
    const { makeshift } = this.points;
    if (this.stage.advance()) {
      scene = true;
      this.surveyor.due = true;
    }
    this.sizes.update(now, moving, frame.thumbnails, frame.share);
    this.applyView(frame.share);
    if (makeshift && !this.points.makeshift) scene = true;
    this.takePictures(now);
    const surveyed = this.surveyor.work(now, moving, this.sizes, view.magnification, frame.whole);
    if (surveyed.flags) this.styleStale = true;
    if (this.styleStale) {
      this.points.uploadStyle();
      this.styleStale = false;
      scene = true;
    }
    this.uniforms.uMix.value = cloud.mix;
    if (scene) this.stage.render();
    this.stage.compile();
    if (scene || frame.overlay || surveyed.labels) this.drawOverlay(frame.shape);
  }

  /** True while labels are being placed, programs compiled or pictures taken in: more frames are needed, though nothing may change in them. */
  get busy(): boolean {
    return this.surveyor.busy || this.stage.busy || this.thumbnails.busy || this.arrived;
  }

  /** Resolves once all that is to be drawn can be. */
  async programsThere(): Promise<void> {
    while (this.stage.busy) {
      this.stage.advance();
      this.stage.compile();
      await new Promise((resolve) => setTimeout(resolve, POLL));
    }
  }

  /** What the picker has to know of a place, in CSS pixels. */
  aim(x: number, y: number): Aim {
    return { x, y, dotRadius: this.sizes.dots.radius, labelAt: (atX, atY) => this.labels.at(atX, atY) };
  }

  /** Where a point is drawn, in CSS pixels, or null when it isn't drawn or outside the view. */
  locate(index: number): { x: number; y: number } | null {
    const spot = { x: 0, y: 0, w: 1 };
    if (!(index >= 0 && index < this.cloud.count) || !this.projector.at(index, spot)) return null;
    return this.projector.inView(spot) ? { x: spot.x, y: spot.y } : null;
  }

  /** Draws points, lines and pictures into a canvas, at `scale` pixels per CSS pixel; see `Stage.renderInto`. */
  paint(context: CanvasRenderingContext2D, scale: number, theme: ScatterTheme): void {
    applyTheme(this.uniforms, theme);
    this.uniforms.uPixelRatio.value = scale;
    try {
      this.stage.renderInto(context, scale, theme.background);
    } finally {
      this.uniforms.uPixelRatio.value = this.stage.pixelRatio;
      applyTheme(this.uniforms, this.theme);
      this.stage.setBackground(this.theme.background);
    }
  }

  /** Draws the selection's ring and labels; the context is in CSS pixels. */
  paintOverlay(context: CanvasRenderingContext2D, pixelRatio: number, theme: ScatterTheme): void {
    const ink = new InkRecorder();
    this.overlay.drawRings(ink, this.chosen, this.overlaySizes(), theme);
    this.labels.draw(ink, pixelRatio, theme);
    replay(ink.take(), context);
  }

  /** All that is drawn now, as shapes and texts; `dots` is null when there are more than `most` of them in view. */
  describe(theme: ScatterTheme, most: number) {
    const { cloud, projector, thumbnails, marks, view } = this;
    const pictures = thumbnails.presence > 0.5;
    const spot = { x: 0, y: 0, w: 1 };
    const look = { ...this.sizes.dots, fog: FOG * view.perspective, pictures };
    return {
      dots: drawnDots(cloud, projector, look, theme, most),
      lines: drawnLines(marks.lines, projector, cloud.count),
      pictures: (pictures ? thumbnails.shown : []).flatMap((index) => {
        if (!projector.at(index, spot) || !projector.inView(spot, thumbnails.side)) return [];
        const reach = (thumbnails.side / 2) * projector.scale(spot);
        const dimmed = cloud.has(index, Flag.dimmed);
        return { index, x: spot.x, y: spot.y, reach, alpha: dimmed ? 0.2 : 1 };
      }),
      rings: this.overlay.rings(this.chosen, this.overlaySizes(), theme),
      texts: this.labels.describe(),
    };
  }

  /** Bytes held for the points; see `ScatterState.memory`. */
  memory(): { cpu: number; gpu: number } {
    return { cpu: this.cloud.bytes + this.picker.bytes, gpu: this.points.bytes };
  }

  dispose(): void {
    this.picker.dispose();
    this.points.dispose();
    this.lines.dispose();
    this.thumbnails.dispose();
    this.uniforms.uPalette.value.dispose();
    this.stage.dispose();
  }

  private overlaySizes(): OverlaySizes {
    return {
      dotRadius: this.sizes.dots.radius,
      thumbnailReach: this.thumbnails.side / 2,
      pictures: this.thumbnails.presence > 0.5,
    };
  }

  /** The marks without what only the pointer is about: in a picture there is none. */
  private get chosen(): Marks {
    return { ...this.marks, hovered: null };
  }

  /** Sends pictures to the GPU, and has them drawn, many at a time. */
  private takePictures(now: number): void {
    if (this.thumbnails.receive()) this.arrived = true;
    if (!this.arrived || (this.thumbnails.loading && now - this.surveyor.lastTime < GATHER)) return;
    this.arrived = false;
    this.surveyor.due = true;
  }

  private setLines(): void {
    this.lines.set(this.marks.lines, this.cloud);
    if (this.lines.object.visible) this.stage.add(this.lines.object);
  }

  private placed(): void {
    this.sizes.pointsChanged();
    this.setLines();
    this.thumbnails.placesChanged();
    this.picker.pointsChanged();
    this.surveyor.due = true;
  }

  private applyView(share: number): void {
    const { cloud, view, uniforms, projector, sizes } = this;
    projector.near = view.near;
    projector.far = view.far;
    uniforms.uDepth.value.set(view.near, view.far, FOG * view.perspective);
    uniforms.uViewport.value.set(view.lens.width, view.lens.height);
    uniforms.uPixelRatio.value = this.stage.pixelRatio;
    this.thumbnails.setStyle(sizes.thumbnailSide, sizes.presence);
    this.points.setStyle(sizes.dots, sizes.presence, cloud.travelling, share);
  }

  private drawOverlay(shape: readonly number[] | null): void {
    const { ink, stage } = this;
    const { pixelRatio, width, height } = stage;
    ink.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    ink.clearRect(0, 0, width, height);
    // Chromium may keep showing the last frame when one is only cleared: a pixel of background makes it a new one.
    ink.fillStyle = this.theme.background;
    ink.fillRect(0, 0, 1, 1);
    const { hovered, selection } = this.marks;
    if (hovered !== null && hovered !== selection[0]) {
      this.overlay.drawHovered(ink, hovered, this.overlaySizes());
    }
    this.overlay.drawRings(ink, this.marks, this.overlaySizes(), this.theme);
    this.labels.draw(ink, pixelRatio, this.theme);
    this.labels.drawAbove(ink, pixelRatio, this.theme, hovered);
    if (shape) this.overlay.drawShape(ink, shape);
    const list = ink.take();
    replay(list, stage.overlay);
    ink.reuse(list);
  }
}
