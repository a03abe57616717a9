import { ScatterMap } from "./scatter";
import type { Scatter, ScatterOptions } from "./types";

/**
 * Makes a map inside `container`, which it fills; a container that is `position: static` is made `relative`. Elements
 * that are already there stay above the map. It is drawn by a worker; where that turns out not to be possible, nor on the
 * page, its event `unavailable` says so.
 */
export function createScatter(container: HTMLElement, options: ScatterOptions): Scatter {
  return new ScatterMap(container, options);
}

export type * from "./types";
