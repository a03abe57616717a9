import type { ProjectionOptions } from "./types";

/** The options that stand where the user has chosen nothing. `metric` should be the space's own. */
export const DEFAULT_PROJECTION: ProjectionOptions = {
  method: "umap",
  dimensions: 2,
  metric: "cosine",
  seed: 42,
  neighbours: 15,
  minDistance: 0.1,
};
