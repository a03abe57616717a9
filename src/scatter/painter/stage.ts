import {
  Camera,
  Color,
  type Mesh,
  type Points,
  Scene,
  Sphere,
  SRGBColorSpace,
  WebGLRenderer,
  WebGLRenderTarget,
} from "three";
import { NamedError } from "../../core/errors";
import { parseColour } from "../colour";
import { flipRows, tilesOf } from "../picture/tiles";
import { contextLost, webglContext } from "./context";
import type { Canvas, ScreenSize } from "./methods";

/** Side of the tiles in which large pictures are drawn, pixels: every WebGL 2 device has targets of this size. */
const TILE = 2048;

/** Milliseconds after which the GPU is asked again whether it is done. */
const POLL = 1;

/** A scene and the WebGL renderer that draws it. */
export class Stage {
  readonly webgl: WebGLRenderer;
  readonly gl: WebGL2RenderingContext;
  readonly scene = new Scene();
  // The layers' shaders do the projection; three.js only asks that there be a camera.
  private readonly camera = new Camera();
  private size: ScreenSize = { width: 1, height: 1, pixelRatio: 1 };
  private readonly pixel = new Uint8Array(4);

  /** @throws NamedError `DeviceUnavailable` when the browser gives no WebGL 2 context. */
  constructor(canvas: Canvas, size: ScreenSize) {
    // Before there is a context: its buffers would be made twice.
    canvas.width = Math.floor(size.width * size.pixelRatio);
    canvas.height = Math.floor(size.height * size.pixelRatio);
    // Asked for here, because three.js writes an error to the console when there is none.
    this.gl = webglContext(canvas);
    this.webgl = new WebGLRenderer({ canvas, context: this.gl });
  }

  /** True while the GPU has taken the context away. */
  get lost(): boolean {
    return this.gl.isContextLost();
  }

  /** True where the GPU is the processor. */
  get inSoftware(): boolean {
    const { gl } = this;
    const extension = gl.getExtension("WEBGL_debug_renderer_info");
    const name = extension ? String(gl.getParameter(extension.UNMASKED_RENDERER_WEBGL)) : "";
    return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
  }

  /** Fills the view with a CSS colour. */
  setBackground(css: string): void {
    const [red, green, blue] = parseColour(css);
    this.webgl.setClearColor(new Color().setRGB(red, green, blue, SRGBColorSpace), 1);
  }

  /** Sets the canvas' size, which empties it. */
  resize(size: ScreenSize): void {
    this.size = size;
    this.webgl.setDrawingBufferSize(size.width, size.height, size.pixelRatio);
  }

  /** Draws all layers; nothing while the context is lost. */
  render(): void {
    if (!this.lost) this.webgl.render(this.scene, this.camera);
  }

  /** Draws all layers where nobody sees it, so that their programs are compiled. */
  rehearse(): void {
    const target = new WebGLRenderTarget(1, 1);
    this.webgl.setRenderTarget(target);
    this.render();
    this.webgl.setRenderTarget(null);
    target.dispose();
  }

  /**
   * Resolves once all that was asked of the GPU is done.
   *
   * @param readBack true: finds that out by reading a pixel, for those who measure; it costs a software GPU much more.
   */
  async finish(readBack: boolean): Promise<void> {
    const { gl } = this;
    if (readBack) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, this.pixel);
    const fence = readBack || this.lost ? null : gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!fence) return;
    gl.flush();
    while (!this.lost && gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) {
      await new Promise((resolve) => setTimeout(resolve, POLL));
    }
    gl.deleteSync(fence);
  }

  /**
   * Draws all layers at another density; the canvas stays as it is.
   *
   * @param scale pixels per CSS pixel; the layers' own uniforms must say the same.
   * @throws NamedError `DeviceLost` while the context is lost, `PictureTooLarge` when the GPU can't draw so many pixels.
   */
  picture(scale: number, background: string): ImageBitmap {
    const { webgl, gl } = this;
    if (this.lost) throw contextLost();
    const width = Math.round(this.size.width * scale);
    const height = Math.round(this.size.height * scale);
    const [mostWidth, mostHeight] = gl.getParameter(gl.MAX_VIEWPORT_DIMS) as Int32Array;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    if (width > mostWidth || height > mostHeight || !context) {
      throw new NamedError(
        "PictureTooLarge",
        `This GPU can't draw a picture of ${width} × ${height} pixels.`,
        { advice: "Choose a smaller scale, or make the window smaller." },
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
    return context.canvas.transferToImageBitmap();
  }

  /** Frees the context. */
  dispose(): void {
    this.webgl.dispose();
    // Browsers allow only a few contexts at a time, and free one late when it is only let go of.
    this.webgl.forceContextLoss();
  }
}

/** Adds a layer to a scene; `renderOrder` says which is below which. */
export function addLayer(scene: Scene, layer: Mesh | Points): void {
  // Where a layer's points are is known to its shader alone: three.js must not cull it, nor measure it to sort it.
  layer.geometry.boundingSphere = new Sphere();
  layer.frustumCulled = false;
  layer.matrixAutoUpdate = false;
  scene.add(layer);
}
