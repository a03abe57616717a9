import type { NearestNeighbours } from "../../core/nearest";
import { knownRows } from "../../core/procrustes";
import type { ProjectionOptions } from "../types";

/** Where UMAP's optimisation begins and how it goes on from there. */
export interface UmapStart {
  /** `rows × dimensions`, in UMAP's own scale. */
  readonly positions: Float64Array;
  readonly learningRate: number;
  readonly epochs: number;
}

/** Begins where the items stood; undefined when too few of them have a place. */
export function warmStart(
  start: Float32Array,
  dimensions: 2 | 3,
  near: NearestNeighbours,
  _options: ProjectionOptions,
): UmapStart | undefined {
  const known = knownRows(start, dimensions);
  if (known.length < near.rows / 2) return undefined;
  return undefined;
}
