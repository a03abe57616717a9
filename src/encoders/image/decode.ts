import { NamedError, throwIfCancelled } from "../../core/errors";
import { type ImageHeader, sniffImage } from "./header";

/**
 * Most pixels a picture may have. A decoded pixel takes 4 bytes, so this is 480 MB: 108-megapixel phones pass, and the
 * 1.6 GB of a 20,000 × 20,000 picture, which would take the page down, do not.
 */
const MOST_PIXELS = 120_000_000;

/** Pictures decoded at once: the browser decodes one while another is read, and the largest take 480 MB each. */
export const DECODED_AT_ONCE = 2;

/** Longest side, in pixels: the widest canvas that every browser has. */
const LONGEST_SIDE = 32_767;

/** Largest file that is read into memory to be looked at, in bytes. Photos of that many pixels stay below it. */
const MOST_BYTES = 256 * 1024 * 1024;

/** How a picture is decoded, and stopped. */
export interface DecodeOptions {
  readonly signal?: AbortSignal;
  /** By how much the picture may be reduced at most, from its size in pixels. The default is not at all. */
  readonly reduction?: (width: number, height: number) => number;
}

/** A decoded picture. The caller closes the bitmap. */
export interface DecodedImage {
  /** Upright; smaller than the picture where that was allowed. */
  readonly bitmap: ImageBitmap;
  /** Of the whole picture, upright. */
  readonly width: number;
  readonly height: number;
}

/** The browser reduces pictures from this factor on; below, handing over all pixels costs less than it loses. */
const LEAST_REDUCTION = 4;

/**
 * Checks a picture and decodes it: upright (EXIF orientation obeyed), first frame, numbers as stored (colour profiles
 * are left aside, as when the encoders were trained). Large pictures are reduced while they are decoded, where the
 * caller allows it, by powers of two: then the browser's filter averages.
 *
 * Throws `UnreadableImage` (no picture, damaged or cut off), `UnsupportedImage`, `ImageTooLarge` or `Cancelled`.
 */
export async function decodeImage(
  file: Blob,
  { signal, reduction = () => 1 }: DecodeOptions = {},
): Promise<DecodedImage> {
  throwIfCancelled(signal);
  const name = nameOf(file);
  if (file.size > MOST_BYTES)
    throw tooLarge(`${name} has ${megabytes(file.size)} MB, more than ${megabytes(MOST_BYTES)}.`);
  const stored = checkHeader(new Uint8Array(await readBytes(file, name)), name);
  throwIfCancelled(signal);
  const factor = 2 ** Math.floor(Math.log2(reduction(stored.width, stored.height)));
  const reduced = factor >= LEAST_REDUCTION;
  const options: ImageBitmapOptions = { imageOrientation: "from-image", colorSpaceConversion: "none" };
  if (reduced) {
    // The height follows, so that the proportions stay when the picture is turned upright.
    options.resizeWidth = Math.ceil(stored.width / factor);
    options.resizeQuality = "medium";
  }
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, options);
  } catch (cause) {
    throw new NamedError("UnreadableImage", `${name} could not be decoded: its content is damaged.`, {
      advice: "Open it in a picture viewer and save it again.",
      cause,
    });
  }
  const { width, height } = reduced ? upright(stored, bitmap) : bitmap;
  return { bitmap, width, height };
}

/** The size of the upright picture: as stored, or with sides swapped when the bitmap lies the other way. */
export function upright(
  stored: { readonly width: number; readonly height: number },
  bitmap: { readonly width: number; readonly height: number },
): { width: number; height: number } {
  const turned =
    stored.width > stored.height !== bitmap.width > bitmap.height && bitmap.width !== bitmap.height;
  return turned
    ? { width: stored.height, height: stored.width }
    : { width: stored.width, height: stored.height };
}

/** Checks a picture's bytes before the browser decodes them. Throws as `decodeImage` does. */
export function checkHeader(bytes: Uint8Array, name: string): ImageHeader {
  const sniffed = sniffImage(bytes);
  if (sniffed.kind === "unsupported") {
    throw new NamedError(
      "UnsupportedImage",
      `${name} is a picture in the format ${sniffed.title}, which is not read here.`,
      {
        advice: "Save it as PNG, JPEG or WebP.",
      },
    );
  }
  if (sniffed.kind === "other") {
    throw new NamedError("UnreadableImage", `${name} is no picture: it is ${sniffed.title}.`, {
      advice: "Choose a PNG, JPEG, WebP, GIF, AVIF or BMP file.",
    });
  }
  const { format, width, height, complete } = sniffed.header;
  const size = `${width.toLocaleString("en")} × ${height.toLocaleString("en")} pixels`;
  if (width > LONGEST_SIDE || height > LONGEST_SIDE) {
    throw tooLarge(`${name} has ${size}; a side may have ${LONGEST_SIDE.toLocaleString("en")} at most.`);
  }
  if (width * height > MOST_PIXELS) {
    throw tooLarge(
      `${name} has ${size}, more than the ${MOST_PIXELS / 1e6} million that fit into memory safely.`,
    );
  }
  if (!complete || width === 0 || height === 0) {
    throw new NamedError(
      "UnreadableImage",
      `${name} is cut off: the ${format.toUpperCase()} file ends too early.`,
      {
        advice: "Copy or download it again.",
      },
    );
  }
  return sniffed.header;
}

async function readBytes(file: Blob, name: string): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch (cause) {
    throw new NamedError("UnreadableImage", `${name} could not be read: it was moved, changed or locked.`, {
      advice: "Choose the file again.",
      cause,
    });
  }
}

function tooLarge(message: string): NamedError {
  return new NamedError("ImageTooLarge", message, { advice: "Make the picture smaller and add it again." });
}

function megabytes(bytes: number): number {
  return Math.round(bytes / (1024 * 1024));
}

function nameOf(file: Blob): string {
  return typeof File !== "undefined" && file instanceof File && file.name !== ""
    ? `“${file.name}”`
    : "The picture";
}
