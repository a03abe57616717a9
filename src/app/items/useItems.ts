import { useDeferredValue } from "react";
import type { Item } from "../../collection/types";
import { useBench } from "../context";

/** All items, a moment late: what mirrors many of them gives way to whatever the user is doing. */
export function useItems(): readonly Item[] {
  return useDeferredValue(useBench((state) => state.items));
}
