import type { InkList } from "../ink/list";
import { replay } from "../ink/replay";
import type { ScatterTheme } from "../types";
import { type InkContext, inkContext } from "./context";
import { LinesLayer } from "./lines-layer";
import type {
  Drawn,
  Font,
  Frame,
  PictureRequest,
  PointsUpload,
  SceneLook,
  ScreenSize,
  Start,
} from "./methods";
import { PicturesLayer } from "./pictures-layer";
import { PointsLayer } from "./points-layer";
import { addLayer, Stage } from "./stage";
import { applyTheme, createUniforms } from "./uniforms";

/**
 * Draws the map on two canvases, in a worker or on the page: all that touches the GPU. It knows nothing of points but
 * what it is sent.
 */
export class Painter {
  private readonly stage: Stage;
  private readonly uniforms = createUniforms();
  private readonly points: PointsLayer;
  private readonly lines: LinesLayer;
  private readonly pictures: PicturesLayer;
  private readonly inkContext: InkContext;
  private readonly closed = new AbortController();
  private theme: ScatterTheme;
  private size: ScreenSize = { width: 0, height: 0, pixelRatio: 1 };
  /** What lies above the points now. */
  private ink: InkList | undefined;
  /** True once the programs are compiled that points are drawn with first, or such points are there. */
  private isWarm = false;

  /**
   * @param contextChanged called when the GPU takes the context away (true) or gives it back, empty (false).
   * @throws NamedError `DeviceUnavailable` without WebGL 2.
   */
  constructor({ scene, ink, screen, theme, fonts }: Start, contextChanged: (lost: boolean) => void) {
    this.stage = new Stage(scene, screen);
    this.inkContext = inkContext(ink, this.stage.inSoftware);
    this.theme = theme;
    const { uniforms, stage } = this;
    this.points = new PointsLayer(uniforms, stage.gl);
    this.lines = new LinesLayer(uniforms);
    this.pictures = new PicturesLayer(uniforms, stage.webgl, stage.scene);
    for (const layer of [this.lines.object, this.points.all, this.points.marked])
      addLayer(stage.scene, layer);
    const { signal } = this.closed;
    scene.addEventListener("webglcontextlost", () => contextChanged(true), { signal });
    scene.addEventListener(
      "webglcontextrestored",
      () => {
        this.pictures.clear();
        this.points.restored();
        contextChanged(false);
      },
      { signal },
    );
    this.addFonts(fonts);
    this.setTheme(theme);
    this.resize(screen);
  }

  /** Draws a frame; resolves once it is on the canvases. */
  async draw(frame: Frame): Promise<Drawn> {
    const { screen, theme, points, look, ink } = frame;
    const resized = this.resize(screen);
    if (theme) this.setTheme(theme);
    if (!this.stage.lost) {
      if (look && !this.isWarm) this.warmUp(look, points);
      if (points) this.points.upload(points);
      if (frame.marked) this.points.setMarked(frame.marked);
      if (frame.lines) this.lines.set(frame.lines);
      for (const picture of frame.pictures ?? []) this.pictures.receive(picture);
      for (const page of frame.pages ?? []) this.pictures.show(page);
      if (look) this.setLook(look);
      if (look || resized || theme) this.stage.render();
    }
    const before = this.ink;
    if (ink) this.ink = ink;
    if (this.ink && (ink || resized)) replay(this.ink, this.inkContext);
    if (points || look || resized || theme) await this.stage.finish(frame.readBack === true);
    return { bytes: this.points.bytes, to: points?.to, ink: ink && before };
  }

  /** What was drawn last, at another density or in other colours. */
  picture({ scale, theme }: PictureRequest): ImageBitmap {
    const { uniforms, stage } = this;
    applyTheme(uniforms, theme);
    uniforms.uPixelRatio.value = scale;
    try {
      return stage.picture(scale, theme.background);
    } finally {
      uniforms.uPixelRatio.value = this.size.pixelRatio;
      this.setTheme(this.theme);
    }
  }

  /** Frees the GPU's memory. */
  stop(): void {
    this.closed.abort();
    this.points.dispose();
    this.lines.dispose();
    this.pictures.clear();
    this.uniforms.uPalette.value.dispose();
    this.stage.dispose();
  }

  private setTheme(theme: ScatterTheme): void {
    this.theme = theme;
    applyTheme(this.uniforms, theme);
    this.stage.setBackground(theme.background);
  }

  private setLook(look: SceneLook): void {
    const { uniforms } = this;
    uniforms.uMatrix.value = look.matrix;
    uniforms.uMix.value = look.mix;
    uniforms.uDepth.value.set(look.near, look.far, look.fog);
    this.pictures.setStyle(look.side, look.presence);
    this.points.setLook(look);
  }

  /** Setting a canvas' size empties it, also to the size that it has. */
  private resize(size: ScreenSize): boolean {
    const { width, height, pixelRatio } = size;
    const known = this.size;
    if (width === known.width && height === known.height && pixelRatio === known.pixelRatio) return false;
    this.size = size;
    this.uniforms.uViewport.value.set(width, height);
    this.uniforms.uPixelRatio.value = pixelRatio;
    this.stage.resize(size);
    this.inkContext.canvas.width = Math.round(width * pixelRatio);
    this.inkContext.canvas.height = Math.round(height * pixelRatio);
    return true;
  }

  /**
   * Has both programs compiled that the first points are drawn with, resting or on their way, if a first frame shows none:
   * they often come a while after the map is made. Points that are there need not wait for the other program.
   */
  private warmUp(look: SceneLook, points: PointsUpload | undefined): void {
    this.isWarm = true;
    if (points && points.count > 0) return;
    for (const mix of [0, 1]) {
      this.setLook({ ...look, mix });
      this.stage.rehearse();
    }
  }

  /** Makes the page's fonts known to a worker. Each is fetched when a text first needs it; that is then written anew. */
  private addFonts(fonts: readonly Font[]): void {
    if ("document" in globalThis || fonts.length === 0) return;
    const known = (globalThis as unknown as { readonly fonts: FontFaceSet }).fonts;
    for (const { family, source, descriptors } of fonts) known.add(new FontFace(family, source, descriptors));
    const writeAnew = () => this.ink && replay(this.ink, this.inkContext);
    known.addEventListener("loadingdone", writeAnew);
    // The one that most labels are written in, now. Without it, another font of the list is used. Written
    // anew at either sign: on a busy machine labels were once seen to keep the other font.
    void known.load(`12px "${fonts[0].family}"`).then(writeAnew, () => {});
  }
}
