import type { Preprocessing } from "../card";
import { decodeImage } from "./decode";
import { readPixels } from "./pixels";
import { type Placement, placement, preprocess, reduction } from "./preprocess";

/** A picture as the network reads it. */
export interface PreparedImage {
  /** `3 × size × size` numbers. */
  readonly tensor: Float32Array<ArrayBuffer>;
  /** Where the upright picture stands in the square of `size` pixels. */
  readonly place: Placement;
}

/**
 * From a picture's file to the network's input. Needs a browser; works in workers. Throws as
 * `decodeImage` does.
 */
export async function prepareImage(
  image: Blob,
  preprocessing: Preprocessing,
  signal?: AbortSignal,
): Promise<PreparedImage> {
  const { bitmap, ...picture } = await decodeImage(image, {
    signal,
    reduction: (width, height) => reduction(width, height, preprocessing),
  });
  try {
    const factor = reduction(bitmap.width, bitmap.height, preprocessing);
    const pixels = readPixels(bitmap, preprocessing.background, factor);
    const extent = { width: bitmap.width / factor, height: bitmap.height / factor };
    return {
      tensor: preprocess(pixels, picture, extent, preprocessing),
      place: placement(picture.width, picture.height, preprocessing),
    };
  } finally {
    bitmap.close();
  }
}
