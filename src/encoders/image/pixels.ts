import { BoxReducer } from "./reduce";
import type { Pixels } from "./resize";

/** Pixels read from the browser at once, 16 MB: large pictures come in strips, so that they never stand there twice. */
const STRIP_PIXELS = 4_000_000;

/**
 * Reads a decoded picture's pixels, laid on `background` where it is transparent, averaged over squares of
 * `factor × factor` pixels. Works in workers; needs a browser.
 */
export function readPixels(
  bitmap: ImageBitmap,
  background: readonly [number, number, number],
  factor: number,
): Pixels {
  const { width, height } = bitmap;
  if (factor === 1) return readStrip(canvasFor(width, height, background), bitmap, 0, height);
  const reducer = new BoxReducer(width, height, factor);
  const rows = Math.max(factor, Math.floor(STRIP_PIXELS / width / factor) * factor);
  const context = canvasFor(width, Math.min(rows, height), background);
  for (let top = 0; top < height; top += rows) {
    reducer.add(readStrip(context, bitmap, top, Math.min(rows, height - top)));
  }
  return reducer.finish();
}

function canvasFor(
  width: number,
  height: number,
  [red, green, blue]: readonly [number, number, number],
): OffscreenCanvasRenderingContext2D {
  // Pixels are read back at once, so the canvas must not live on the GPU.
  const context = new OffscreenCanvas(width, height).getContext("2d", {
    alpha: false,
    willReadFrequently: true,
  });
  if (!context) throw new RangeError(`no canvas of ${width} × ${height} pixels`);
  context.fillStyle = `rgb(${red} ${green} ${blue})`;
  return context;
}

function readStrip(
  context: OffscreenCanvasRenderingContext2D,
  bitmap: ImageBitmap,
  top: number,
  rows: number,
): Pixels {
  const { width } = bitmap;
  context.fillRect(0, 0, width, rows);
  context.drawImage(bitmap, 0, top, width, rows, 0, 0, width, rows);
  return { data: context.getImageData(0, 0, width, rows).data, width, height: rows };
}
