import {
  largestExcess,
  mapSimilarities,
  type ProjectionQuality,
  projectionQuality,
  qualityNeighbours,
  rowQuality,
} from "../core/quality";
import { estimateQuality } from "../core/quality-estimate";
import { sampleQuality } from "../core/quality-sample";
import { similarityBlocks } from "../core/similarity-rows";
import type { Metric } from "../core/space";
import type { Step } from "../core/step";
import type { JobMemory } from "./memory";

/** Up to this many rows ranks are counted in double precision: 15 · 10⁶ products at 384 dimensions, some 20 ms. */
const COUNTED_UP_TO = 200;

/** Up to this many every rank still counts, but in float32: 1.5 · 10⁹ products, about 0.2 s by WebAssembly. */
export const EXACT_UP_TO = 2000;

/**
 * Up to this many every row is measured, which needs the neighbours of each: minutes for a million. Above, rows drawn at random are
 * (`SAMPLED_ROWS`), which takes seconds.
 */
export const ALL_UP_TO = 100_000;

/** How far a whole map can be trusted: exact up to 2,000 rows, with estimated ranks up to 100,000, from a sample of rows above. */
export async function measureMap(
  memory: JobMemory,
  positions: Float32Array,
  dimensions: 2 | 3,
  metric: Metric,
  seed: number,
  step: Step,
): Promise<ProjectionQuality> {
  const { matrix } = memory;
  const k = qualityNeighbours(matrix.rows);
  if (matrix.rows <= COUNTED_UP_TO) return projectionQuality(matrix, positions, dimensions, metric, k, step);
  if (matrix.rows > ALL_UP_TO)
    return sampleQuality(matrix, positions, dimensions, metric, memory.before(metric), k, step);
  const near = await memory.nearest(k, metric, seed, (share) => step(0.6 * share));
  const count = matrix.rows <= EXACT_UP_TO ? matrix.rows : undefined;
  const rest = (share: number) => step(0.6 + 0.4 * share);
  return estimateQuality(matrix, positions, dimensions, metric, near, k, rest, count);
}

/**
 * The quality of a map to which rows were added while the others stayed: that of the others stays, only the new rows are looked
 * at. What the new rows change for the others, a rank here and there, is left until the next layout.
 */
export async function measureAdded(
  former: ProjectionQuality,
  memory: JobMemory,
  positions: Float32Array,
  dimensions: 2 | 3,
  metric: Metric,
  step: Step,
): Promise<ProjectionQuality> {
  const { matrix } = memory;
  const { rows } = matrix;
  const k = former.neighbours;
  const old = former.trust.length;
  const largest = largestExcess(rows, k);
  const space = similarityBlocks(matrix, metric);
  const map = { data: positions, rows, dimension: dimensions };
  const onMap = new Float64Array(rows);
  const trust = new Float32Array(rows);
  trust.set(former.trust);
  let trustworthiness = former.trustworthiness * old;
  let continuity = former.continuity * old;
  let preservation = former.preservation * old;
  for (let own = old; own < rows; own++) {
    mapSimilarities(map, own, onMap);
    const found = rowQuality(space(own, own + 1, 0, rows), onMap, own, k);
    trust[own] = 1 - found.excess / largest;
    trustworthiness += trust[own];
    continuity += 1 - found.missing / largest;
    preservation += found.shared / k;
    const waiting = step((own - old) / (rows - old));
    if (waiting) await waiting;
  }
  return {
    ...former,
    trust,
    trustworthiness: trustworthiness / rows,
    continuity: continuity / rows,
    preservation: preservation / rows,
  };
}
