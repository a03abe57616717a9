import { startsWith, viewOf } from "./bytes";
import type { ImageHeader } from "./types";

/** Reads a WebP's size from its first chunk (RFC 9649, §2.5–2.7). Undefined when it is no WebP. */
export function readWebp(bytes: Uint8Array): ImageHeader | undefined {
  if (!startsWith(bytes, "RIFF") || !startsWith(bytes, "WEBP", 8)) return undefined;
  const view = viewOf(bytes);
  const [width, height] = bytes.length >= 30 ? size(bytes, view) : [0, 0];
  return { format: "webp", width, height, complete: bytes.length >= 8 + view.getUint32(4, true) };
}

function size(bytes: Uint8Array, view: DataView): [number, number] {
  const uint24 = (at: number) => view.getUint16(at, true) + (bytes[at + 2] << 16);
  if (startsWith(bytes, "VP8X", 12)) return [uint24(24) + 1, uint24(27) + 1];
  if (startsWith(bytes, "VP8L", 12)) {
    const bits = view.getUint32(21, true);
    return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1];
  }
  if (startsWith(bytes, "VP8 ", 12)) {
    return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  }
  return [0, 0];
}
