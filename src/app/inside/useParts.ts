import { useMemo } from "react";
import type { Item } from "../../collection/types";
import { useBench } from "../context";

/** The parts of an item that are on the list, in the order of their places. */
export function usePartsOf({ id }: Item): readonly Item[] {
  const items = useBench((state) => state.items);
  return useMemo(
    () => items.filter((item) => item.of === id).sort((a, b) => (a.part?.place ?? 0) - (b.part?.place ?? 0)),
    [items, id],
  );
}
