import type { Cloud } from "./cloud";
import type { Emitter } from "./emitter";
import type { Frames } from "./frames";
import type { Marks } from "./marks";
import type { Pointed } from "./pointing";
import type { Renderer } from "./renderer";
import type { ScatterEvents } from "./types";
import type { View } from "./view";

/** What the pointer does to the map that these parts make. */
export function pointedMap(
  parts: { cloud: Cloud; marks: Marks; view: View; renderer: Renderer; events: Emitter<ScatterEvents> },
  actions: Pick<Pointed, "hover" | "zoom"> & {
    readonly frames: () => Frames;
    /** Takes in at once what is left of points that are being taken in. */
    settle(): void;
  },
): Pointed {
  const { cloud, marks, view, renderer, events } = parts;
  const { frames, hover, zoom, settle } = actions;
  return {
    inSpace: () => cloud.dimensions === 3,
    seek: (x, y, done) => {
      settle();
      view.refresh();
      return renderer.picker.seek(renderer.aim(x, y), done);
    },
    enclosed: (polygon, done) => {
      settle();
      return renderer.picker.enclosed(polygon, done);
    },
    hovered: () => marks.hovered,
    hover,
    drag: (dx, dy, shift) => {
      view.drag(dx, dy, shift);
      frames().invalidate();
    },
    zoom,
    redraw: () => frames().invalidateOverlay(),
    look: () => frames().look(),
    tell: (event, detail) => events.emit(event, detail),
  };
}
