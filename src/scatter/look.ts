import type { DotStyle } from "./points-layer";

/** Radius of a dot where there is room, CSS pixels. */
const FULL_RADIUS = 4.5;
/** A dot's radius as a share of the mean distance between points: a tenth of the map's area is then ink. */
const RADIUS_SHARE = 0.27;
/** Smaller dots would no longer show their colour. */
const LEAST_RADIUS = 1;
/** Ring in the background's colour around a full-size dot, CSS pixels. */
const FULL_HALO = 1.5;
/** Below this radius dots are translucent, so that density shows. */
const OPAQUE_RADIUS = 3;
const LEAST_OPACITY = 0.55;

/** Side of a thumbnail where there is room, CSS pixels, its border included. */
const FULL_THUMBNAIL = 40;
/** By how much thumbnails grow when the user zooms in far. */
const THUMBNAIL_GROWTH = 32;
/** Below this side a photograph is only noise: the dot says more. */
const LEAST_THUMBNAIL = 13;
const THUMBNAIL_SHARE = 0.8;

/** How dots are drawn when points are `spacing` CSS pixels apart on average. */
export function dotStyle(spacing: number): DotStyle {
  const radius = Math.min(FULL_RADIUS, Math.max(LEAST_RADIUS, spacing * RADIUS_SHARE));
  const size = (radius - LEAST_RADIUS) / (OPAQUE_RADIUS - LEAST_RADIUS);
  return {
    radius,
    halo: FULL_HALO * Math.min(1, Math.max(0, (radius - 2) / 2)),
    opacity: size >= 1 ? 1 : LEAST_OPACITY + (1 - LEAST_OPACITY) * size,
  };
}

/**
 * How thumbnails are drawn: their side in CSS pixels, and how far they have taken the place of dots, in [0, 1].
 *
 * @param spacing mean distance between images in CSS pixels.
 * @param magnification zoom as a multiple of the zoom that shows everything.
 */
export function thumbnailStyle(spacing: number, magnification: number): { side: number; presence: number } {
  const growth = Math.min(1, Math.max(0, Math.log2(magnification) / 4));
  const side = Math.min(FULL_THUMBNAIL + THUMBNAIL_GROWTH * growth, spacing * THUMBNAIL_SHARE);
  return { side, presence: Math.min(1, Math.max(0, (side - LEAST_THUMBNAIL) / 3)) };
}

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
