import { readAvif } from "./avif";
import { readBmp } from "./bmp";
import { startsWith } from "./bytes";
import { readGif } from "./gif";
import { readJpeg } from "./jpeg";
import { readPng } from "./png";
import type { ImageHeader } from "./types";
import { readWebp } from "./webp";

export type { ImageFormat, ImageHeader } from "./types";

const READERS = [readPng, readJpeg, readGif, readWebp, readAvif, readBmp];

/** What a file is, judged by its content: its name and declared type may lie. */
export type Sniffed =
  | { readonly kind: "image"; readonly header: ImageHeader }
  /** A picture of a format that is not decoded here; `title` names it. */
  | { readonly kind: "unsupported"; readonly title: string }
  /** No picture at all; `title` names what it is, with its article. */
  | { readonly kind: "other"; readonly title: string };

/** Formats that are recognised so that the refusal can name them. */
const UNSUPPORTED: readonly { readonly title: string; readonly mark: string; readonly offset?: number }[] = [
  { title: "TIFF", mark: "II*\0" },
  { title: "TIFF", mark: "MM\0*" },
  { title: "HEIC", mark: "ftypheic", offset: 4 },
  { title: "HEIC", mark: "ftypheix", offset: 4 },
  { title: "HEIC", mark: "ftypmif1", offset: 4 },
  { title: "JPEG XL", mark: "\xff\x0a" },
  { title: "JPEG XL", mark: "\0\0\0\x0cJXL " },
  { title: "Photoshop", mark: "8BPS" },
  { title: "ICO", mark: "\0\0\x01\0" },
];

/** How far into a text an `<svg` tag is looked for: comments and a DOCTYPE may stand before it. */
const SVG_WITHIN = 4096;

/** Looks at a file's bytes without decoding anything. */
export function sniffImage(bytes: Uint8Array): Sniffed {
  if (bytes.length === 0) return { kind: "other", title: "an empty file (0 bytes)" };
  for (const read of READERS) {
    const header = read(bytes);
    if (header) return { kind: "image", header };
  }
  const known = UNSUPPORTED.find(({ mark, offset }) => startsWith(bytes, mark, offset));
  if (known) return { kind: "unsupported", title: known.title };
  return sniffText(bytes);
}

function sniffText(bytes: Uint8Array): Sniffed {
  const start = new TextDecoder().decode(bytes.subarray(0, SVG_WITHIN)).trimStart();
  if (/^<!doctype html|^<html/i.test(start)) return { kind: "other", title: "a web page (HTML)" };
  if (start.startsWith("<") && /<svg[\s>]/i.test(start)) return { kind: "unsupported", title: "SVG" };
  if (start.startsWith("%PDF")) return { kind: "other", title: "a PDF document" };
  return { kind: "other", title: "of an unknown format" };
}
