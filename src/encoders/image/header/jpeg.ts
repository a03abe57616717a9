import { viewOf } from "./bytes";
import type { ImageHeader } from "./types";

const START_OF_SCAN = 0xda;

/**
 * Reads a JPEG's size by walking its segments (ITU-T T.81, annex B), and looks for the end mark behind the picture's
 * data: browsers decode a file that was cut off without complaint. Undefined when it is no JPEG.
 */
export function readJpeg(bytes: Uint8Array): ImageHeader | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) return undefined;
  const view = viewOf(bytes);
  let width = 0;
  let height = 0;
  let segment = 2;
  while (segment + 4 <= bytes.length) {
    const marker = bytes[segment + 1];
    if (bytes[segment] !== 0xff) break;
    if (marker === 0xff) {
      // Fill bytes may stand before a marker.
      segment += 1;
      continue;
    }
    const length = view.getUint16(segment + 2);
    if (isFrame(marker) && segment + 9 <= bytes.length) {
      height = view.getUint16(segment + 5);
      width = view.getUint16(segment + 7);
    }
    segment += 2 + length;
    if (marker === START_OF_SCAN) return { format: "jpeg", width, height, complete: hasEnd(bytes, segment) };
  }
  return { format: "jpeg", width, height, complete: false };
}

/** Start-of-frame markers carry the size; three numbers in their range mean other things (DHT, JPG, DAC). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Searched from the back, because most files end with the mark; data of some cameras may follow it. */
function hasEnd(bytes: Uint8Array, from: number): boolean {
  for (let i = bytes.length - 2; i >= from; i--) if (bytes[i] === 0xff && bytes[i + 1] === 0xd9) return true;
  return false;
}
