import {
  Camera,
  Color,
  type Material,
  type Mesh,
  type Points,
  Scene,
  Sphere,
  SRGBColorSpace,
  WebGLRenderer,
  WebGLRenderTarget,
} from "three";
import { NamedError } from "../core/errors";
import { parseColour } from "./colour";
import { flipRows, tilesOf } from "./picture/tiles";
import { Programs } from "./programs";

/** More than two device pixels per CSS pixel cost much and show little on dots and photographs this small. */
const MAX_PIXEL_RATIO = 2;
/** Side of the tiles in which large pictures are drawn, pixels: every WebGL 2 device has targets of this size. */
const TILE = 2048;

/** What the stage tells whoever draws on it. */
export interface StageListener {
  /** The size or the pixel density changed. */
  resized(): void;
  /** The GPU took the drawing context away (true), or gave it back with everything on it gone (false). */
  context(lost: boolean): void;
}

/** The two canvases of the map, one above the other, and the WebGL renderer of the lower one. */
export class Stage {
  /** Holds both canvases; the gestures listen here. */
  readonly root: HTMLDivElement;
  /** The upper canvas: labels, rings, the lasso. */
  readonly overlay: CanvasRenderingContext2D;
  /** CSS pixels. */
  width = 1;
  /** CSS pixels. */
  height = 1;
  pixelRatio = 1;
  lost = false;
  readonly webgl: WebGLRenderer;
  private readonly scene = new Scene();
  // The layers' shaders do the projection; three.js only asks that there be a camera.
  private readonly camera = new Camera();
  readonly programs: Programs;
  /** Layers that are drawn once their programs are there. */
  private readonly waiting = new Set<Mesh | Points>();
  private readonly observer: ResizeObserver;
  private readonly closed = new AbortController();
  private readonly listener: StageListener;

