import type { Pooling } from "../card";
import type { Grid } from "./cells";

/**
 * What a tap holds for one picture. "tokens": `(prefix + rows × columns) × dimension` numbers, token by token; "map":
 * `dimension × rows × columns`, plane by plane; "vector": `dimension`.
 */
export interface ImageStates {
  readonly data: Float32Array;
  readonly layout: "tokens" | "map" | "vector";
  readonly dimension: number;
  /** Absent for vectors. */
  readonly grid?: Grid;
}

/**
 * The vectors of one picture: with "none" one for each patch or cell, row by row; else one: their mean, their maximum in
 * each dimension, or the first token (CLS). CLS and register tokens are no patches and count in none but "cls". Where the
 * tap holds one vector, that one. The results are new arrays of `dimension` numbers, not normalised.
 */
export function poolImage({ data, layout, dimension, grid }: ImageStates, pooling: Pooling): Float32Array[] {
  if (layout === "vector" || !grid) return [data.slice(0, dimension)];
  if (pooling === "cls") return [data.slice(0, dimension)];
  const cells = grid.rows * grid.columns;
  const at =
    layout === "map"
      ? (cell: number, i: number) => data[i * cells + cell]
      : (cell: number, i: number) => data[(grid.prefix + cell) * dimension + i];
  if (pooling === "none") {
    return Array.from({ length: cells }, (_, cell) =>
      Float32Array.from({ length: dimension }, (_, i) => at(cell, i)),
    );
  }
  const vector = new Float32Array(dimension);
  for (let i = 0; i < dimension; i++) {
    let sum = 0;
    let largest = -Infinity;
    for (let cell = 0; cell < cells; cell++) {
      const value = at(cell, i);
      sum += value;
      if (value > largest) largest = value;
    }
    vector[i] = pooling === "mean" ? sum / cells : largest;
  }
  return [vector];
}
