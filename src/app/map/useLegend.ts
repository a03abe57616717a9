import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { legendOf } from "../colours/tally";
import type { Colours, LegendEntry } from "../colours/types";
import { useColours } from "../colours/useColours";
import { useBench } from "../context";
import { useItems } from "../items/useItems";
import { createSteps, manyItems } from "../steps";
import { SLICE } from "../workbench/in-slices";

/** A legend, and the colours it is of. */
interface DrawnLegend {
  readonly colours: Colours;
  readonly entries: readonly LegendEntry[];
}

/** Items that are counted between two looks at the clock. */
const atOnce = 1024;

/** The legend of the items that the shown space can hold. Very many are counted bit by bit, and the last legend stays until then. */
export function useLegend(): DrawnLegend {
  const colours = useDeferredValue(useColours());
  const items = useItems();
  const { modalities } = useBench((state) => state.shown.space);
  const isMany = items.length > manyItems;
  const [counted, setCounted] = useState<DrawnLegend>();

  useEffect(() => {
    if (!isMany) return;
    const kinds = new Set(modalities);
    const tally = colours.tally();
    let at = 0;
    const count = () => {
      const until = performance.now() + SLICE;
      while (at < items.length && performance.now() < until) {
        const most = Math.min(items.length, at + atOnce);
        for (; at < most; at++) if (kinds.has(items[at].kind)) tally.add(items[at]);
      }
      return at >= items.length;
    };
    const steps = createSteps();
    steps.run([count, () => setCounted({ colours, entries: tally.entries() })]);
    return steps.cancel;
  }, [colours, items, modalities, isMany]);

  const made = useMemo(
    () => ({
      colours,
      entries: isMany
        ? []
        : legendOf(
            colours.tally(),
            items.filter(({ kind }) => modalities.includes(kind)),
          ),
    }),
    [colours, items, modalities, isMany],
  );
  return isMany && counted ? counted : made;
}
