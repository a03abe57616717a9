import type { ScatterBox } from "../../scatter/types";

/** What lies over the map and hides what is below it: the panels marked so, and the map's own overview. */
const covers = "[data-covers-map], [data-part=minimap]";

/**
 * Tells which parts of a map the page lies over, CSS pixels of the map, now and whenever one comes, goes or changes. Returns
 * a function that stops it.
 */
export function watchCovers(map: HTMLElement, tell: (boxes: readonly ScatterBox[]) => void): () => void {
  const panel = map.parentElement ?? map;
  const measure = () => {
    const origin = map.getBoundingClientRect();
    const boxes = Array.from(panel.querySelectorAll(covers), (element): ScatterBox => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return {
        left: left - origin.left,
        top: top - origin.top,
        right: right - origin.left,
        bottom: bottom - origin.top,
      };
    });
    tell(boxes.filter(({ left, right }) => right > left));
  };
  const sizes = new ResizeObserver(measure);
  const watchAll = () => {
    sizes.disconnect();
    sizes.observe(map);
    for (const element of panel.querySelectorAll(covers)) sizes.observe(element);
  };
  const comings = new MutationObserver(watchAll);
  comings.observe(panel, { childList: true });
  watchAll();
  return () => {
    comings.disconnect();
    sizes.disconnect();
  };
}
