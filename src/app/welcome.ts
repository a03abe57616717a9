import type { ViewStore } from "./view";
import type { Workbench } from "./workbench/types";

/**
 * Selects the comparison's anchor when it first stands on a map where nothing is selected yet, so that a first visit
 * opens on football with its true neighbours. Happens once, and not at all after the user selected something.
 */
export function selectAnchorOnce(workbench: Workbench, view: ViewStore): void {
  const stops = [
    workbench.onFrame(({ ids }) => {
      const { items, selection } = workbench.state.getState();
      const { anchor } = view.getState().comparison;
      const item = items.find((each) => each.text === anchor);
      if (selection.length > 0 || !item || !ids.includes(item.id)) return;
      // After this frame has reached the map, and after onFrame has returned the function that stops it.
      queueMicrotask(() => workbench.select([item.id]));
    }),
    workbench.state.subscribe(({ selection }) => {
      if (selection.length === 0) return;
      for (const stop of stops) stop();
    }),
  ];
}
