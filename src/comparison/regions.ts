import { row } from "../core/matrix";
import { findCrowds } from "../core/regions/crowds";
import { type Document, regionNames } from "../core/regions/names";
import { TopK } from "../core/top-k";
import { dot } from "../core/vectors";
import type { HeldMatrix } from "./ranking";
import type { Regions, RegionsQuestion } from "./types";

/** Typical items looked at for a name: more than are written, as some say the same. */
const typicalItems = 6;

/**
 * Finds the regions of a map and names them. Typical items are those whose vectors point most nearly the way of their
 * region's mean vector: its medoids by the cosine.
 */
export function findRegions(question: Omit<RegionsQuestion, "key">, { matrix, norms }: HeldMatrix): Regions {
  const { positions, dimensions, looked, rows, documents, labels } = question;
  const { of, sizes, centres } = findCrowds(positions, dimensions);
  const regions = Int32Array.from(looked, (point) => of[point]);
  const means = sizes.map(() => new Float32Array(matrix.dimension));
  const isUsable = (at: number) => regions[at] >= 0 && norms[rows[at]] > 0;
  for (let at = 0; at < looked.length; at++) {
    if (!isUsable(at)) continue;
    const mean = means[regions[at]];
    const vector = row(matrix, rows[at]);
    const scale = 1 / norms[rows[at]];
    for (let t = 0; t < mean.length; t++) mean[t] += vector[t] * scale;
  }
  const typical = sizes.map(() => new TopK(typicalItems));
  for (let at = 0; at < looked.length; at++) {
    if (!isUsable(at)) continue;
    typical[regions[at]].offer(at, dot(row(matrix, rows[at]), means[regions[at]]) / norms[rows[at]]);
  }
  const names = regionNames({
    documents: documents as readonly Document[],
    regions,
    count: sizes.length,
    labels: typical.map((top) => top.sorted().map(({ index }) => labels[index])),
  });
  return {
    of,
    regions: sizes.map((size, region) => ({ name: names[region], size, centre: centres[region] })),
  };
}
