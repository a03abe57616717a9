import type { Preprocessing } from "../card";
import { decodeImage } from "./decode";
import { readPixels } from "./pixels";
import { preprocess, reduction } from "./preprocess";

/**
 * From a picture's file to the network's input: `3 × size × size` numbers. Needs a browser; works in workers. Throws as
 * `decodeImage` does.
 */
export async function prepareImage(
  image: Blob,
  preprocessing: Preprocessing,
  signal?: AbortSignal,
): Promise<Float32Array<ArrayBuffer>> {
  const { bitmap, ...picture } = await decodeImage(image, {
    signal,
    reduction: (width, height) => reduction(width, height, preprocessing),
  });
  try {
    const factor = reduction(bitmap.width, bitmap.height, preprocessing);
    const pixels = readPixels(bitmap, preprocessing.background, factor);
    const extent = { width: bitmap.width / factor, height: bitmap.height / factor };
    return preprocess(pixels, picture, extent, preprocessing);
  } finally {
    bitmap.close();
  }
}
