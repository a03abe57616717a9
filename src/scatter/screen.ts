import type { ScreenSize } from "./painter/methods";

/** More than two device pixels per CSS pixel cost much and show little on dots and photographs this small. */
const MAX_PIXEL_RATIO = 2;

/** Where the map lies in the page: its size and its canvases, one above the other, which somebody else draws on. */
export class Screen {
  /** Holds the canvases; the gestures listen here. */
  readonly root: HTMLDivElement;
  /** CSS pixels. */
  width = 1;
  /** CSS pixels. */
  height = 1;
  pixelRatio = 1;
  private readonly observer: ResizeObserver;
  private readonly closed = new AbortController();
  private readonly resized: () => void;
  private shown: readonly HTMLCanvasElement[] = [];

  /**
   * Puts its element into `container`; one that is `position: static` is made `relative`.
   *
   * @param resized called when the size or the pixel density has changed.
   */
  constructor(container: HTMLElement, resized: () => void) {
    this.resized = resized;
    this.root = container.ownerDocument.createElement("div");
    this.root.style.cssText =
      "position:absolute;inset:0;overflow:hidden;touch-action:none;user-select:none;-webkit-user-select:none";
    if (getComputedStyle(container).position === "static") container.style.position = "relative";
    // First, so that the page's own legend and tools inside the container stay above the map.
    container.prepend(this.root);
    this.observer = new ResizeObserver(() => this.measure());
    this.observer.observe(this.root);
    this.watchDensity();
    this.measure();
  }

  get size(): ScreenSize {
    const { width, height, pixelRatio } = this;
    return { width, height, pixelRatio };
  }

  /** New canvases in place of those that were there: one that was handed to a worker can't be handed to another. */
  canvases(): { scene: HTMLCanvasElement; ink: HTMLCanvasElement } {
    const make = () => {
      const canvas = this.root.ownerDocument.createElement("canvas");
      canvas.style.cssText = "position:absolute;inset:0;width:100%;height:100%;pointer-events:none";
      canvas.setAttribute("aria-hidden", "true");
      return canvas;
    };
    const [scene, ink] = [make(), make()];
    for (const canvas of this.shown) canvas.remove();
    this.shown = [scene, ink];
    this.root.prepend(scene, ink);
    return { scene, ink };
  }

  /** Fills the map with a CSS colour where nothing is drawn yet. */
  setBackground(css: string): void {
    this.root.style.background = css;
  }

  /** Takes all off the page. */
  dispose(): void {
    this.closed.abort();
    this.observer.disconnect();
    this.root.remove();
  }

  private measure(): void {
    const width = Math.max(1, this.root.clientWidth);
    const height = Math.max(1, this.root.clientHeight);
    const pixelRatio = Math.min(MAX_PIXEL_RATIO, window.devicePixelRatio || 1);
    if (width === this.width && height === this.height && pixelRatio === this.pixelRatio) return;
    this.width = width;
    this.height = height;
    this.pixelRatio = pixelRatio;
    this.resized();
  }

  /** Zooming the page or moving the window to another screen changes the density without resizing any element. */
  private watchDensity(): void {
    const { signal } = this.closed;
    if (signal.aborted) return;
    const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    const changed = () => {
      this.measure();
      this.watchDensity();
    };
    query.addEventListener("change", changed, { once: true, signal });
  }
}
