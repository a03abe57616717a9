import { knownRows, procrustesRotation, rotatePositions } from "../core/procrustes";

/**
 * A copy of the positions (`n × dimensions`, row-major, any scale) centred on the origin with root-mean-square radius
 * 1, so that every method fills the map alike. Points that all stand at one place become the origin.
 */
export function normaliseFrame(positions: ArrayLike<number>, dimensions: 2 | 3): Float32Array {
  const rows = positions.length / dimensions;
  const centred = new Float64Array(positions.length);
  for (let t = 0; t < dimensions; t++) {
    let mean = 0;
    for (let at = t; at < positions.length; at += dimensions) mean += positions[at] / rows;
    for (let at = t; at < positions.length; at += dimensions) centred[at] = positions[at] - mean;
  }
  let largest = 0;
  for (const value of centred) largest = Math.max(largest, Math.abs(value));
  const frame = new Float32Array(positions.length);
  if (largest === 0) return frame;
  // Dividing by the largest first keeps the squares of extreme coordinates inside the range of numbers.
  let squares = 0;
  for (const value of centred) squares += (value / largest) ** 2;
  const radius = largest * Math.sqrt(squares / rows);
  for (let at = 0; at < frame.length; at++) frame[at] = centred[at] / radius;
  return frame;
}

/** How a layout may be brought into line with where its items stood before. */
export type Alignment =
  /** Any rotation or reflection: the layout's axes mean nothing (UMAP). */
  | "rotation"
  /** Only whole axes are mirrored: the axes mean something, their directions nothing (PCA). */
  | "axes"
  /** Nothing is turned: the directions mean something (from small to large). */
  | "none";

/**
 * Normalises positions and turns them to where their items stood before, so that the map neither jumps nor flips.
 * `former` is `n × dimensions`, NaN rows are new items; without it the positions are only normalised.
 */
export function placeFrame(
  positions: ArrayLike<number>,
  dimensions: 2 | 3,
  former: Float32Array | undefined,
  alignment: Alignment,
): Float32Array {
  const frame = normaliseFrame(positions, dimensions);
  if (!former || alignment === "none") return frame;
  if (alignment === "axes") return mirrorAxes(frame, former, dimensions);
  return rotatePositions(frame, procrustesRotation(frame, former, dimensions), dimensions);
}

/** Turns an axis round where the items' places on it run against their former ones. */
function mirrorAxes(frame: Float32Array, former: Float32Array, dimensions: 2 | 3): Float32Array {
  const known = knownRows(former, dimensions);
  for (let t = 0; t < dimensions; t++) {
    const mean = known.reduce((sum, i) => sum + former[i * dimensions + t], 0) / known.length;
    const agreement = known.reduce(
      (sum, i) => sum + frame[i * dimensions + t] * (former[i * dimensions + t] - mean),
      0,
    );
    if (agreement < 0) for (let at = t; at < frame.length; at += dimensions) frame[at] = -frame[at];
  }
  return frame;
}
