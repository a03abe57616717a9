import { startsWith, viewOf } from "./bytes";
import type { ImageHeader } from "./types";

/** The oldest header, with sizes of 16 bits. */
const CORE_HEADER = 12;

/** Reads a BMP's size. Undefined when it is no BMP. */
export function readBmp(bytes: Uint8Array): ImageHeader | undefined {
  if (!startsWith(bytes, "BM") || bytes.length < 26) return undefined;
  const view = viewOf(bytes);
  const core = view.getUint32(14, true) === CORE_HEADER;
  return {
    format: "bmp",
    width: core ? view.getUint16(18, true) : Math.abs(view.getInt32(18, true)),
    // A negative height says that rows run from the top.
    height: core ? view.getUint16(20, true) : Math.abs(view.getInt32(22, true)),
    complete: bytes.length >= view.getUint32(10, true),
  };
}
