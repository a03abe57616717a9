import type { Item } from "../../collection/types";

/**
 * What stands for an item on the map: an image's thumbnail, or the piece of its image that a patch shows. `whole` is the
 * image that a patch is of. Undefined for items that are no pictures.
 */
export function thumbnailOf(item: Item, whole: Item | undefined): Promise<ImageBitmap> | undefined {
  if (!item.part || !("box" in item.part)) {
    return item.image?.thumbnail && createImageBitmap(item.image.thumbnail);
  }
  return whole?.image?.thumbnail && cut(whole.image.thumbnail, item.part.box);
}

/** Cuts a box (left, top, width and height as shares) out of a picture; of what lies outside of it, nothing. */
async function cut(picture: Blob, [left, top, width, height]: readonly number[]): Promise<ImageBitmap> {
  const bitmap = await createImageBitmap(picture);
  try {
    const [x, y] = [Math.max(0, left) * bitmap.width, Math.max(0, top) * bitmap.height];
    const right = Math.min(1, left + width) * bitmap.width;
    const bottom = Math.min(1, top + height) * bitmap.height;
    // A patch of a small picture may be less than a pixel.
    const [w, h] = [Math.max(1, Math.round(right - x)), Math.max(1, Math.round(bottom - y))];
    return await createImageBitmap(bitmap, Math.floor(x), Math.floor(y), w, h);
  } finally {
    bitmap.close();
  }
}
