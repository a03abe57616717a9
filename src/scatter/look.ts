/** How dots are drawn at the current zoom, in CSS pixels. */
export interface DotStyle {
  readonly radius: number;
  /** Width of the ring in the background's colour that keeps touching dots apart. */
  readonly halo: number;
  /** In [0, 1]. */
  readonly opacity: number;
}

/** Radius of a dot where there is room, CSS pixels. */
const FULL_RADIUS = 4.5;
/** A dot's radius as a share of the mean distance between points: a tenth of the map's area is then ink. */
const RADIUS_SHARE = 0.27;
/** A dot of one CSS pixel's width: smaller ones show no more, and cost as much. */
const LEAST_RADIUS = 0.5;
/** Ring in the background's colour around a full-size dot, CSS pixels. */
const FULL_HALO = 1.5;
/** From this radius on dots are opaque; the smaller, the more their density alone says how translucent they are. */
const OPAQUE_RADIUS = 3;
const CROWDED_RADIUS = 1.5;
/** How much of the background a crowd hides: with less its shape is faint, with more its cores are flat. */
const CROWD_INK = 0.86;
/** A lone dot must still be seen. */
const LEAST_OPACITY = 0.1;

/** How much of the text's colour a hairline along a thumbnail's edge has: just enough to see a white one on a white map. */
export const EDGE_STRENGTH = 0.16;
/** Width of a thumbnail's frame in its point's colour, CSS pixels: its hue can be told, and the picture is still seen. */
const FRAME_WIDTH = 2;
/** The frame's share of half the side, at most: small pictures would else be all frame. */
const FRAME_SHARE = 0.2;
/** Side of a thumbnail where there is room, CSS pixels, its border included. */
const FULL_THUMBNAIL = 40;
/** By how much thumbnails grow when the user zooms in far. */
const THUMBNAIL_GROWTH = 72;
/** Below this side a photograph is only noise: the dot says more. */
const LEAST_THUMBNAIL = 13;
/** A thumbnail's side as a share of the mean distance between images, up to a side at which most can be told. */
const THUMBNAIL_SHARE = 0.8;
const LEGIBLE_THUMBNAIL = 24;
/** Beyond that side: images lie in groups, in which they are about half as far apart as the mean says. */
const ROOMY_SHARE = 0.5;

/**
 * How dots are drawn when points are `spacing` CSS pixels apart on average.
 *
 * Where dots lie upon each other, n of opacity α hide 1 − (1 − α)ⁿ of what is below: α is chosen so that a crowd hides
 * most of it, and what is denser or thinner than the crowd can be told from it.
 *
 * @param crowd points per square CSS pixel where the map is dense.
 */
export function dotStyle(spacing: number, crowd: number): DotStyle {
  const radius = Math.min(FULL_RADIUS, Math.max(LEAST_RADIUS, spacing * RADIUS_SHARE));
  const layers = crowd * Math.PI * radius * radius;
  const translucent = layers > 1 ? Math.max(LEAST_OPACITY, 1 - (1 - CROWD_INK) ** (1 / layers)) : CROWD_INK;
  const size = Math.min(1, Math.max(0, (radius - CROWDED_RADIUS) / (OPAQUE_RADIUS - CROWDED_RADIUS)));
  return {
    radius,
    halo: FULL_HALO * Math.min(1, Math.max(0, (radius - 2) / 2)),
    opacity: size >= 1 ? 1 : translucent + (1 - translucent) * size,
  };
}

/**
 * How thumbnails are drawn: their side in CSS pixels, and how far they have taken the place of dots, in [0, 1].
 *
 * @param spacing mean distance between images in CSS pixels.
 * @param magnification zoom as a multiple of the zoom that shows everything.
 */
export function thumbnailStyle(spacing: number, magnification: number): { side: number; presence: number } {
  const growth = Math.min(1, Math.max(0, Math.log2(magnification) / 5));
  const legible = Math.min(LEGIBLE_THUMBNAIL, spacing * THUMBNAIL_SHARE);
  const side = Math.min(FULL_THUMBNAIL + THUMBNAIL_GROWTH * growth, Math.max(legible, spacing * ROOMY_SHARE));
  return { side, presence: Math.min(1, Math.max(0, (side - LEAST_THUMBNAIL) / 3)) };
}

/** Width of the frame of a thumbnail whose half side is `reach`, both in CSS pixels. */
export function frameWidth(reach: number): number {
  return Math.min(FRAME_WIDTH, reach * FRAME_SHARE);
}

/** The same as an expression of GLSL, of a float named `reach`. */
export const GLSL_FRAME_WIDTH = `min(${FRAME_WIDTH.toFixed(1)}, reach * ${FRAME_SHARE.toFixed(2)})`;

/**
 * Mean distance between neighbouring points in CSS pixels, if they were spread evenly over their bounds.
 *
 * @param area the bounds' area in world units squared.
 * @param zoom CSS pixels per world unit.
 */
export function meanSpacing(area: number, count: number, zoom: number): number {
  if (count <= 1 || area <= 0) return 1000;
  return Math.sqrt(area / count) * zoom;
}
