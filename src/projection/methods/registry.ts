import type { ProjectionMethod } from "../types";
import type { LayoutMethod } from "./method";

/** What is known of a method before its code is loaded. */
export interface MethodEntry {
  /** For people: "UMAP". */
  readonly title: string;
  /** Below this many items the method says nothing; PCA is shown instead. */
  readonly leastItems: number;
  load(): Promise<LayoutMethod>;
}

/** Every method, loaded when first used, so that one does not pay for another's code. */
export const METHODS: Readonly<Record<ProjectionMethod, MethodEntry>> = {
  pca: { title: "PCA", leastItems: 0, load: async () => (await import("./pca")).pca },
  // Below 15 items a neighbourhood of 15 is everything, and UMAP's picture is chance.
  umap: { title: "UMAP", leastItems: 15, load: async () => (await import("./umap")).umap },
};
