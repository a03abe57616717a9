import { startsWith, viewOf } from "./bytes";
import type { ImageHeader } from "./types";

const SIGNATURE = "\x89PNG\r\n\x1a\n";

/** Reads a PNG's size and walks its chunks to the end mark (PNG specification, §5). Undefined when it is no PNG. */
export function readPng(bytes: Uint8Array): ImageHeader | undefined {
  if (!startsWith(bytes, SIGNATURE)) return undefined;
  const view = viewOf(bytes);
  const sized = bytes.length >= 24;
  return {
    format: "png",
    width: sized ? view.getUint32(16) : 0,
    height: sized ? view.getUint32(20) : 0,
    complete: reachesEnd(bytes, view),
  };
}

function reachesEnd(bytes: Uint8Array, view: DataView): boolean {
  let chunk = SIGNATURE.length;
  // A chunk is its length, its name, that many bytes, and a checksum.
  while (chunk + 12 <= bytes.length) {
    if (startsWith(bytes, "IEND", chunk + 4)) return true;
    chunk += 12 + view.getUint32(chunk);
  }
  return false;
}
