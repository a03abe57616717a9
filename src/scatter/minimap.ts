import type { Cloud } from "./cloud";
import { parseColour } from "./colour";
import type { Bounds } from "./fit";
import { UNDRAWN } from "./flags";
import type { MinimapCorner, ScatterTheme } from "./types";
import type { View } from "./view";

/** CSS pixels. */
const WIDTH = 152;
const HEIGHT = 108;
const PADDING = 8;
/** From the edges of the map, CSS pixels. */
const INSET = 12;
/** On a narrower map it would cover a good part of it, CSS pixels. */
const LEAST_MAP_WIDTH = 520;
/** Points drawn at most: more fall on the same few pixels. */
const MAX_POINTS = 60_000;
/** Below this many points each is two pixels wide, so that it can be seen. */
const SPARSE = 4_000;
/** Share of a pixel's colour that a point gives it: where several fall, the place is stronger. */
const INK = 0.7;
/** While points move the overview is drawn anew no more often than this, milliseconds. */
const REDRAW = 300;
/** The view's frame is at least so large, CSS pixels, however far the user has zoomed in. */
const LEAST_FRAME = 7;

/** What the minimap asks of the map. */
export interface MinimapListener {
  /** The view shall be moved to this place of the plane. */
  moveTo(x: number, y: number): void;
}

/**
 * A small overview in a corner with a frame where the view is; dragging in it moves the view. It shows itself only where
 * it tells something: on the plane, on a wide enough map, once the view has been moved and not everything is in it.
 */
export class Minimap {
  /** True when it is wished for; whether it shows itself is another matter. */
  wanted = false;
  private readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D | null;
  private readonly cloud: Cloud;
  private readonly view: View;
  private readonly closed = new AbortController();
  private image: ImageData | undefined;
  private stale = true;
  private lastDrawn = Number.NEGATIVE_INFINITY;
  private shown = false;
  private theme: ScatterTheme;
  private scale = 1;

  constructor(
    root: HTMLElement,
    parts: { cloud: Cloud; view: View; theme: ScatterTheme; corner: MinimapCorner },
    listener: MinimapListener,
  ) {
    this.cloud = parts.cloud;
    this.view = parts.view;
    this.theme = parts.theme;
    this.canvas = root.ownerDocument.createElement("canvas");
    this.canvas.dataset.part = "minimap";
    this.canvas.setAttribute("aria-hidden", "true");
    const [upright, across] = parts.corner.split(" ");
    this.canvas.style.cssText = `position:absolute;${upright}:${INSET}px;${across}:${INSET}px;width:${WIDTH}px;height:${HEIGHT}px;border-radius:8px;box-sizing:border-box;touch-action:none;cursor:grab;display:none`;
    // So few pixels are drawn by the processor sooner than the page is given a GPU context to draw them with.
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    root.append(this.canvas);
    this.listen(listener);
    this.setTheme(parts.theme);
  }

  setTheme(theme: ScatterTheme): void {
    this.theme = theme;
    this.canvas.style.border = `1px solid ${theme.line}`;
    this.stale = true;
  }

  /** Points, colours or what is hidden have changed. */
  pointsChanged(): void {
    this.stale = true;
  }

