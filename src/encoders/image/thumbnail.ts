import { decodeImage } from "./decode";

/** A picture as map and lists show it. */
export interface Picture {
  /** At most 128 px on the longer side, upright, on white. */
  readonly thumbnail: Blob;
  /** Of the whole picture, upright. */
  readonly width: number;
  readonly height: number;
}

/** Longer side of a thumbnail, in pixels: sharp at 64 CSS pixels on a screen of double density. */
const LONGER_SIDE = 128;

/** WebP is a third of PNG's size for photos; browsers that can't write it write PNG instead. */
const FORMAT = { type: "image/webp", quality: 0.85 };

/** Decodes a picture and makes its thumbnail. Needs a browser; works in workers. Throws as `decodeImage` does. */
export async function makePicture(file: Blob, signal?: AbortSignal): Promise<Picture> {
  const { bitmap, width, height } = await decodeImage(file, {
    signal,
    reduction: (width, height) => Math.max(width, height) / (2 * LONGER_SIDE),
  });
  try {
    const scale = Math.min(1, LONGER_SIDE / Math.max(width, height));
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(width * scale)),
      Math.max(1, Math.round(height * scale)),
    );
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) throw new RangeError("no canvas for a thumbnail");
    context.fillStyle = "white";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return { thumbnail: await canvas.convertToBlob(FORMAT), width, height };
  } finally {
    bitmap.close();
  }
}
