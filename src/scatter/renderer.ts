import { Above } from "./above";
import type { Cloud, Stale } from "./cloud";
import type { InkList } from "./ink/list";
import type { LabelLayer } from "./labels/label-layer";
import type { Marks } from "./marks";
import { PainterClient, type PainterListener } from "./painter/client";
import type { PictureUpload, SceneLook } from "./painter/methods";
import { type Aim, Picker } from "./picking";
import { drawnDots, drawnLines, drawnPictures } from "./picture/drawn";
import { Projector } from "./projector";
import { Screen } from "./screen";
import { Sizes } from "./sizes";
import { Surveyor } from "./survey";
import { Thumbnails } from "./thumbnails";
import type { ScatterTheme } from "./types";
import { Uploads } from "./uploads";
import type { View } from "./view";

/** Share of a colour that the farthest points of a map in space give to the background. */
const FOG = 0.5;
/** While pictures come in, the map is drawn anew with them no more often than this, milliseconds. */
const GATHER = 200;

/** Says what is drawn, and how, and has the painter draw it: keeps that in step with the cloud, the marks and the view. */
export class Renderer {
  readonly screen: Screen;
  readonly painter: PainterClient;
  readonly labels: LabelLayer;
  readonly picker: Picker;
  readonly thumbnails: Thumbnails;
  readonly surveyor: Surveyor;
  private readonly sizes: Sizes;
  private readonly uploads: Uploads;
  private readonly above: Above;
  private readonly projector: Projector;
  private readonly cloud: Cloud;
  private readonly marks: Marks;
  private readonly view: View;
  /** True when labels have new places that are not drawn yet. */
  private inkStale = false;
  /** True when pictures have come that are not drawn yet. */
  private arrived = false;
  theme: ScatterTheme;

  /**
   * @param resized called when the map has another size or density.
   * @param refresh called when a frame is needed for a reason of the renderer's own: a picture arrived.
   * @param inView called when all points have left the view, or one has come back.
   */
  constructor(
    container: HTMLElement,
    parts: { cloud: Cloud; marks: Marks; view: View; theme: ScatterTheme },
    listener: PainterListener & { resized(): void; refresh(): void; inView(any: boolean): void },
  ) {
    const { cloud, marks, view, theme } = parts;
    this.cloud = cloud;
    this.marks = marks;
    this.view = view;
    this.theme = theme;
    this.screen = new Screen(container, () => listener.resized());
    this.painter = new PainterClient(this.screen, theme, listener);
    this.uploads = new Uploads(cloud, marks);
    this.sizes = new Sizes(cloud, view);
    this.projector = new Projector(cloud, view.lens, view.matrix);
    this.thumbnails = new Thumbnails(cloud, () => listener.refresh());
    const { sizes, projector } = this;
    this.above = new Above({ cloud, marks, sizes, projector, theme }, container.ownerDocument);
    this.labels = this.above.labels;
    this.picker = new Picker(cloud, this.projector, this.thumbnails);
    this.surveyor = new Surveyor({
      cloud,
      marks,
      projector: this.projector,
      picker: this.picker,
      thumbnails: this.thumbnails,
      labels: this.labels,
      inView: listener.inView,
    });
    this.setTheme(theme);
  }

  setTheme(theme: ScatterTheme): void {
    this.theme = theme;
    this.painter.theme = theme;
    this.screen.setBackground(theme.background);
    this.above.setTheme(theme);
    this.surveyor.due = true;
  }

  /** The points were replaced; `moving`: some of them travel from where they were. */
  pointsReplaced(moving: boolean): void {
    this.uploads.replaced(moving);
    this.placed();
  }

  /** The points were moved, which made that stale on the GPU. */
  pointsMoved(stale: Stale): void {
    this.uploads.moved(stale);
    this.placed();
  }

  /** Points were hidden or shown. */
  pointsFiltered(): void {
    this.uploads.restyled();
    this.uploads.relined();
    this.sizes.pointsChanged();
    this.surveyor.due = true;
  }

  /** The points' colours were changed. */
  coloursChanged(): void {
    this.uploads.restyled();
    this.thumbnails.pointsChanged();
  }

  /** Pictures have a frame in their points' colours, or none. */
  setFrames(shown: boolean): void {
    this.thumbnails.framed = shown;
    this.thumbnails.pointsChanged();
  }

  /** Points were selected, or others are emphasised. */
  flagsChanged(): void {
    this.uploads.remarked();
    this.uploads.restyled();
    this.surveyor.due = true;
  }

  /** Other lines are to be drawn. */
  linesChanged(): void {
    this.uploads.relined();
    this.surveyor.due = true;
  }

  /** The camera moved, or a frame of a travel went by. */
  viewChanged(): void {
    this.surveyor.due = true;
  }

  /** What was drawn is lost, and all can be drawn anew. */
  restored(): void {
    this.thumbnails.contextLost();
    this.pointsReplaced(this.cloud.travelling);
  }