  /** Draws the overview if it is out of date, and the frame. Returns true when another call is due later. */
  draw(now: number, pixelRatio: number): boolean {
    const shown = this.wanted && this.isUseful();
    if (shown !== this.shown) {
      this.shown = shown;
      this.canvas.style.display = shown ? "block" : "none";
    }
    const { context } = this;
    if (!shown || !context) return false;
    const width = Math.round(WIDTH * pixelRatio);
    const height = Math.round(HEIGHT * pixelRatio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.image = undefined;
    }
    const rests = !this.cloud.travelling && now - this.lastDrawn >= REDRAW;
    if (!this.image || (this.stale && rests)) {
      this.stale = false;
      this.lastDrawn = now;
      this.image = this.overview(context, width, height, pixelRatio);
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.putImageData(this.image, 0, 0);
    this.frame(context, pixelRatio);
    return this.stale;
  }

  dispose(): void {
    this.closed.abort();
    this.canvas.remove();
  }

  /** False where the overview would show nothing that the map doesn't. */
  private isUseful(): boolean {
    const { view } = this;
    // A view that shows all, and follows while points travel, leaves nothing out that is worth a glance.
    if (!view.moved || !view.flat || view.lens.width < LEAST_MAP_WIDTH || view.bounds.count < 2) return false;
    const [left, bottom, right, top] = view.visibleBox();
    const { minX, minY, maxX, maxY } = view.bounds;
    return left > minX || bottom > minY || right < maxX || top < maxY;
  }

  /** All points, small. */
  private overview(
    context: CanvasRenderingContext2D,
    width: number,
    height: number,
    pixelRatio: number,
  ): ImageData {
    const { cloud, theme } = this;
    const { bounds } = this.view;
    this.scale = scaleOf(bounds);
    const image = context.createImageData(width, height);
    const pixels = image.data;
    const background = bytes(theme.background);
    for (let at = 0; at < pixels.length; at += 4) {
      pixels.set(background, at);
      pixels[at + 3] = 255;
    }
    const palette = (theme.palette.length > 0 ? theme.palette : [theme.text]).map(bytes);
    const step = Math.max(1, Math.floor(cloud.count / MAX_POINTS));
    const side = Math.max(1, Math.round((cloud.visible < SPARSE ? 2 : 1) * pixelRatio));
    for (let index = 0; index < cloud.count; index += step) {
      if (cloud.style[index * 4 + 2] & UNDRAWN) continue;
      const x = Math.round((WIDTH / 2 + (cloud.to[index * 3] - middleX(bounds)) * this.scale) * pixelRatio);
      const y = Math.round(
        (HEIGHT / 2 - (cloud.to[index * 3 + 1] - middleY(bounds)) * this.scale) * pixelRatio,
      );
      const colour = palette[cloud.style[index * 4] % palette.length];
      for (let row = y; row < y + side; row++) {
        for (let column = x; column < x + side; column++) {
          if (column < 0 || row < 0 || column >= width || row >= height) continue;
          const at = (row * width + column) * 4;
          for (let channel = 0; channel < 3; channel++) {
            pixels[at + channel] += (colour[channel] - pixels[at + channel]) * INK;
          }
        }
      }
    }
    return image;
  }

  private frame(context: CanvasRenderingContext2D, pixelRatio: number): void {
    const { bounds } = this.view;
    const [left, bottom, right, top] = this.view.visibleBox();
    const across = (x: number) => WIDTH / 2 + (x - middleX(bounds)) * this.scale;
    const upright = (y: number) => HEIGHT / 2 - (y - middleY(bounds)) * this.scale;
    const width = Math.max(LEAST_FRAME, across(right) - across(left));
    const height = Math.max(LEAST_FRAME, upright(bottom) - upright(top));
    const x = (across(left) + across(right)) / 2 - width / 2;
    const y = (upright(top) + upright(bottom)) / 2 - height / 2;
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.strokeStyle = this.theme.accent;
    context.lineWidth = 1.5;
    context.strokeRect(x, y, width, height);
  }

  private listen(listener: MinimapListener): void {
    const { canvas } = this;
    const { signal } = this.closed;
    const move = (event: PointerEvent) => {
      const box = canvas.getBoundingClientRect();
      const { bounds } = this.view;
      const x = middleX(bounds) + (event.clientX - box.left - WIDTH / 2) / this.scale;
      const y = middleY(bounds) - (event.clientY - box.top - HEIGHT / 2) / this.scale;
      listener.moveTo(x, y);
    };
    canvas.addEventListener(
      "pointerdown",
      (event) => {
        // The map below must not take it for a drag of its own.
        event.stopPropagation();
        if (event.button !== 0) return;
        canvas.setPointerCapture(event.pointerId);
        move(event);
      },
      { signal },
    );
    canvas.addEventListener(
      "pointermove",
      (event) => {
        event.stopPropagation();
        if (canvas.hasPointerCapture(event.pointerId)) move(event);
      },
      { signal },
    );
    canvas.addEventListener("pointerup", (event) => event.stopPropagation(), { signal });
  }
}

function middleX(bounds: Bounds): number {
  return (bounds.minX + bounds.maxX) / 2;
}

function middleY(bounds: Bounds): number {
  return (bounds.minY + bounds.maxY) / 2;
}

/** CSS pixels of the overview per world unit. */
function scaleOf({ minX, minY, maxX, maxY }: Bounds): number {
  const across = (WIDTH - 2 * PADDING) / Math.max(maxX - minX, 1e-30);
  const upright = (HEIGHT - 2 * PADDING) / Math.max(maxY - minY, 1e-30);
  return Math.min(across, upright, 1e30);
}

function bytes(css: string): [number, number, number] {
  const [red, green, blue] = parseColour(css);
  return [Math.round(red * 255), Math.round(green * 255), Math.round(blue * 255)];
}
