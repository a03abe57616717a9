/** What is known of a method before its code is loaded, and what people read of it. */
export interface MethodEntry {
  /** For people: "UMAP". */
  readonly title: string;
  /** Where there is little room. The default is the title. */
  readonly short?: string;
  /** What it shows and what not, in a sentence. */
  readonly note: string;
  /** More words the palette finds it by. */
  readonly keywords: string;
  /** Below this many items the method says nothing; PCA is shown instead. */
  readonly leastItems: number;
  /** Likewise for classes of items. The default is 0. */
  readonly leastClasses?: number;
  /** Likewise for pairs that make axes. The default is 0. */
  readonly leastPairs?: number;
}

// Below 15 items a neighbourhood of 15 is everything, and a picture of neighbourhoods is chance.
const leastItems = 15;

/** Every method, in the order in which they are offered, the reference last. The code of each is `NAME.method.ts`. */
export const METHODS = {
  umap: {
    title: "UMAP",
    note: "Keeps neighbours together; long distances say little.",
    keywords: "layout neighbourhoods",
    leastItems,
  },
  tsne: {
    title: "t-SNE",
    note: "Tight clusters; distances between them say nothing.",
    keywords: "layout stochastic neighbour embedding perplexity",
    leastItems,
  },
  pca: {
    title: "PCA",
    note: "The directions of most variance; straight, coarser.",
    keywords: "layout principal components linear",
    leastItems: 0,
  },
  lda: {
    title: "LDA",
    note: "The straight axes that part the categories best.",
    keywords: "layout linear discriminant analysis classes",
    leastItems: 3,
    leastClasses: 2,
  },
  axes: {
    title: "Word axes",
    note: "Axes of your own, such as small → large.",
    keywords: "layout custom directions analogy pairs",
    leastItems: 1,
    leastPairs: 1,
  },
  "umap-js": {
    title: "UMAP by umap-js (reference)",
    short: "umap-js",
    note: "The same by another library, to check ours by.",
    keywords: "layout reference",
    leastItems,
  },
} as const satisfies Readonly<Record<string, MethodEntry>>;

/** Name of a way to lay vectors out. */
export type ProjectionMethod = keyof typeof METHODS;

/** The entry of a method. */
export function entryOf(method: ProjectionMethod): MethodEntry {
  return METHODS[method];
}
