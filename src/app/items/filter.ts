import type { Item } from "../../collection/types";

/** The items whose label, text or category holds every word of the query, in their order; all without a query. */
export function filterItems(items: readonly Item[], query: string): readonly Item[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  return items.filter((item) => {
    const text = `${item.label} ${item.text ?? ""} ${item.category ?? ""}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
