import type { Item } from "../../collection/types";
import { columnsOf } from "../colours/columns";
import { parseQuery, passes } from "./query";

/** The items that pass a query (see `parseQuery`), in their order; the very list without one. */
export function filterItems(items: readonly Item[], query: string): readonly Item[] {
  if (query.trim() === "") return items;
  const tests = parseQuery(
    query,
    columnsOf(items).map(({ name }) => name),
  );
  return items.filter((item) => passes(item, tests));
}
