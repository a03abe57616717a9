import type { Bounds } from "./fit";
import { UNDRAWN } from "./flags";

/** Points per cell aimed at: enough to tell a crowd from chance. */
const PER_CELL = 12;
/** Cells per side at most: 65,536 counters stay in the processor's cache, and no crowd worth seeing is smaller. */
const MAX_SIDE = 256;
/** The share of points that may stand in a denser place: the densest cores may be solid. */
const DENSER = 0.1;
/** Points looked at, at most: a sample of these tells a density as well as all. */
const MAX_SAMPLE = 250_000;

/**
 * How dense a cloud is where it is dense: points per square world unit of the plane, exceeded around a tenth of the
 * points only. Counted in the cells of a grid over the bounds; 0 for no points, or when all are in one place.
 *
 * @param positions `x, y, z` triples.
 * @param style four bytes per point, the third of which holds its flags.
 */
export function crowdDensity(
  positions: Float32Array,
  style: Uint8Array,
  count: number,
  bounds: Readonly<Bounds>,
): number {
  const width = bounds.maxX - bounds.minX;
  const height = bounds.maxY - bounds.minY;
  if (bounds.count === 0 || !(width > 0) || !(height > 0)) return 0;
  const step = Math.max(1, Math.ceil(count / MAX_SAMPLE));
  const side = Math.max(1, Math.min(MAX_SIDE, Math.floor(Math.sqrt(bounds.count / step / PER_CELL))));
  const counts = new Uint32Array(side * side);
  const across = side / width;
  const upright = side / height;
  let sampled = 0;
  for (let index = 0; index < count; index += step) {
    if (style[index * 4 + 2] & UNDRAWN) continue;
    const column = Math.min(side - 1, Math.floor((positions[index * 3] - bounds.minX) * across));
    const row = Math.min(side - 1, Math.floor((positions[index * 3 + 1] - bounds.minY) * upright));
    counts[row * side + column]++;
    sampled++;
  }
  if (sampled === 0) return 0;
  counts.sort();
  let left = sampled * DENSER;
  let at = counts.length - 1;
  while (at > 0 && counts[at] < left) left -= counts[at--];
  return ((counts[at] * side * side) / (width * height)) * (bounds.count / sampled);
}
