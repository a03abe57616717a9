import type { Item } from "../../collection/types";
import type { Space } from "../../core/space";
import type { ProjectionMethod } from "../../projection/types";
import type { Command } from "./types";

/** A way to squeeze a space onto the map, as it is offered. */
export interface ProjectionChoice {
  readonly method: ProjectionMethod;
  readonly title: string;
  /** Where there is little room. The default is the title. */
  readonly short?: string;
  readonly note: string;
  /** More words the palette finds it by. */
  readonly keywords: string;
}

/** Every projection, the reference last. */
export const projectionChoices: readonly ProjectionChoice[] = [
  {
    method: "umap",
    title: "UMAP",
    note: "Keeps neighbours together; long distances say little.",
    keywords: "layout neighbourhoods",
  },
  {
    method: "tsne",
    title: "t-SNE",
    note: "Tight clusters; distances between them say nothing.",
    keywords: "layout stochastic neighbour embedding perplexity",
  },
  {
    method: "pca",
    title: "PCA",
    note: "The directions of most variance; straight, coarser.",
    keywords: "layout principal components linear",
  },
  {
    method: "lda",
    title: "LDA",
    note: "The straight axes that part the categories best.",
    keywords: "layout linear discriminant analysis classes",
  },
  {
    method: "axes",
    title: "Word axes",
    note: "Axes of your own, such as small → large.",
    keywords: "layout custom directions analogy pairs",
  },
  {
    method: "umap-js",
    title: "UMAP by umap-js (reference)",
    short: "umap-js",
    note: "The same by another library, to check ours by.",
    keywords: "layout reference",
  },
];

/** How many different categories the items of a space have; counting stops at two, the fewest that can be parted. */
function categoriesIn(items: readonly Item[], space: Space): number {
  const found = new Set<string>();
  for (const { kind, category } of items) {
    if (category && space.modalities.includes(kind)) found.add(category);
    if (found.size === 2) break;
  }
  return found.size;
}

/** Why a projection can't be made of these items, for people; undefined when it can. */
export function unavailability(
  method: ProjectionMethod,
  items: readonly Item[],
  space: Space,
): string | undefined {
  if (method === "axes" && !space.modalities.includes("text")) {
    return "Needs a space that words have vectors in: the text space or the joint space.";
  }
  if (method !== "lda") return undefined;
  const count = categoriesIn(items, space);
  if (count >= 2) return undefined;
  return `Parts categories, and needs two on the map; there is ${count === 0 ? "none" : "one"}. Samples and tables bring them.`;
}

/** One command for each projection. */
export const projectionCommands: readonly Command[] = projectionChoices.map(
  ({ method, title, keywords }): Command => ({
    name: `map.${method}`,
    label: `Projection: ${title}`,
    group: "Map",
    keywords,
    enabled: ({ items, shown }) => unavailability(method, items, shown.space) === undefined,
    current: (state) => state.projection.method === method,
    perform: ({ workbench }) => workbench.setProjection({ method }),
  }),
);
