import type { NearestNeighbours } from "../nearest";
import type { Metric } from "../space";

/**
 * Turns similarities into distances ≥ 0, `rows × k`, nearest first: 1 − cosine, or the Euclidean distance. The dot product
 * has no distance, but UMAP reads distances only relative to that of the nearest neighbour (McInnes et al., 2018, §3.1),
 * so a point's neighbours get how far they fall behind its best one, plus one mean gap so that the best is not at 0, which
 * UMAP takes for a duplicate.
 */
export function neighbourDistances(
  { rows, k, similarities }: NearestNeighbours,
  metric: Metric,
): Float64Array {
  if (metric === "euclidean") return similarities.map((similarity) => Math.max(0, -similarity));
  if (metric === "cosine") return similarities.map((similarity) => Math.max(0, 1 - similarity));
  const distances = new Float64Array(rows * k);
  for (let from = 0; from < distances.length; from += k) {
    const best = similarities[from];
    const gap = (best - similarities[from + k - 1]) / k || 1;
    for (let at = from; at < from + k; at++) distances[at] = best - similarities[at] + gap;
  }
  return distances;
}
