import type { GestureListener } from "./gestures";
import type { ScatterEvents, ScatterTool } from "./types";

/** A double click on the empty map zooms by this factor. */
const DOUBLE_CLICK_ZOOM = 2;

/** What the pointer does to the map. */
export interface Pointed {
  /** True when the map is one in space, where a drag turns it. */
  inSpace(): boolean;
  /** Tells the point drawn at a place; at once, or a moment later when that takes long. */
  seek(x: number, y: number, done: (index: number | null) => void): void;
  /** Tells the points inside a polygon, likewise. */
  enclosed(polygon: readonly number[], done: (indices: number[]) => void): void;
  drag(dx: number, dy: number, shift: boolean): void;
  zoom(factor: number, x: number, y: number, smooth: boolean): void;
  /** The point that is hovered now. */
  hovered(): number | null;
  hover(index: number | null): void;
  /** A shape is drawn, or no longer. */
  redraw(): void;
  /** A frame is needed to see what is under the pointer. */
  look(): void;
  tell<K extends keyof ScatterEvents>(event: K, detail: ScatterEvents[K]): void;
}

/** What the pointer is about: where it is, what it holds, which point is under it, which shape it draws. */
export class Pointing {
  /** A lasso or box being drawn, CSS pixels; null when there is none. */
  shape: readonly number[] | null = null;
  /** True while the pointer holds the map. */
  held = false;
  /** True when what is under the pointer may have changed. */
  stale = false;
  private chosen: ScatterTool = "pan";
  private place: { x: number; y: number } | null = null;
  /** True while the hovered point is the pointer's, not one that the app named. */
  private hovering = false;
  /** True while the point under the pointer is being looked for. */
  private seeking = false;
  private readonly root: HTMLElement;
  private readonly map: Pointed;

  constructor(root: HTMLElement, map: Pointed) {
    this.root = root;
    this.map = map;
    this.showCursor();
  }

  get tool(): ScatterTool {
    return this.chosen;
  }

  set tool(tool: ScatterTool) {
    this.chosen = tool;
    this.showCursor();
  }

  /** Looks, where that is due, which point is under the pointer, and tells when it is another. */
  update(): void {
    // A search under way ends soon; were it given up for each move, a moving pointer would never be answered.
    if (!this.stale || this.seeking) return;
    this.stale = false;
    const { place, map } = this;
    if (!place || this.held || this.tool !== "pan") {
      this.found(null);
      return;
    }
    this.seeking = true;
    map.seek(place.x, place.y, (index) => {
      this.seeking = false;
      if (this.place && !this.held) this.found(index);
      if (this.stale) map.look();
    });
  }

  /** What gestures mean. */
  gestures(): GestureListener {
    const { map } = this;
    return {
      hover: (at) => {
        this.place = at;
        this.stale = true;
        map.look();
      },
      click: (x, y, extend) => map.seek(x, y, (index) => map.tell("pick", { index, extend })),
      doubleClick: (x, y) =>
        map.seek(x, y, (index) => {
          if (index === null) map.zoom(DOUBLE_CLICK_ZOOM, x, y, true);
          else map.tell("open", { index });
        }),
      grab: (held) => {
        this.held = held;
        this.showCursor();
        map.look();
      },
      drag: (dx, dy, shift) => map.drag(dx, dy, shift),
      zoom: (factor, x, y, smooth) => map.zoom(factor, x, y, smooth),
      draw: (polygon) => {
        this.shape = polygon;
        map.redraw();
      },
      enclose: (polygon, extend) =>
        map.enclosed(polygon, (indices) => map.tell("enclose", { indices, extend })),
      mode: ({ shift, secondary }) => {
        if (secondary) return "shift-move";
        if (this.tool !== "pan") return this.tool;
        if (shift) return map.inSpace() ? "shift-move" : "box";
        return "move";
      },
    };
  }

  private found(index: number | null): void {
    const { place, map } = this;
    if (!place && !this.hovering) return;
    // A point that was taken off the map is hovered no longer; that it was left is still to be told.
    if (index === map.hovered() && (index !== null || !this.hovering)) return;
    this.hovering = index !== null;
    map.hover(index);
    this.showCursor();
    map.tell("hover", { index, x: place?.x ?? 0, y: place?.y ?? 0 });
  }

  private showCursor(): void {
    const { style } = this.root;
    if (this.tool !== "pan") style.cursor = "crosshair";
    else if (this.held) style.cursor = "grabbing";
    else style.cursor = this.hovering ? "pointer" : "default";
  }
}
