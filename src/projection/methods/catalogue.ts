import type { ProjectionMethod } from "../types";
import type { LayoutMethod } from "./method";

/** What is known of a method before its code is loaded. */
export interface MethodEntry {
  /** For people: "UMAP". */
  readonly title: string;
  /** Below this many items the method says nothing; PCA is shown instead. */
  readonly leastItems: number;
  /** Likewise for classes of items. The default is 0. */
  readonly leastClasses?: number;
  /** Likewise for pairs that make axes. The default is 0. */
  readonly leastPairs?: number;
  load(): Promise<LayoutMethod>;
}

// Below 15 items a neighbourhood of 15 is everything, and a picture of neighbourhoods is chance.
const leastItems = 15;

/** Every method, loaded when first used, so that one does not pay for another's code. */
export const METHODS: Readonly<Record<ProjectionMethod, MethodEntry>> = {
  umap: { title: "UMAP", leastItems, load: async () => (await import("./umap")).umap },
  "umap-js": { title: "UMAP (umap-js)", leastItems, load: async () => (await import("./umap-js")).umapJs },
  tsne: { title: "t-SNE", leastItems, load: async () => (await import("./tsne")).tsne },
  pca: { title: "PCA", leastItems: 0, load: async () => (await import("./pca")).pca },
  lda: { title: "LDA", leastItems: 3, leastClasses: 2, load: async () => (await import("./lda")).lda },
  axes: { title: "Axes", leastItems: 1, leastPairs: 1, load: async () => (await import("./axes")).axes },
};
