import type { Cloud } from "./cloud";
import type { InkList } from "./ink/list";
import { InkRecorder } from "./ink/recorder";
import { LabelLayer } from "./labels/label-layer";
import type { Marks } from "./marks";
import { Overlay, type OverlaySizes } from "./overlay";
import type { ScreenSize } from "./painter/methods";
import type { DrawnRing } from "./picture/svg";
import type { Projector } from "./projector";
import type { Sizes } from "./sizes";
import type { ScatterTheme } from "./types";

/** What lies above the points: the hovered one, rings, labels, a shape being drawn. It is taken down, to be drawn elsewhere. */
export class Above {
  readonly labels: LabelLayer;
  private readonly overlay: Overlay;
  private readonly ink = new InkRecorder();
  private readonly marks: Marks;
  private readonly sizes: Sizes;
  private theme: ScatterTheme;

  constructor(
    parts: { cloud: Cloud; marks: Marks; sizes: Sizes; projector: Projector; theme: ScatterTheme },
    document: Document,
  ) {
    const { cloud, marks, sizes, projector, theme } = parts;
    this.marks = marks;
    this.sizes = sizes;
    this.theme = theme;
    this.labels = new LabelLayer(cloud, projector, document, theme);
    this.overlay = new Overlay(cloud, projector, theme);
  }

  setTheme(theme: ScatterTheme): void {
    this.theme = theme;
    this.labels.setTheme(theme);
    this.overlay.setTheme(theme);
  }

  /**
   * All of it as it is now, on an emptied canvas.
   *
   * @param shape corners of a lasso or box being drawn, CSS pixels.
   */
  take({ width, height, pixelRatio }: ScreenSize, shape: readonly number[] | null): InkList {
    const { ink, overlay, labels, marks, theme, overlaySizes } = this;
    ink.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    ink.clearRect(0, 0, width, height);
    // Chromium may keep showing the last frame when one is only cleared: a pixel of background makes it a new one.
    ink.fillStyle = theme.background;
    ink.fillRect(0, 0, 1, 1);
    const { hovered, selection } = marks;
    if (hovered !== null && hovered !== selection[0]) overlay.drawHovered(ink, hovered, overlaySizes);
    overlay.drawRings(ink, marks, overlaySizes, theme);
    labels.draw(ink, pixelRatio, theme);
    labels.drawAbove(ink, pixelRatio, theme, hovered);
    if (shape) overlay.drawShape(ink, shape);
    return ink.take();
  }

  /** Gives a list's memory back; see `InkRecorder.reuse`. */
  reuse(list: InkList): void {
    this.ink.reuse(list);
  }

  /** The selection's ring and the labels, without what only the pointer is about; in CSS pixels. */
  picture(pixelRatio: number, theme: ScatterTheme): InkList {
    const ink = new InkRecorder();
    this.overlay.drawRings(ink, this.chosen, this.overlaySizes, theme);
    this.labels.draw(ink, pixelRatio, theme);
    return ink.take();
  }

  /** The selection's ring. */
  rings(theme: ScatterTheme): DrawnRing[] {
    return this.overlay.rings(this.chosen, this.overlaySizes, theme);
  }

  private get overlaySizes(): OverlaySizes {
    const { dots, thumbnailSide, presence } = this.sizes;
    return { dotRadius: dots.radius, thumbnailReach: thumbnailSide / 2, pictures: presence > 0.5 };
  }

  /** The marks without what only the pointer is about: in a picture there is none. */
  private get chosen(): Marks {
    return { ...this.marks, hovered: null };
  }
}
