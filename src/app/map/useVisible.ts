import { useMemo } from "react";
import type { Item } from "../../collection/types";
import { useColours } from "../colours/useColours";
import { useBench, useView } from "../context";
import { visibleOf } from "./visible";

/** The items that the legend and "isolate" leave; the very list while nothing is filtered. */
export function useVisible(): readonly Item[] {
  const items = useBench((state) => state.items);
  const colours = useColours();
  const hidden = useView((state) => state.hidden);
  const isolated = useView((state) => state.isolated);
  return useMemo(() => visibleOf(items, { hidden, isolated }, colours), [items, hidden, isolated, colours]);
}
