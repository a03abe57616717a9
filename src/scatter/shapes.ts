import type { InkRecorder } from "./ink/recorder";

/**
 * The shapes of the five kinds of points, measured in radii of the disc that a text is drawn as, so that all look about
 * as large. The points' shader draws them as distances, pictures as outlines.
 */
export const SHAPE = {
  /** Half the side of an image's rounded square and of a patch's: one of the disc's area would look larger. */
  square: 0.9,
  /** From the middle of a row's rhomb to its corners. */
  rhomb: 1.3,
  /** From the middle of a token's triangle to its corners. */
  triangle: 1.4,
  /** Width of the frame that a patch is. */
  frame: 0.55,
} as const;

/** Begins a path in the shape of a kind, as the shader draws it. */
export function tracePath(ink: InkRecorder, kind: number, x: number, y: number, radius: number): void {
  ink.beginPath();
  if (kind === 1 || kind === 4) {
    const reach = radius * SHAPE.square;
    ink.roundRect(x - reach, y - reach, reach * 2, reach * 2, kind === 1 ? radius * 0.35 : 0);
  } else if (kind === 2) {
    const reach = radius * SHAPE.rhomb;
    ink.moveTo(x, y - reach);
    ink.lineTo(x + reach, y);
    ink.lineTo(x, y + reach);
    ink.lineTo(x - reach, y);
    ink.closePath();
  } else if (kind === 3) {
    const reach = radius * SHAPE.triangle;
    const side = reach * Math.cos(Math.PI / 6);
    ink.moveTo(x, y - reach);
    ink.lineTo(x + side, y + reach / 2);
    ink.lineTo(x - side, y + reach / 2);
    ink.closePath();
  } else {
    ink.arc(x, y, radius, 0, Math.PI * 2);
  }
}
