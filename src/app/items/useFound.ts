import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { Item } from "../../collection/types";
import { isCancelled, reportError } from "../../core/errors";
import { useView } from "../context";
import { filterItems } from "./filter";
import type { PatternSearch } from "./patterns";

/** What a search came to. */
export interface Found {
  /** The items that were found, in their order; the very list without a query. */
  readonly items: readonly Item[];
  /** Why the search can't be made, for people. */
  readonly fault?: string;
}

/** Typing goes on for this long before an expression is run. */
const restMilliseconds = 120;

let search: PatternSearch | undefined;

/** The items that the query in the list's field finds among these. The last answer stays until the next one is there. */
export function useFound(items: readonly Item[]): Found {
  const query = useDeferredValue(useView((state) => state.filter));
  const isPattern = useView((state) => state.filterIsPattern);
  const plain = useMemo(() => (isPattern ? items : filterItems(items, query)), [items, query, isPattern]);
  const matched = useMatches(items, isPattern ? query : "");
  return isPattern ? matched : { items: plain };
}

function useMatches(items: readonly Item[], source: string): Found {
  const [found, setFound] = useState<Found>({ items });
  useEffect(() => {
    if (source === "") return;
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      // Few visitors write expressions: what runs them is loaded with the first.
      const { PatternSearch, faultOf } = await import("./patterns");
      if (controller.signal.aborted) return;
      const fault = faultOf(source);
      if (fault) return setFound({ items, fault: `No regular expression: ${fault}` });
      search ??= new PatternSearch();
      try {
        setFound({ items: await search.find(items, source, controller.signal) });
      } catch (thrown) {
        const { message, advice } = reportError(thrown);
        if (!isCancelled(thrown)) setFound({ items, fault: [message, advice].filter(Boolean).join(" ") });
      }
    }, restMilliseconds);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [items, source]);
  return source === "" ? { items } : found;
}
