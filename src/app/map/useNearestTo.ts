import { useEffect, useState } from "react";
import type { Item } from "../../collection/types";
import { isCancelled } from "../../core/errors";
import { useBench, useView, useWorkbench } from "../context";
import type { NeighbourItem } from "../workbench/types";

/** A pointer that rests this long wants to know more than the label; one that crosses the map does not. */
const restMilliseconds = 140;

/** The metric that neighbours are ranked by: the user's, or the shown space's own. */
export function useMetric() {
  const own = useBench((state) => state.shown.space.metric);
  return useView((state) => state.metric) ?? own;
}

/** The three true neighbours of an item, a moment after it is asked for; undefined until they are known. */
export function useNearestTo(item: Item | undefined): readonly NeighbourItem[] | undefined {
  const workbench = useWorkbench();
  const space = useBench((state) => state.shown.space.id);
  const metric = useMetric();
  const [found, setFound] = useState<{ of: Item; nearest: readonly NeighbourItem[] }>();
  useEffect(() => {
    if (!item) return;
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const options = { k: 3, metric, space, signal: controller.signal };
        const nearest = await workbench.neighbours(item.id, options);
        if (!controller.signal.aborted) setFound({ of: item, nearest });
      } catch (thrown) {
        // This is a glance; a ranking that fails is reported where it was asked for, in the panel.
        if (!isCancelled(thrown)) setFound({ of: item, nearest: [] });
      }
    }, restMilliseconds);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [workbench, item, space, metric]);
  return found?.of === item ? found?.nearest : undefined;
}
