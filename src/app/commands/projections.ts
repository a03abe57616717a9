import type { Item } from "../../collection/types";
import type { Space } from "../../core/space";
import { METHODS, type MethodEntry, type ProjectionMethod } from "../../projection/methods/catalogue";
import type { Command } from "./types";

/** A way to squeeze a space onto the map, as it is offered. */
export interface ProjectionChoice extends MethodEntry {
  readonly method: ProjectionMethod;
}

/** Every projection, the reference last. */
export const projectionChoices: readonly ProjectionChoice[] = (
  Object.keys(METHODS) as ProjectionMethod[]
).map((method) => ({ method, ...METHODS[method] }));

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
