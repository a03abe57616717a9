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
