/** Part of a picture, in pixels from its top left corner. */
export interface Tile {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Cuts a picture into tiles whose sides are `side` pixels at most, row by row. */
export function tilesOf(width: number, height: number, side: number): Tile[] {
  const tiles: Tile[] = [];
  for (let y = 0; y < height; y += side) {
    for (let x = 0; x < width; x += side) {
      tiles.push({ x, y, width: Math.min(side, width - x), height: Math.min(side, height - y) });
    }
  }
  return tiles;
}

/** Turns rows of RGBA pixels upside down, in place: a GPU counts them from below. */
export function flipRows(pixels: Uint8ClampedArray, width: number, height: number): void {
  const row = width * 4;
  const held = new Uint8ClampedArray(row);
  for (let top = 0, bottom = height - 1; top < bottom; top++, bottom--) {
    held.set(pixels.subarray(top * row, (top + 1) * row));
    pixels.copyWithin(top * row, bottom * row, (bottom + 1) * row);
    pixels.set(held, bottom * row);
  }
}
