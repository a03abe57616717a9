import { UMAP } from "umap-js";
import { createProjector, DEFAULT_PROJECTION } from "../../src/projection";
import { timed } from "./long-tasks";
import { groupedVectors } from "./vectors";

/** Lays the same vectors out by our projector, with its defaults, and by umap-js as its README says. */
async function project(rows: number, dimension: number) {
  const matrix = groupedVectors(rows, dimension);
  const projector = createProjector();
  const ours = await timed(() => projector.project(matrix, DEFAULT_PROJECTION));
  projector.close();
  const vectors = Array.from({ length: rows }, (_, row) =>
    Array.from(matrix.data.subarray(row * dimension, (row + 1) * dimension)),
  );
  const umapJs = await timed(() => new UMAP().fit(vectors));
  return {
    ours: { milliseconds: ours.milliseconds, longestPause: ours.longestPause },
    umapJs: { milliseconds: umapJs.milliseconds, longestPause: umapJs.longestPause },
    trustworthiness: ours.value.trustworthiness,
  };
}

export const bench = { project };
Object.assign(window, { bench });
