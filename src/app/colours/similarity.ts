import type { ItemId } from "../../collection/types";
import type { ViewStore } from "../view";
import type { Workbench } from "../workbench/types";
import type { NumberLookup } from "./types";

/** Vectors arrive in bursts while items are encoded; measuring again at most this often keeps the worker free. */
const restMilliseconds = 120;

/**
 * While colours tell the similarity to the selection, measures it whenever the selection, the space, the metric or the
 * vectors change, and hands it on; undefined when nothing is selected. The selected items themselves have none: they
 * would be the end of every scale.
 */
export function followSimilarity(
  workbench: Workbench,
  view: ViewStore,
  tell: (similarity: NumberLookup | undefined) => void,
): void {
  let running: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const measure = async () => {
    running?.abort();
    const { colourBy, metric } = view.getState();
    const { selection, shown } = workbench.state.getState();
    if (colourBy !== "similarity") return;
    if (selection.length === 0) return tell(undefined);
    const mine = new AbortController();
    running = mine;
    try {
      const found = await workbench.likeness(selection, metric ?? shown.space.metric, mine.signal);
      if (running !== mine) return;
      const selected = new Set(selection);
      tell({
        without: isWhole(found) ? "selected" : undefined,
        of({ id }) {
          const value = selected.has(id) ? undefined : found.get(id);
          return value === undefined || Number.isNaN(value) ? undefined : value;
        },
      });
    } catch {
      // The neighbours' panel asks the same of the same worker, and reports what went wrong.
      if (running === mine) tell(undefined);
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void measure(), restMilliseconds);
  };

  workbench.state.subscribe((state, previous) => {
    if (view.getState().colourBy !== "similarity") return;
    if (state.selection !== previous.selection || state.shown !== previous.shown) void measure();
    else if (state.vectorsVersion !== previous.vectorsVersion) soon();
  });
  view.subscribe((state, previous) => {
    if (state.colourBy !== previous.colourBy || state.metric !== previous.metric) void measure();
  });
}

/** Whether all numbers are numbers: what has none then is the selection. */
function isWhole(found: ReadonlyMap<ItemId, number>): boolean {
  for (const value of found.values()) if (Number.isNaN(value)) return false;
  return true;
}
