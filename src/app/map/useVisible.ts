import { useDeferredValue, useMemo } from "react";
import type { Item } from "../../collection/types";
import { useColours } from "../colours/useColours";
import { useView } from "../context";
import { useItems } from "../items/useItems";
import { visibleOf } from "./visible";

/** The items that the legend and "isolate" leave; the very list of `useItems` while nothing is filtered. */
export function useVisible(): readonly Item[] {
  const items = useItems();
  const colours = useDeferredValue(useColours());
  const hidden = useView((state) => state.hidden);
  const isolated = useView((state) => state.isolated);
  return useMemo(() => visibleOf(items, { hidden, isolated }, colours), [items, hidden, isolated, colours]);
}
