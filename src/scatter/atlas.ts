import {
  Box2,
  DataTexture,
  LinearFilter,
  NoColorSpace,
  RGBAFormat,
  Vector2,
  type WebGLRenderer,
} from "three";
import { AtlasSlots } from "./atlas-slots";

/** Side of a texture page in pixels: every WebGL 2 device offers at least this. */
const PAGE = 2048;

/** Where a picture lies: the page and the cell's corner in texture coordinates. */
export interface Cell {
  readonly page: number;
  readonly u: number;
  readonly v: number;
}

/**
 * Small pictures side by side on textures of the GPU. Pages are made as they are needed; when all are full, the picture
 * used longest ago gives up its cell.
 */
export class Atlas {
  /** Side of a cell as a share of a page. */
  readonly cellSize: number;
  readonly pages: DataTexture[] = [];
  private readonly slots: AtlasSlots;
  private readonly cellPixels: number;
  private readonly scratch: OffscreenCanvasRenderingContext2D;
  private readonly upload: DataTexture;
  private readonly region = new Box2();
  private readonly corner = new Vector2();

  /**
   * @param cellPixels side of a cell in pixels; a divisor of 2,048.
   * @param maxPages pages of 16 MB of GPU memory each.
   */
  constructor(cellPixels: number, maxPages: number) {
    this.cellPixels = cellPixels;
    this.cellSize = cellPixels / PAGE;
    this.slots = new AtlasSlots((PAGE / cellPixels) ** 2, maxPages);
    const canvas = new OffscreenCanvas(cellPixels, cellPixels);
    // Read back for every upload, so it must not live on the GPU.
    this.scratch = canvas.getContext("2d", { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
    this.scratch.imageSmoothingQuality = "high";
    this.upload = new DataTexture(null, cellPixels, cellPixels, RGBAFormat);
    this.region.set(new Vector2(0, 0), new Vector2(cellPixels, cellPixels));
  }

  /** Where the picture of this name lies, or undefined when it isn't here (any more). Counts as a use. */
  cell(key: string): Cell | undefined {
    const slot = this.slots.find(key);
    if (slot === undefined) return undefined;
    const perRow = PAGE / this.cellPixels;
    const place = slot % this.slots.perPage;
    return {
      page: Math.floor(slot / this.slots.perPage),
      u: (place % perRow) * this.cellSize,
      v: Math.floor(place / perRow) * this.cellSize,
    };
  }

  /** Puts a picture into a cell: its middle square, scaled down. Returns the name of the picture that had to go. */
  put(key: string, picture: ImageBitmap, renderer: WebGLRenderer): string | undefined {
    const { slot, evicted } = this.slots.take(key);
    const page = Math.floor(slot / this.slots.perPage);
    while (this.pages.length <= page) this.pages.push(createPage());
    const perRow = PAGE / this.cellPixels;
    const place = slot % this.slots.perPage;
    const size = this.cellPixels;
    const side = Math.min(picture.width, picture.height);
    this.scratch.clearRect(0, 0, size, size);
    this.scratch.drawImage(
      picture,
      (picture.width - side) / 2,
      (picture.height - side) / 2,
      side,
      side,
      0,
      0,
      size,
      size,
    );
    this.upload.image.data = new Uint8Array(this.scratch.getImageData(0, 0, size, size).data.buffer);
    this.corner.set((place % perRow) * size, Math.floor(place / perRow) * size);
    renderer.copyTextureToTexture(this.upload, this.pages[page], this.region, this.corner);
    return evicted;
  }

  /** Forgets all pictures and frees the pages: after the GPU lost them, or for good. */
  clear(): void {
    for (const page of this.pages) page.dispose();
    this.pages.length = 0;
    this.slots.clear();
  }
}

function createPage(): DataTexture {
  const page = new DataTexture(null, PAGE, PAGE, RGBAFormat);
  page.magFilter = LinearFilter;
  page.minFilter = LinearFilter;
  page.colorSpace = NoColorSpace;
  page.generateMipmaps = false;
  // Room on the GPU, and nothing to send there yet.
  page.source.dataReady = false;
  page.needsUpdate = true;
  return page;
}
