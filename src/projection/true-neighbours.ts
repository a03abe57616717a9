import { NamedError } from "../core/errors";
import { neighboursOf } from "../core/knn/extend";
import { mapSimilarities, qualityNeighbours, rankOf } from "../core/quality";
import type { JobMemory } from "./memory";
import type { TrueNeighbour } from "./types";

/** A neighbour counts as torn away beyond this many times the neighbourhood: just outside it is no tear. */
const TORN_BEYOND = 3;

/** As `Projector.trueNeighbours`: O(n d). */
export async function trueNeighbours(memory: JobMemory, row: number): Promise<TrueNeighbour[]> {
  const { layout, matrix } = memory;
  if (!layout) throw new NamedError("NotReady", "Nothing has been laid out yet.");
  const { positions, dimensions, metric } = layout;
  const rows = positions.length / dimensions;
  if (!Number.isInteger(row) || row < 0 || row >= rows)
    throw new NamedError("UnknownItem", `There is no item ${row} among the ${rows} on the map.`);
  const k = Math.min(qualityNeighbours(rows), rows - 1);
  const shown = { data: matrix.data.subarray(0, rows * matrix.dimension), rows, dimension: matrix.dimension };
  const near = await neighboursOf(shown, Uint32Array.of(row), k, metric);
  const onMap = new Float64Array(rows);
  mapSimilarities({ data: positions, rows, dimension: dimensions }, row, onMap);
  return Array.from(near.indices, (index, at) => {
    const rank = rankOf(onMap, row, index);
    return { index, similarity: near.similarities[at], rank, torn: rank > TORN_BEYOND * k };
  });
}
