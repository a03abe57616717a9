import type { Item } from "../../collection/types";
import { throwIfCancelled } from "../../core/errors";
import { columnsOf } from "../colours/columns";
import { parseQuery, passes, type Test } from "./query";

/** As many items are looked through while a key is pressed: some 10 ms' work. */
export const itemsAtOnce = 10_000;

function testsOf(items: readonly Item[], query: string): readonly Test[] {
  return parseQuery(
    query,
    columnsOf(items).map(({ name }) => name),
  );
}

/** The items that pass a query (see `parseQuery`), in their order; the very list without one. */
export function filterItems(items: readonly Item[], query: string): readonly Item[] {
  if (query.trim() === "") return items;
  const tests = testsOf(items, query);
  return items.filter((item) => passes(item, tests));
}

/** As `filterItems`, for any number of items: the page gets its turn between parts of them. Rejects with `Cancelled`. */
export async function filterManyItems(
  items: readonly Item[],
  query: string,
  signal: AbortSignal,
): Promise<readonly Item[]> {
  const tests = testsOf(items, query);
  const found: Item[] = [];
  for (let from = 0; from < items.length; from += itemsAtOnce) {
    throwIfCancelled(signal);
    for (let at = from; at < Math.min(items.length, from + itemsAtOnce); at++)
      if (passes(items[at], tests)) found.push(items[at]);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return found;
}
