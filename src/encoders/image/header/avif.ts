import { startsWith, viewOf } from "./bytes";
import type { ImageHeader } from "./types";

/** Boxes between the file and the one that holds the size (ISO/IEC 14496-12 and 23008-12). */
const PATH = ["meta", "iprp", "ipco"];

/** Reads an AVIF's size from its largest `ispe` box. Undefined when it is no AVIF. */
export function readAvif(bytes: Uint8Array): ImageHeader | undefined {
  if (!isAvif(bytes)) return undefined;
  const view = viewOf(bytes);
  let box: Box = { content: 0, end: bytes.length };
  let holdsData = false;
  for (const name of PATH) {
    const inner = boxes(view, box).find((one) => one.name === name);
    if (!inner) return { format: "avif", width: 0, height: 0, complete: false };
    // `meta` is a full box: four bytes of version and flags come first.
    box = name === "meta" ? { content: inner.content + 4, end: inner.end } : inner;
    // The picture's data stand in a box of their own behind `meta`, or, seldom, inside it.
    if (name === "meta") holdsData = boxes(view, box).some((one) => one.name === "idat");
  }
  const sizes = boxes(view, box)
    .filter(({ name, content, end }) => name === "ispe" && content + 12 <= Math.min(end, bytes.length))
    .map(({ content }) => [view.getUint32(content + 4), view.getUint32(content + 8)] as const);
  const [width, height] = sizes.reduce((a, b) => (b[0] * b[1] > a[0] * a[1] ? b : a), [0, 0] as const);
  const outer = boxes(view, { content: 0, end: bytes.length });
  // A file that was cut between two boxes ends where one ends, but has no data.
  holdsData ||= outer.some(({ name }) => name === "mdat");
  const last = outer.at(-1);
  return {
    format: "avif",
    width,
    height,
    complete: holdsData && last !== undefined && last.end <= bytes.length,
  };
}

function isAvif(bytes: Uint8Array): boolean {
  if (!startsWith(bytes, "ftyp", 4) || bytes.length < 16) return false;
  const end = Math.min(bytes.length, viewOf(bytes).getUint32(0));
  for (let brand = 8; brand + 4 <= end; brand += 4) {
    if (startsWith(bytes, "avif", brand) || startsWith(bytes, "avis", brand)) return true;
  }
  return false;
}

interface Box {
  readonly content: number;
  readonly end: number;
}

function boxes(view: DataView, parent: Box): (Box & { readonly name: string })[] {
  const found = [];
  let start = parent.content;
  while (start + 8 <= Math.min(parent.end, view.byteLength)) {
    const name = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(start + i)));
    let length = view.getUint32(start);
    let header = 8;
    if (length === 1 && start + 16 <= view.byteLength) {
      length = Number(view.getBigUint64(start + 8));
      header = 16;
    } else if (length === 0) {
      length = parent.end - start;
    }
    if (length < header) break;
    found.push({ name, content: start + header, end: start + length });
    start += length;
  }
  return found;
}
