import { axes, type Camera, focalLength, type Lens, pan } from "./camera";
import { UNDRAWN } from "./flags";

/** The box around some points, and the largest distance of one of them from the box's middle. */
export interface Bounds {
  /** How many points were counted. */
  count: number;
  minX: number;
  minY: number;
  minZ: number;
  maxX: number;
  maxY: number;
  maxZ: number;
  /** World distance from the middle of the box to the farthest point, or in a plane to the box's corners. */
  radius: number;
}

/** CSS pixels to keep free on each side of the view. */
export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** One point, or several on one spot: shown as if the points spanned this share of the view. */
const LONE_POINT_SPAN = 1;

/** Bounds of no point. */
export function createBounds(): Bounds {
  return { count: 0, minX: 0, minY: 0, minZ: 0, maxX: 0, maxY: 0, maxZ: 0, radius: 0 };
}

/**
 * Measures some of `count` points (`x, y, z` triples) and writes their bounds into `out`. Points that aren't drawn are not
 * counted. For all points there is `Blocks.bounds`.
 *
 * @param style four bytes per point, the third of which holds its flags.
 */
export function measure(
  positions: Float32Array,
  count: number,
  style: Uint8Array,
  indices: readonly number[],
  out: Bounds,
): void {
  let counted = 0;
  let [minX, minY, minZ] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [maxX, maxY, maxZ] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const index of indices) {
    if (!(index >= 0 && index < count) || style[index * 4 + 2] & UNDRAWN) continue;
    const x = positions[index * 3];
    const y = positions[index * 3 + 1];
    const z = positions[index * 3 + 2];
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
    if (z < minZ) minZ = z;
    if (z > maxZ) maxZ = z;
    counted++;
  }
  if (counted === 0) {
    Object.assign(out, createBounds());
    return;
  }
  const x = (minX + maxX) / 2;
  const y = (minY + maxY) / 2;
  const z = (minZ + maxZ) / 2;
  let farthest = 0;
  for (const index of indices) {
    if (!(index >= 0 && index < count) || style[index * 4 + 2] & UNDRAWN) continue;
    const dx = positions[index * 3] - x;
    const dy = positions[index * 3 + 1] - y;
    const dz = positions[index * 3 + 2] - z;
    const square = dx * dx + dy * dy + dz * dz;
    if (square > farthest) farthest = square;
  }
  Object.assign(out, { count: counted, minX, minY, minZ, maxX, maxY, maxZ, radius: Math.sqrt(farthest) });
}

/** The largest of `a · x + b · y + c · z` over some points, as `measure` takes them; −∞ when none of them is drawn. */
export function farthestAlong(
  a: number,
  b: number,
  c: number,
  positions: Float32Array,
  count: number,
  style: Uint8Array,
  indices: readonly number[],
): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const index of indices) {
    if (!(index >= 0 && index < count) || style[index * 4 + 2] & UNDRAWN) continue;
    const at = index * 3;
    most = Math.max(most, a * positions[at] + b * positions[at + 1] + c * positions[at + 2]);
  }
  return most;
}

/**
 * Sets centre and zoom of `camera` so that the bounds fill the view less its insets; for a flat map. Proportions are
 * kept: a unit is as long across as it is upwards. Bounds of no point leave the camera as it is.
 */
export function fitPlane(
  camera: Camera,
  bounds: Readonly<Bounds>,
  lens: Readonly<Lens>,
  insets: Insets,
): void {
  if (bounds.count === 0) return;
  const { across, upright } = room(lens, insets);
  camera.x = (bounds.minX + bounds.maxX) / 2;
  camera.y = (bounds.minY + bounds.maxY) / 2;
  camera.z = (bounds.minZ + bounds.maxZ) / 2;
  camera.zoom =
    bounds.radius === 0
      ? Math.min(across, upright) / LONE_POINT_SPAN
      : Math.min(
          across / Math.max(bounds.maxX - bounds.minX, 1e-30),
          upright / Math.max(bounds.maxY - bounds.minY, 1e-30),
        );
  pan(camera, (insets.left - insets.right) / 2, (insets.top - insets.bottom) / 2);
}

/**
 * As `fitPlane`, for a map in space seen in full perspective at the camera's present angles. The eye looks at the middle
 * of the bounds, about which it can then orbit.
 *
 * @param farthest the largest of `a · x + b · y + c · z` over the points that are to be seen.
 */
export function fitSpace(
  camera: Camera,
  bounds: Readonly<Bounds>,
  lens: Readonly<Lens>,
  insets: Insets,
  farthest: (a: number, b: number, c: number) => number,
): void {
  if (bounds.count === 0) return;
  const { across, upright } = room(lens, insets);
  camera.x = (bounds.minX + bounds.maxX) / 2;
  camera.y = (bounds.minY + bounds.maxY) / 2;
  camera.z = (bounds.minZ + bounds.maxZ) / 2;
  const { right, up, towards } = axes(camera);
  const focal = focalLength(lens);
  const shiftRight = (insets.left - insets.right) / 2;
  const shiftUp = (insets.bottom - insets.top) / 2;
  /**
   * One over the largest zoom at which all points stay in their room on one side. Drawn at
   * (zoom · offset + shift) / (1 − zoom · nearer), a point may be at most `half` from `shift`: solved for the zoom, that
   * is linear in the place.
   */
  const inverseZoom = (side: readonly number[], half: number, shift: number) => {
    const [a, b, c] = side.map((value, axis) => (value + ((half + shift) / focal) * towards[axis]) / half);
    return farthest(a, b, c) - (a * camera.x + b * camera.y + c * camera.z);
  };
  const opposite = (side: readonly number[]) => side.map((value) => -value);
  const most = Math.max(
    inverseZoom(right, across / 2, shiftRight),
    inverseZoom(opposite(right), across / 2, -shiftRight),
    inverseZoom(up, upright / 2, shiftUp),
    inverseZoom(opposite(up), upright / 2, -shiftUp),
  );
  camera.zoom = most > 0 ? 1 / most : Math.min(across, upright) / LONE_POINT_SPAN;
  pan(camera, shiftRight, -shiftUp);
}

function room(lens: Readonly<Lens>, insets: Insets): { across: number; upright: number } {
  return {
    across: Math.max(1, lens.width - insets.left - insets.right),
    upright: Math.max(1, lens.height - insets.top - insets.bottom),
  };
}

/** Room for labels around the outermost points, less on small screens, where labels find room inside instead. */
export function labelInsets(lens: Readonly<Lens>): Insets {
  const side = Math.min(76, lens.width * 0.12);
  return {
    left: side,
    right: side,
    top: Math.min(72, lens.height * 0.1),
    // The map's legend and tools stand at the bottom.
    bottom: Math.min(112, lens.height * 0.16),
  };
}
