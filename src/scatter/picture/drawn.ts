import type { Projected } from "../camera";
import { type Cloud, Flag } from "../cloud";
import { cssColour, mixColours, parseColour } from "../colour";
import type { Projector } from "../projector";
import type { ScatterLine, ScatterTheme } from "../types";

/** A dot as the points' shader draws it; CSS pixels. */
export interface DrawnDot {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** As in `ScatterPoints.kinds`. */
  readonly kind: number;
  readonly colour: string;
  readonly alpha: number;
  /** Width of the ring in the background's colour around it. */
  readonly halo: number;
  /** True for a selected point's ring in the accent colour. */
  readonly ringed: boolean;
}

export interface DrawnLine {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly width: number;
  readonly alpha: number;
}

/** A thumbnail as it is drawn; CSS pixels. */
export interface DrawnPicture {
  readonly x: number;
  readonly y: number;
  /** Half its side. */
  readonly reach: number;
  /** A data URL. */
  readonly source: string;
  readonly alpha: number;
  /** The colour of its frame; without one it has a hairline. */
  readonly frame?: string;
}

/** A thumbnail before it is embedded; CSS pixels. */
export type PictureSpot = { readonly index: number } & Omit<DrawnPicture, "source">;

/** How dots are drawn now. */
export interface DotLook {
  readonly radius: number;
  readonly halo: number;
  readonly opacity: number;
  /** Share of a colour that the farthest points give to the background. */
  readonly fog: number;
  /** True when pictures have taken the place of the points flagged so. */
  readonly pictures: boolean;
}

/** How much of a dimmed point's colour gives way to the background; the shaders use the same. */
const DIMMED = 0.8;

/** The dots in view, the farthest first; null when there are more than `most`. */
export function drawnDots(
  cloud: Cloud,
  projector: Projector,
  look: DotLook,
  theme: ScatterTheme,
  most: number,
): DrawnDot[] | null {
  const spot: Projected = { x: 0, y: 0, w: 1 };
  const background = parseColour(theme.background);
  const palette = (theme.palette.length > 0 ? theme.palette : [theme.text]).map(parseColour);
  const dots: { w: number; dot: DrawnDot }[] = [];
  for (let index = 0; index < cloud.count; index++) {
    if (look.pictures && cloud.has(index, Flag.pictured)) continue;
    if (!projector.at(index, spot) || !projector.inView(spot, look.radius)) continue;
    if (dots.length === most) return null;
    const front = cloud.has(index, Flag.front);
    const ringed = cloud.has(index, Flag.selected) && !front;
    const marked = front || ringed;
    const faded = cloud.has(index, Flag.dimmed) ? DIMMED : marked ? 0 : look.fog * projector.depth(spot);
    const radius = look.radius * projector.scale(spot);
    dots.push({
      w: spot.w,
      dot: {
        x: spot.x,
        y: spot.y,
        radius: (marked ? Math.max(radius, 3) : radius) * (front ? 1.2 : 1),
        kind: cloud.style[index * 4 + 1],
        colour: cssColour(mixColours(palette[cloud.style[index * 4] % palette.length], background, faded)),
        alpha: marked ? 1 : look.opacity,
        halo: marked ? Math.max(look.halo, 1) : look.halo,
        ringed,
      },
    });
  }
  // A stable sort: on the plane all are as deep, and the order stays that of the points.
  return dots.sort((a, b) => b.w - a.w).map(({ dot }) => dot);
}

/** The pictures in view, in drawing order; `thumbnails` as they are drawn now. */
export function drawnPictures(
  cloud: Cloud,
  projector: Projector,
  thumbnails: { readonly shown: readonly number[]; readonly side: number; readonly framed: boolean },
  theme: ScatterTheme,
): PictureSpot[] {
  const spot: Projected = { x: 0, y: 0, w: 1 };
  const { palette } = theme;
  return thumbnails.shown.flatMap((index) => {
    if (!projector.at(index, spot) || !projector.inView(spot, thumbnails.side)) return [];
    const frame = thumbnails.framed
      ? (palette[cloud.style[index * 4] % palette.length] ?? theme.text)
      : undefined;
    const reach = (thumbnails.side / 2) * projector.scale(spot);
    const alpha = cloud.has(index, Flag.dimmed) ? 1 - DIMMED : 1;
    return { index, x: spot.x, y: spot.y, reach, alpha, frame };
  });
}

/** The lines between points that are in front of the eye. */
export function drawnLines(lines: readonly ScatterLine[], projector: Projector, count: number): DrawnLine[] {
  const start: Projected = { x: 0, y: 0, w: 1 };
  const end: Projected = { x: 0, y: 0, w: 1 };
  const known = (index: number) => index >= 0 && index < count;
  return lines.flatMap(({ from, to, weight }) => {
    if (!known(from) || !known(to) || !projector.at(from, start) || !projector.at(to, end)) return [];
    const strength = Math.min(1, Math.max(0, weight));
    return {
      x1: start.x,
      y1: start.y,
      x2: end.x,
      y2: end.y,
      width: 0.8 + 1.8 * strength,
      alpha: 0.15 + 0.6 * strength,
    };
  });
}
