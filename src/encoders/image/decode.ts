import { NamedError, throwIfCancelled } from "../../core/errors";
import { sniffImage } from "./header";

/**
 * Most pixels a picture may have. A decoded pixel takes 4 bytes, so this is 480 MB: 108-megapixel phones pass, and the
 * 1.6 GB of a 20,000 × 20,000 picture, which would take the page down, do not.
 */
export const MOST_PIXELS = 120_000_000;

/** Pictures decoded at once: the browser decodes one while another is read, and the largest take 480 MB each. */
export const DECODED_AT_ONCE = 2;

/** Longest side, in pixels: the widest canvas that every browser has. */
const LONGEST_SIDE = 32_767;

/** Largest file that is read into memory to be looked at, in bytes. Photos of that many pixels stay below it. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Checks a picture and decodes it: upright (EXIF orientation obeyed), first frame, numbers as stored (colour profiles
 * are left aside, as when the encoders were trained). The caller closes the bitmap.
 *
 * Throws `UnreadableImage` (no picture, damaged or cut off), `UnsupportedImage`, `ImageTooLarge` or `Cancelled`.
 */
export async function decodeImage(file: Blob, signal?: AbortSignal): Promise<ImageBitmap> {
  throwIfCancelled(signal);
  const name = nameOf(file);
  if (file.size > MOST_BYTES)
    throw tooLarge(`${name} has ${megabytes(file.size)} MB, more than ${megabytes(MOST_BYTES)}.`);
  checkHeader(new Uint8Array(await readBytes(file, name)), name);
  throwIfCancelled(signal);
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image", colorSpaceConversion: "none" });
  } catch (cause) {
    throw new NamedError("UnreadableImage", `${name} could not be decoded: its content is damaged.`, {
      advice: "Open it in a picture viewer and save it again.",
      cause,
    });
  }
}

/** Checks a picture's bytes before the browser decodes them. Throws as `decodeImage` does. */
export function checkHeader(bytes: Uint8Array, name: string): void {
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
