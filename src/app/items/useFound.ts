import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { Item } from "../../collection/types";
import { isCancelled, reportError } from "../../core/errors";
import { useView } from "../context";
import { filterItems, filterManyItems, itemsAtOnce } from "./filter";
import type { PatternSearch } from "./patterns";

/** What a search came to. */
export interface Found {
  /** The items that were found, in their order; the very list without a query. */
  readonly items: readonly Item[];
  /** Why the search can't be made, for people. */
  readonly fault?: string;
}

/** Typing goes on for this long before a longer search is begun. */
const restMilliseconds = 120;

let patterns: PatternSearch | undefined;

async function byPattern(items: readonly Item[], source: string, signal: AbortSignal): Promise<Found> {
  // Few visitors write expressions: what runs them is loaded with the first.
  const { PatternSearch, faultOf } = await import("./patterns");
  const fault = faultOf(source);
  if (fault) return { items, fault: `No regular expression: ${fault}` };
  patterns ??= new PatternSearch();
  return { items: await patterns.find(items, source, signal) };
}

/** The items that the query in the list's field finds among these. The last answer stays until the next one is there. */
export function useFound(items: readonly Item[]): Found {
  const query = useDeferredValue(useView((state) => state.filter));
  const isPattern = useView((state) => state.filterIsPattern);
  const isLong = query.trim() !== "" && (isPattern || items.length > itemsAtOnce);
  const atOnce = useMemo(() => (isLong ? items : filterItems(items, query)), [isLong, items, query]);
  const later = useLater(items, isLong ? query : "", isPattern);
  return isLong ? later : { items: atOnce };
}

function useLater(items: readonly Item[], query: string, isPattern: boolean): Found {
  const [found, setFound] = useState<Found>({ items });
  useEffect(() => {
    if (query === "") return setFound({ items });
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(async () => {
      try {
        const next = isPattern
          ? await byPattern(items, query, signal)
          : { items: await filterManyItems(items, query, signal) };
        if (!signal.aborted) setFound(next);
      } catch (thrown) {
        const { message, advice } = reportError(thrown);
        if (!isCancelled(thrown)) setFound({ items, fault: [message, advice].filter(Boolean).join(" ") });
      }
    }, restMilliseconds);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [items, query, isPattern]);
  return found;
}
