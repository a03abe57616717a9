import { startsWith, viewOf } from "./bytes";
import type { ImageHeader } from "./types";

/** Reads a GIF's size and walks its blocks to the end of the first frame (GIF89a, §18–22). Undefined when it is none. */
export function readGif(bytes: Uint8Array): ImageHeader | undefined {
  if (!startsWith(bytes, "GIF87a") && !startsWith(bytes, "GIF89a")) return undefined;
  const sized = bytes.length >= 13;
  const view = viewOf(bytes);
  return {
    format: "gif",
    width: sized ? view.getUint16(6, true) : 0,
    height: sized ? view.getUint16(8, true) : 0,
    complete: sized && hasFirstFrame(bytes),
  };
}

function hasFirstFrame(bytes: Uint8Array): boolean {
  let block = 13 + paletteBytes(bytes[10]);
  while (block < bytes.length) {
    if (bytes[block] === 0x21) {
      block = afterSubBlocks(bytes, block + 2);
    } else if (bytes[block] === 0x2c) {
      return afterSubBlocks(bytes, block + 11 + paletteBytes(bytes[block + 9])) <= bytes.length;
    } else {
      return false;
    }
  }
  return false;
}

/** The flags' low bits say how many colours a palette has, if the high bit says there is one. */
function paletteBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** The place behind a chain of sub-blocks, past the end of the file when the chain has none. */
function afterSubBlocks(bytes: Uint8Array, start: number): number {
  let place = start;
  while (place < bytes.length && bytes[place] !== 0) place += 1 + bytes[place];
  return place + 1;
}
