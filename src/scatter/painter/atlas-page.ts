import {
  Box2,
  DataTexture,
  LinearFilter,
  NoColorSpace,
  RGBAFormat,
  Vector2,
  type WebGLRenderer,
} from "three";
import { PAGE_SIDE } from "../atlas-slots";
import type { PictureCell } from "./methods";

/** A texture of the GPU with small pictures side by side. */
export class AtlasPage {
  readonly texture = createTexture();
  private scratch: OffscreenCanvasRenderingContext2D | undefined;
  private readonly region = new Box2();
  private readonly corner = new Vector2();

  /** Puts a picture into a cell: its middle square, scaled to fit. */
  put(picture: ImageBitmap, { x, y, side }: PictureCell, webgl: WebGLRenderer): void {
    const scratch = this.square(side);
    const middle = Math.min(picture.width, picture.height);
    const left = (picture.width - middle) / 2;
    const top = (picture.height - middle) / 2;
    scratch.clearRect(0, 0, side, side);
    scratch.drawImage(picture, left, top, middle, middle, 0, 0, side, side);
    const pixels = new Uint8Array(scratch.getImageData(0, 0, side, side).data.buffer);
    const source = new DataTexture(pixels, side, side, RGBAFormat);
    this.region.set(new Vector2(0, 0), new Vector2(side, side));
    webgl.copyTextureToTexture(source, this.texture, this.region, this.corner.set(x, y));
  }

  dispose(): void {
    this.texture.dispose();
  }

  private square(side: number): OffscreenCanvasRenderingContext2D {
    if (this.scratch?.canvas.width === side) return this.scratch;
    // Read back for every picture, so it must not live on the GPU.
    const options = { willReadFrequently: true };
    this.scratch = new OffscreenCanvas(side, side).getContext(
      "2d",
      options,
    ) as OffscreenCanvasRenderingContext2D;
    this.scratch.imageSmoothingQuality = "high";
    return this.scratch;
  }
}

function createTexture(): DataTexture {
  const texture = new DataTexture(null, PAGE_SIDE, PAGE_SIDE, RGBAFormat);
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearFilter;
  texture.colorSpace = NoColorSpace;
  texture.generateMipmaps = false;
  // Room on the GPU, and nothing to send there yet.
  texture.source.dataReady = false;
  texture.needsUpdate = true;
  return texture;
}