  /**
   * Draws one frame, as far as anything in it has changed, if the painter has time; else only works on what it will show.
   *
   * @param frame `moving`: true while the camera or the points move, then labels and pictures are decided now and then
   *   only. `shape`: a lasso or box being drawn. `scene`, `overlay`: whether the points, and what lies above them, are to be
   *   drawn anew whatever else happens. `share`: the part of the points that is drawn. `whole`: labels are to be decided
   *   to the end, however long that takes. `readBack`: see `Frame`.
   * @returns false when the painter has no time.
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
      readBack: boolean;
    },
  ): boolean {
    const { view, projector, painter, uploads, thumbnails, sizes } = this;
    const isFree = painter.free;
    sizes.update(now, frame.moving, frame.thumbnails, frame.share);
    projector.near = view.near;
    projector.far = view.far;
    thumbnails.setStyle(sizes.thumbnailSide, sizes.presence, this.screen.pixelRatio);
    const pictures = isFree ? this.takePictures(now) : [];
    const surveyed = this.surveyor.work(now, frame.moving, sizes, view.magnification, frame.whole);
    if (surveyed.flags) uploads.restyled();
    if (surveyed.labels) this.inkStale = true;
    if (!isFree) return false;
    const scene = frame.scene || uploads.due || thumbnails.due;
    const hasInk = scene || frame.overlay || this.inkStale;
    if (!hasInk && pictures.length === 0) return true;
    this.inkStale = false;
    painter.draw(
      {
        screen: this.screen.size,
        ...uploads.take(),
        pictures,
        pages: thumbnails.take(),
        look: scene ? this.look(frame.share) : undefined,
        ink: hasInk ? this.above.take(this.screen.size, frame.shape) : undefined,
        readBack: frame.readBack,
      },
      (drawn) => {
        uploads.giveBack(drawn);
        // What is indexed meanwhile would take the processor from those who draw.
        if (!uploads.due) this.picker.pointsDrawn();
        if (drawn.ink) this.above.reuse(drawn.ink);
      },
    );
    return true;
  }

  /** True while labels are being placed or pictures taken in: more frames are needed, though nothing may change in them. */
  get busy(): boolean {
    return this.surveyor.busy || this.arrived || (this.thumbnails.busy && this.painter.free);
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

  /** Points, lines and pictures as they were drawn last, at `scale` pixels per CSS pixel; fails as `Scatter.picture` does. */
  picture(scale: number, theme: ScatterTheme): Promise<ImageBitmap> {
    return this.painter.picture({ scale, theme });
  }

  /** The selection's ring and labels as they are now, in CSS pixels. */
  pictureInk(pixelRatio: number, theme: ScatterTheme): InkList {
    return this.above.picture(pixelRatio, theme);
  }

  /** All that is drawn now, as shapes and texts; `dots` is null when there are more than `most` of them in view. */
  describe(theme: ScatterTheme, most: number) {
    const { cloud, projector, thumbnails, marks, view } = this;
    const pictures = thumbnails.presence > 0.5;
    const look = { ...this.sizes.dots, fog: FOG * view.perspective, pictures };
    return {
      dots: drawnDots(cloud, projector, look, theme, most),
      lines: drawnLines(marks.lines, projector, cloud.count),
      pictures: pictures ? drawnPictures(cloud, projector, thumbnails, theme) : [],
      rings: this.above.rings(theme),
      texts: this.labels.describe(),
    };
  }

  /** Bytes held for the points; see `ScatterState.memory`. */
  memory(): { cpu: number; gpu: number } {
    return { cpu: this.cloud.bytes + this.picker.bytes, gpu: this.painter.bytes };
  }

  dispose(): void {
    this.picker.dispose();
    this.thumbnails.dispose();
    this.painter.close();
    this.screen.dispose();
  }

  /** Takes up pictures that have come, and has them drawn, many at a time. */
  private takePictures(now: number): PictureUpload[] {
    const pictures = this.thumbnails.receive();
    if (pictures.length > 0) this.arrived = true;
    if (this.arrived && !(this.thumbnails.loading && now - this.surveyor.lastTime < GATHER)) {
      this.arrived = false;
      this.surveyor.due = true;
    }
    return pictures;
  }

  private placed(): void {
    this.sizes.pointsChanged();
    this.thumbnails.pointsChanged();
    this.picker.pointsChanged();
    this.surveyor.due = true;
  }

  private look(share: number): SceneLook {
    const { cloud, view, sizes } = this;
    return {
      matrix: view.matrix.slice(),
      mix: cloud.mix,
      near: view.near,
      far: view.far,
      fog: FOG * view.perspective,
      dots: sizes.dots,
      shaped: cloud.shaped,
      share,
      side: sizes.thumbnailSide,
      presence: sizes.presence,
    };
  }
}