  /**
   * Puts the canvases into `container`; one that is `position: static` is made `relative`.
   *
   * @throws NamedError `DeviceUnavailable` when the browser gives no WebGL 2 context.
   */
  constructor(container: HTMLElement, listener: StageListener) {
    this.listener = listener;
    const document = container.ownerDocument;
    const canvas = document.createElement("canvas");
    const overlay = document.createElement("canvas");
    this.webgl = createRenderer(canvas);
    this.programs = new Programs(this.webgl, this.scene, this.camera);
    const context = overlay.getContext("2d");
    if (!context) throw unavailable("The browser gives no canvas to write labels on.");
    this.overlay = context;
    this.root = document.createElement("div");
    this.root.style.cssText =
      "position:absolute;inset:0;overflow:hidden;touch-action:none;user-select:none;-webkit-user-select:none";
    for (const layer of [canvas, overlay]) {
      layer.style.cssText = "position:absolute;inset:0;width:100%;height:100%;pointer-events:none";
      layer.setAttribute("aria-hidden", "true");
      this.root.append(layer);
    }
    if (getComputedStyle(container).position === "static") container.style.position = "relative";
    // First, so that the page's own legend and tools inside the container stay above the map.
    container.prepend(this.root);

    const { signal } = this.closed;
    canvas.addEventListener("webglcontextlost", () => this.setLost(true), { signal });
    canvas.addEventListener("webglcontextrestored", () => this.setLost(false), { signal });
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.root);
    this.watchDensity();
    this.resize();
  }

  /**
   * Adds a layer, if it isn't here yet; `renderOrder` says which is below which. It is drawn once the program of its
   * material is there.
   */
  add(layer: Mesh | Points): void {
    if (layer.parent === this.scene || this.waiting.has(layer)) return;
    // Where a layer's points are is known to its shader alone: three.js must not cull it, nor measure it to sort it.
    layer.geometry.boundingSphere = new Sphere();
    layer.frustumCulled = false;
    layer.matrixAutoUpdate = false;
    this.waiting.add(layer);
    this.programs.want(layer, materialOf(layer));
  }

  /** Takes up the layers whose programs have come. True when a layer is to be drawn that could not be before. */
  advance(): boolean {
    if (this.lost) return false;
    this.programs.look();
    return this.join();
  }

  /** True while programs are being compiled. */
  get busy(): boolean {
    return !this.lost && this.programs.busy;
  }

  /** Takes a layer away; its geometry and material are its owner's to free. */
  remove(layer: Mesh | Points): void {
    this.waiting.delete(layer);
    this.scene.remove(layer);
  }

  /** Fills the view with a CSS colour. */
  setBackground(css: string): void {
    const [red, green, blue] = parseColour(css);
    this.webgl.setClearColor(new Color().setRGB(red, green, blue, SRGBColorSpace), 1);
    this.root.style.background = css;
  }

  /** Has the next program compiled; call after drawing. */
  compile(): void {
    if (!this.lost) this.programs.begin();
  }

  /** Draws all layers; nothing while the context is lost. */
  render(): void {
    if (!this.lost) this.webgl.render(this.scene, this.camera);
  }

  /**
   * Draws all layers at another density into a canvas, whose top left corner they fill; the map on the screen stays as
   * it is.
   *
   * @param scale pixels per CSS pixel; the layers' own uniforms must say the same.
   * @throws NamedError `DeviceLost` while the context is lost, `PictureTooLarge` when the GPU can't draw so many pixels.
   */
  renderInto(context: CanvasRenderingContext2D, scale: number, background: string): void {
    const { webgl } = this;
    const gl = webgl.getContext();
    if (this.lost) {
      throw new NamedError(
        "DeviceLost",
        "The GPU has taken the map's context away, so no picture can be drawn.",
        {
          advice: "Try again when the map is back.",
        },
      );
    }
    const width = Math.round(this.width * scale);
    const height = Math.round(this.height * scale);
    const [mostWidth, mostHeight] = gl.getParameter(gl.MAX_VIEWPORT_DIMS) as Int32Array;
    if (width > mostWidth || height > mostHeight) {
      throw new NamedError(
        "PictureTooLarge",
        `This GPU can't draw a picture of ${width} × ${height} pixels.`,
        {
          advice: "Choose a smaller scale, or make the window smaller.",
        },
      );
    }
    const [red, green, blue] = parseColour(background);
    const target = new WebGLRenderTarget(Math.min(TILE, width), Math.min(TILE, height));
    // three.js fills a target with the colour as it is given, without converting it for a screen.
    webgl.setClearColor(new Color().setRGB(red, green, blue), 1);
    try {
      for (const tile of tilesOf(width, height, TILE)) {
        target.setSize(tile.width, tile.height);
        // The whole picture's viewport, moved so that the tile's part of it falls into the target.
        target.viewport.set(-tile.x, tile.y + tile.height - height, width, height);
        webgl.setRenderTarget(target);
        webgl.render(this.scene, this.camera);
        const image = new ImageData(tile.width, tile.height);
        webgl.readRenderTargetPixels(target, 0, 0, tile.width, tile.height, image.data);
        flipRows(image.data, tile.width, tile.height);
        context.putImageData(image, tile.x, tile.y);
      }
    } finally {
      webgl.setRenderTarget(null);
      target.dispose();
    }
  }

  /** Frees the context and takes the canvases off the page. */
  dispose(): void {
    this.closed.abort();
    this.observer.disconnect();
    this.webgl.dispose();
    // Browsers allow only a few contexts at a time, and free one late when it is only let go of.
    this.webgl.forceContextLoss();
    this.root.remove();
  }

  private join(): boolean {
    let joined = false;
    for (const layer of this.waiting) {
      if (!this.programs.isReady(materialOf(layer))) continue;
      this.waiting.delete(layer);
      this.scene.add(layer);
      joined = true;
    }
    return joined;
  }

  private setLost(lost: boolean): void {
    this.lost = lost;
    if (!lost) {
      this.programs.restored();
      this.join();
    }
    this.listener.context(lost);
  }

  private resize(): void {
    const width = Math.max(1, this.root.clientWidth);
    const height = Math.max(1, this.root.clientHeight);
    const pixelRatio = Math.min(MAX_PIXEL_RATIO, window.devicePixelRatio || 1);
    if (width === this.width && height === this.height && pixelRatio === this.pixelRatio) return;
    this.width = width;
    this.height = height;
    this.pixelRatio = pixelRatio;
    this.webgl.setPixelRatio(pixelRatio);
    this.webgl.setSize(width, height, false);
    this.overlay.canvas.width = Math.round(width * pixelRatio);
    this.overlay.canvas.height = Math.round(height * pixelRatio);
    this.listener.resized();
  }

  /** Zooming the page or moving the window to another screen changes the density without resizing any element. */
  private watchDensity(): void {
    const { signal } = this.closed;
    if (signal.aborted) return;
    const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    const changed = () => {
      this.resize();
      this.watchDensity();
    };
    query.addEventListener("change", changed, { once: true, signal });
  }
}

function materialOf(layer: Mesh | Points): Material {
  return layer.material as Material;
}

function createRenderer(canvas: HTMLCanvasElement): WebGLRenderer {
  // Asked for here, because three.js writes an error to the console when there is none.
  const context = canvas.getContext("webgl2", {
    alpha: false,
    antialias: false,
    depth: true,
    stencil: false,
  });
  if (!context) throw unavailable("The browser gives no WebGL 2 context, so the map can't be drawn.");
  const webgl = new WebGLRenderer({ canvas, context });
  // It would ask for three logs of every program; `Programs` asks whether it was linked.
  webgl.debug.checkShaderErrors = false;
  return webgl;
}

function unavailable(message: string): NamedError {
  return new NamedError("DeviceUnavailable", message, {
    advice:
      "Turn on hardware acceleration or WebGL in the browser's settings; lists and neighbours work without it.",
  });
}
