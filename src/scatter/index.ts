import { ScatterMap } from "./scatter";
import type { Scatter, ScatterOptions } from "./types";

/**
 * Makes a map inside `container`, which it fills; a container that is `position: static` is made `relative`. Elements
 * that are already there stay above the map.
 *
 * @throws NamedError `DeviceUnavailable` when the browser gives no WebGL 2 context; show the items as a list then.
 */
export function createScatter(container: HTMLElement, options: ScatterOptions): Scatter {
  return new ScatterMap(container, options);
}

export type * from "./types";
