import type { Item } from "../../collection/types";

/** Longest side that pictures are cut up at: a fourteenth of it, the usual patch, is what the map draws one at. */
const cutSide = 512;
/** Pictures kept decoded: a megabyte each, so that a map of patches decodes every picture once, not once a patch. */
const mostDecoded = 32;

const decoded = new Map<Blob, Promise<ImageBitmap>>();

/**
 * What stands for an item on the map: an image's thumbnail, or the piece of its image that a patch shows. `whole` is the
 * image that a patch is of. Undefined for items that are no pictures.
 */
export function thumbnailOf(item: Item, whole: Item | undefined): Promise<ImageBitmap> | undefined {
  if (!item.part || !("box" in item.part)) {
    return item.image?.thumbnail && createImageBitmap(item.image.thumbnail);
  }
  return whole?.image?.thumbnail && cut(whole.image, whole.image.thumbnail, item.part.box);
}

/** Cuts a box (left, top, width and height as shares) out of a picture; of what lies outside of it, nothing. */
async function cut(
  { file }: { readonly file: Blob },
  thumbnail: Blob,
  [left, top, width, height]: readonly number[],
): Promise<ImageBitmap> {
  const bitmap = await decode(file, thumbnail);
  const [x, y] = [Math.max(0, left) * bitmap.width, Math.max(0, top) * bitmap.height];
  const right = Math.min(1, left + width) * bitmap.width;
  const bottom = Math.min(1, top + height) * bitmap.height;
  // A patch of a small picture may be less than a pixel.
  const [w, h] = [Math.max(1, Math.round(right - x)), Math.max(1, Math.round(bottom - y))];
  return await createImageBitmap(bitmap, Math.floor(x), Math.floor(y), w, h);
}

/** A picture of at most `cutSide`, from its file, or from its thumbnail where the browser can't read the file by itself. */
function decode(file: Blob, thumbnail: Blob): Promise<ImageBitmap> {
  const known = decoded.get(file);
  const picture = known ?? shrunk(file).catch(() => createImageBitmap(thumbnail));
  // The one used last is the last to go.
  decoded.delete(file);
  decoded.set(file, picture);
  if (decoded.size > mostDecoded) {
    const [oldest] = decoded.keys();
    // Whoever waits for it cuts first.
    void decoded.get(oldest)?.then(
      (bitmap) => bitmap.close(),
      () => {},
    );
    decoded.delete(oldest);
  }
  return picture;
}

async function shrunk(file: Blob): Promise<ImageBitmap> {
  const bitmap = await createImageBitmap(file);
  const scale = cutSide / Math.max(bitmap.width, bitmap.height);
  if (scale >= 1) return bitmap;
  try {
    const [resizeWidth, resizeHeight] = [bitmap.width, bitmap.height].map((side) =>
      Math.max(1, Math.round(side * scale)),
    );
    return await createImageBitmap(bitmap, { resizeWidth, resizeHeight, resizeQuality: "medium" });
  } finally {
    bitmap.close();
  }
}
