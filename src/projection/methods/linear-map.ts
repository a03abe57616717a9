import type { Matrix } from "../../core/matrix";

/** A straight map from a space to a few axes: coordinate t of a vector x is axis t · (x − origin). */
export interface LinearMap {
  readonly origin: Float64Array;
  /** `dimensions × dimension` numbers, one axis after the other. */
  readonly axes: Float64Array;
}

/** The coordinates of rows, `rows × axes`, row-major. The default is all rows. */
export function applyLinearMap(
  { origin, axes }: LinearMap,
  matrix: Matrix,
  of?: ArrayLike<number>,
): Float64Array {
  const { data, rows, dimension } = matrix;
  const count = axes.length / Math.max(1, dimension);
  const chosen = of?.length ?? rows;
  const coordinates = new Float64Array(chosen * count);
  for (let i = 0; i < chosen; i++) {
    const from = (of ? of[i] : i) * dimension;
    for (let c = 0; c < count; c++) {
      let sum = 0;
      for (let t = 0; t < dimension; t++) sum += (data[from + t] - origin[t]) * axes[c * dimension + t];
      coordinates[i * count + c] = sum;
    }
  }
  return coordinates;
}

/** Deviation from a straight line, relative to the map's radius, up to which places are taken for those of a linear map. */
const TOLERANCE = 1e-3;

/**
 * How a linear map's coordinates became places on a map: one factor and one shift per axis, found by least squares over
 * the rows that have a place. Undefined when the places are not those of this map.
 *
 * `coordinates` and `places` are `n × dimensions`, of the same rows.
 */
export function framing(
  coordinates: Float64Array,
  places: ArrayLike<number>,
  dimensions: number,
): ((coordinates: Float64Array) => Float64Array) | undefined {
  const n = coordinates.length / dimensions;
  const factors: number[] = [];
  const shifts: number[] = [];
  for (let axis = 0; axis < dimensions; axis++) {
    let [x, y, xx, xy] = [0, 0, 0, 0];
    for (let at = axis; at < coordinates.length; at += dimensions) {
      x += coordinates[at] / n;
      y += places[at] / n;
    }
    for (let at = axis; at < coordinates.length; at += dimensions) {
      xx += (coordinates[at] - x) ** 2;
      xy += (coordinates[at] - x) * (places[at] - y);
    }
    const factor = xx > 0 ? xy / xx : 0;
    factors.push(factor);
    shifts.push(y - factor * x);
    for (let at = axis; at < coordinates.length; at += dimensions) {
      if (Math.abs(places[at] - shifts[axis] - factor * coordinates[at]) > TOLERANCE) return undefined;
    }
  }
  return (given) => given.map((value, at) => factors[at % dimensions] * value + shifts[at % dimensions]);
}
