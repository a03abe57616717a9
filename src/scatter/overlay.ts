import type { Projected } from "./camera";
import type { Cloud } from "./cloud";
import { cssColour, parseColour } from "./colour";
import { Flag } from "./flags";
import type { InkRecorder } from "./ink/recorder";
import type { Marks } from "./marks";
import type { DrawnRing } from "./picture/svg";
import type { Projector } from "./projector";
import { tracePath } from "./shapes";
import type { ScatterTheme } from "./types";

/** Radius of the ring around the selected dot is the dot's by this factor, plus room. CSS pixels. */
const RING_ROOM = 4.8;
const RING_WIDTH = 1.5;
const HOVER_ROOM = 3;

/** Sizes of what the overlay draws around. */
export interface OverlaySizes {
  readonly dotRadius: number;
  readonly thumbnailReach: number;
  readonly pictures: boolean;
}

/** Draws the rings around the selected and the hovered point, and the lasso; all in CSS pixels. */
export class Overlay {
  private readonly cloud: Cloud;
  private readonly projector: Projector;
  private readonly spot: Projected = { x: 0, y: 0, w: 1 };
  private accent = "";
  private accentFill = "";
  private theme: ScatterTheme;

  constructor(cloud: Cloud, projector: Projector, theme: ScatterTheme) {
    this.cloud = cloud;
    this.projector = projector;
    this.theme = theme;
    this.setTheme(theme);
  }

  setTheme(theme: ScatterTheme): void {
    this.theme = theme;
    this.accent = theme.accent;
    this.accentFill = cssColour(parseColour(theme.accent), 0.1);
  }

  /** Draws the hovered point above all others, in full colour. */
  drawHovered(ink: InkRecorder, index: number, sizes: OverlaySizes): void {
    const { cloud, spot, theme } = this;
    if (!(index >= 0 && index < cloud.count) || (sizes.pictures && cloud.has(index, Flag.pictured))) return;
    if (!this.projector.at(index, spot) || !this.projector.inView(spot, 60)) return;
    const { palette } = theme;
    const kind = cloud.style[index * 4 + 1];
    tracePath(ink, kind, spot.x, spot.y, frontRadius(sizes.dotRadius, this.projector.scale(spot)));
    ink.fillStyle = palette[cloud.style[index * 4] % palette.length] ?? theme.text;
    ink.fill();
  }

  /** Draws the rings. */
  drawRings(ink: InkRecorder, marks: Marks, sizes: OverlaySizes, theme: ScatterTheme): void {
    for (const { x, y, reach, square, colour, width } of this.rings(marks, sizes, theme)) {
      ink.beginPath();
      if (square) ink.roundRect(x - reach, y - reach, reach * 2, reach * 2, reach * 0.36);
      else ink.arc(x, y, reach, 0, Math.PI * 2);
      ink.lineWidth = width;
      ink.strokeStyle = colour;
      ink.stroke();
    }
  }

  /** Rings: accent around the first selected point, quiet around the hovered one. */
  rings(marks: Marks, sizes: OverlaySizes, theme: ScatterTheme): DrawnRing[] {
    const first = marks.selection[0];
    const rings: DrawnRing[] = [];
    if (marks.hovered !== null && marks.hovered !== first) {
      rings.push(...this.ring(marks.hovered, HOVER_ROOM, theme.text, 1, sizes));
    }
    if (first !== undefined) rings.push(...this.ring(first, RING_ROOM, theme.accent, RING_WIDTH, sizes));
    return rings;
  }

  /** The lasso or box that is being drawn. */
  drawShape(ink: InkRecorder, shape: readonly number[]): void {
    ink.beginPath();
    for (let at = 0; at + 1 < shape.length; at += 2) ink.lineTo(shape[at], shape[at + 1]);
    ink.closePath();
    ink.fillStyle = this.accentFill;
    ink.fill();
    ink.strokeStyle = this.accent;
    ink.lineWidth = 1.5;
    ink.lineJoin = "round";
    ink.stroke();
  }

  private ring(
    index: number,
    room: number,
    colour: string,
    width: number,
    sizes: OverlaySizes,
  ): readonly DrawnRing[] {
    const { spot } = this;
    if (index < 0 || index >= this.cloud.count) return [];
    if (!this.projector.at(index, spot) || !this.projector.inView(spot, 60)) return [];
    const { x, y } = spot;
    const scale = this.projector.scale(spot);
    if (sizes.pictures && this.cloud.has(index, Flag.pictured)) {
      return [{ x, y, reach: sizes.thumbnailReach * scale + 1, square: true, colour, width: width + 0.5 }];
    }
    const reach = frontRadius(sizes.dotRadius, scale) + room;
    return [{ x, y, reach, square: false, colour, width }];
  }
}

/** Radius of a point that stands out; the points' shader uses the same. */
function frontRadius(dotRadius: number, scale: number): number {
  return Math.max(dotRadius * scale, 3) * 1.2;
}
