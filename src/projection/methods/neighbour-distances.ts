import type { NearestNeighbours } from "../../core/nearest";
import type { Metric } from "../../core/space";

/** Neighbour lists as UMAP reads them: each point first, at distance 0, then its neighbours, nearest first. */
export interface NeighbourDistances {
  readonly indices: number[][];
  readonly distances: number[][];
}

/**
 * Turns similarities into distances ≥ 0: 1 − cosine, or the Euclidean distance. The dot product has no distance, but
 * UMAP reads distances only relative to that of the nearest neighbour (McInnes et al., 2018, §3.1), so a point's
 * neighbours get how far they fall behind its best one, plus one mean gap so that the best is not at 0, which UMAP
 * takes for a duplicate.
 */
export function neighbourDistances(near: NearestNeighbours, metric: Metric): NeighbourDistances {
  const { rows, k } = near;
  const indices: number[][] = [];
  const distances: number[][] = [];
  for (let i = 0; i < rows; i++) {
    const similarities = Array.from(near.similarities.subarray(i * k, (i + 1) * k));
    indices.push([i, ...near.indices.subarray(i * k, (i + 1) * k)]);
    distances.push([0, ...toDistances(similarities, metric)]);
  }
  return { indices, distances };
}

function toDistances(similarities: number[], metric: Metric): number[] {
  if (metric === "euclidean") return similarities.map((similarity) => Math.max(0, -similarity));
  if (metric === "cosine") return similarities.map((similarity) => Math.max(0, 1 - similarity));
  const best = similarities[0];
  const gap = (best - similarities[similarities.length - 1]) / similarities.length || 1;
  return similarities.map((similarity) => best - similarity + gap);
}
