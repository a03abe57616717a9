import { columnMeans, principalComponents } from "../../core/pca";
import { dot } from "../../core/vectors";
import { applyLinearMap } from "./linear-map";
import type { LayoutMethod } from "./method";

/** A direction that loses this share of its length to those before it is one of them. */
const DEPENDENT = 1e-6;

/**
 * Axes by pairs of items, *small* → *large*: a vector's coordinate is its share of the difference between the two (Bolukbasi et
 * al., 2016, §4, on difference vectors as directions). Axes beyond the pairs are the components of most variance of what
 * the pairs leave. With `orthogonal`, each axis loses what it shares with those before it. A pair of equal vectors gives no
 * direction, and all items stand at 0 along it.
 */
export const method: LayoutMethod = {
  alignment: "none",
  async layOut({ matrix, options, pairs = [] }, run) {
    run.enter("layout");
    const { dimension, rows, data } = matrix;
    const { dimensions } = options;
    const directions = pairs
      .slice(0, dimensions)
      .map(({ from, to }) => normalised(Float64Array.from(to, (value, t) => value - from[t])));
    const basis = orthogonalised(directions);
    const origin = columnMeans(matrix);
    const chosen = options.orthogonal ? basis : directions;
    if (chosen.length < dimensions) {
      const rest = new Float32Array(rows * dimension);
      for (let i = 0; i < rows; i++) {
        const own = Float64Array.from({ length: dimension }, (_, t) => data[i * dimension + t] - origin[t]);
        for (const direction of basis) subtract(own, direction);
        rest.set(own, i * dimension);
      }
      const missing = dimensions - chosen.length;
      const { linear } = await principalComponents({ data: rest, rows, dimension }, missing, run.step);
      for (let c = 0; c < missing; c++) chosen.push(linear.axes.slice(c * dimension, (c + 1) * dimension));
    }
    const linear = { origin, axes: Float64Array.from(chosen.flatMap((axis) => Array.from(axis))) };
    return { positions: applyLinearMap(linear, matrix), linear };
  },
};

function normalised(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  return length > 0 ? vector.map((value) => value / length) : vector;
}

/** Takes its share of a direction of length 1 from a vector, in place. */
function subtract(vector: Float64Array, direction: Float64Array): void {
  const share = dot(vector, direction);
  for (let t = 0; t < vector.length; t++) vector[t] -= share * direction[t];
}

/** Gram–Schmidt, in order; a direction that depends on those before it becomes 0. */
function orthogonalised(directions: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const direction of directions) {
    const own = direction.slice();
    for (const other of basis) subtract(own, other);
    basis.push(Math.sqrt(dot(own, own)) > DEPENDENT ? normalised(own) : own.fill(0));
  }
  return basis;
}
