import type { GestureListener } from "./gestures";
import type { ScatterEvents, ScatterTool } from "./types";

/** A double click on the empty map zooms by this factor. */
const DOUBLE_CLICK_ZOOM = 2;

/** What the pointer does to the map. */
export interface Pointed {
  /** True when the map is one in space, where a drag turns it. */
  inSpace(): boolean;
  pick(x: number, y: number): number | null;
  enclosed(polygon: readonly number[]): number[];
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
    if (!this.stale) return;
    this.stale = false;
    const { place, map } = this;
    const index = place && !this.held && this.tool === "pan" ? map.pick(place.x, place.y) : null;
    if (index === map.hovered() || (!place && !this.hovering)) return;
    this.hovering = index !== null;
    map.hover(index);
    this.showCursor();
    map.tell("hover", { index, x: place?.x ?? 0, y: place?.y ?? 0 });
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
      click: (x, y, extend) => map.tell("pick", { index: map.pick(x, y), extend }),
      doubleClick: (x, y) => {
        const index = map.pick(x, y);
        if (index === null) map.zoom(DOUBLE_CLICK_ZOOM, x, y, true);
        else map.tell("open", { index });
      },
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
      enclose: (polygon, extend) => map.tell("enclose", { indices: map.enclosed(polygon), extend }),
      mode: ({ shift, secondary }) => {
        if (secondary) return "shift-move";
        if (this.tool !== "pan") return this.tool;
        if (shift) return map.inSpace() ? "shift-move" : "box";
        return "move";
      },
    };
  }

  private showCursor(): void {
    const { style } = this.root;
    if (this.tool !== "pan") style.cursor = "crosshair";
    else if (this.held) style.cursor = "grabbing";
    else style.cursor = this.hovering ? "pointer" : "default";
  }
}
