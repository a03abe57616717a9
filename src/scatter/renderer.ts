import type { Cloud } from "./cloud";
import { LabelLayer } from "./labels/label-layer";
import { LinesLayer } from "./lines-layer";
import { dotStyle, meanSpacing, thumbnailStyle } from "./look";
import type { Marks } from "./marks";
import { Overlay } from "./overlay";
import { Picker } from "./picking";
import { PointsLayer } from "./points-layer";
import { Projector } from "./projector";
import { Stage, type StageListener } from "./stage";
import { Surveyor } from "./survey";
import { ThumbnailsLayer } from "./thumbnails-layer";
import type { ScatterTheme } from "./types";
import { applyTheme, createUniforms } from "./uniforms";
import type { View } from "./view";

/** Share of a colour that the farthest points of a map in space give to the background. */
const FOG = 0.5;

/** Draws the map: owns the layers and keeps them in step with the cloud, the marks and the view. */
export class Renderer {
  readonly stage: Stage;
  readonly labels: LabelLayer;
  readonly picker: Picker;
  readonly thumbnails: ThumbnailsLayer;
  readonly surveyor: Surveyor;
  /** Radius of a dot at the depth of the view's centre, CSS pixels. */
  private dotRadius = 4.5;
  private readonly uniforms = createUniforms();
  private readonly points: PointsLayer;
  private readonly lines: LinesLayer;
  private readonly overlay: Overlay;
  private readonly projector: Projector;
  private readonly cloud: Cloud;
  private readonly marks: Marks;
  private readonly view: View;
  private styleStale = false;
  private spacing = 100;
  private background = "";

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
    this.stage = new Stage(container, listener);
    this.projector = new Projector(cloud, view.lens, view.matrix);
    this.uniforms.uMatrix.value = view.matrix;
    this.points = new PointsLayer(this.uniforms);
    this.lines = new LinesLayer(this.uniforms);
    this.thumbnails = new ThumbnailsLayer(cloud, this.uniforms, this.stage, refresh);
    this.labels = new LabelLayer(cloud, this.projector, this.stage.overlay, theme);
    this.overlay = new Overlay(cloud, this.projector, this.stage.overlay, theme);
    this.picker = new Picker(cloud, this.projector, this.thumbnails);
    this.surveyor = new Surveyor({
      cloud,
      marks,
      projector: this.projector,
      picker: this.picker,
      thumbnails: this.thumbnails,
      labels: this.labels,
    });
    this.stage.add(this.lines.object);
    this.stage.add(this.points.object);
    this.setTheme(theme);
  }

  setTheme(theme: ScatterTheme): void {
    applyTheme(this.uniforms, theme);
    this.background = theme.background;
    this.stage.setBackground(theme.background);
    this.labels.setTheme(theme);
    this.overlay.setTheme(theme);
    this.surveyor.due = true;
  }

  /** The points were replaced or moved: sends them to the GPU. */
  pointsChanged(): void {
    this.points.upload(this.cloud);
    this.lines.set(this.marks.lines, this.cloud);
    this.picker.pointsChanged();
    this.surveyor.due = true;
    this.styleStale = false;
  }

  /** Marks were changed: selection, hover, emphasis, lines. */
  marksChanged(): void {
    this.lines.set(this.marks.lines, this.cloud);
    this.surveyor.due = true;
    this.styleStale = true;
  }

  /** The GPU's context came back empty. */
  restored(): void {
    this.thumbnails.contextLost();
    this.pointsChanged();
  }

  /**
   * Draws one frame.
   *
   * @param moving true while the camera or the points move: then labels and pictures are decided now and then only.
   * @param shape a lasso or box being drawn.
   */
  draw(now: number, moving: boolean, thumbnailsOn: boolean, shape: readonly number[] | null): void {
    const { cloud, view } = this;
    this.picker.viewChanged();
    this.applyView(thumbnailsOn);
    if (this.thumbnails.receive()) this.surveyor.due = true;
    if (this.surveyor.ready(now, moving)) {
      const changed = this.surveyor.survey(now, {
        flat: view.flat,
        dotRadius: this.dotRadius,
        spacing: this.spacing,
        thumbnailSide: this.thumbnails.side,
        presence: this.thumbnails.presence,
      });
      if (changed) this.styleStale = true;
    }
    if (this.styleStale) {
      this.points.uploadStyle();
      this.styleStale = false;
    }
    this.uniforms.uMix.value = cloud.mix;
    this.stage.render();
    this.drawOverlay(shape);
  }

  /** The point drawn at a place, in CSS pixels, or null; see `Picker.pick`. */
  pick(x: number, y: number): number | null {
    return this.picker.pick(x, y, this.dotRadius, this.view.flat, (atX, atY) => this.labels.at(atX, atY));
  }

  /** Where a point is drawn, in CSS pixels, or null when it isn't drawn or outside the view. */
  locate(index: number): { x: number; y: number } | null {
    const spot = { x: 0, y: 0, w: 1 };
    if (!(index >= 0 && index < this.cloud.count) || !this.projector.at(index, spot)) return null;
    return this.projector.inView(spot) ? { x: spot.x, y: spot.y } : null;
  }

  dispose(): void {
    this.points.dispose();
    this.lines.dispose();
    this.thumbnails.dispose();
    this.uniforms.uPalette.value.dispose();
    this.stage.dispose();
  }

  private applyView(thumbnailsOn: boolean): void {
    const { cloud, view, uniforms, projector } = this;
    const [near, far] = view.depths();
    projector.near = near;
    projector.far = far;
    uniforms.uDepth.value.set(near, far, FOG * view.perspective);
    uniforms.uViewport.value.set(view.lens.width, view.lens.height);
    uniforms.uPixelRatio.value = this.stage.pixelRatio;
    this.spacing = meanSpacing(view.area, cloud.visible, view.zoom);
    const dots = dotStyle(this.spacing);
    this.dotRadius = dots.radius;
    const pictures = thumbnailStyle(
      meanSpacing(view.area, cloud.visibleImages, view.zoom),
      view.magnification,
    );
    const presence = thumbnailsOn ? pictures.presence : 0;
    this.thumbnails.setStyle(pictures.side, presence);
    this.points.setStyle(dots, presence, !view.flat);
  }

  private drawOverlay(shape: readonly number[] | null): void {
    const { overlay: context, pixelRatio, width, height } = this.stage;
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    // Chromium may keep showing the last frame when one is only cleared: a pixel of background makes it a new one.
    context.fillStyle = this.background;
    context.fillRect(0, 0, 1, 1);
    this.overlay.drawRings(this.marks, {
      dotRadius: this.dotRadius,
      thumbnailReach: this.thumbnails.side / 2,
      pictures: this.thumbnails.presence > 0.5,
    });
    this.labels.draw(pixelRatio);
    if (shape) this.overlay.drawShape(shape);
  }
}
