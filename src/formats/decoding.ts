/** Text encodings a file of texts may come in; the names are those of the Encoding standard. */
export type TextEncodingName = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** What the first bytes of a file say about the rest. */
export type FileNature =
  | { readonly kind: "text"; readonly encoding: TextEncodingName }
  /** `title` names what it is, as in "it is a PNG image". */
  | { readonly kind: "binary"; readonly title: string };

/** Bytes that formats which are often taken for tables begin with. */
const magics: readonly { readonly title: string; readonly bytes: readonly number[] }[] = [
  { title: "an Excel workbook or another ZIP archive", bytes: [0x50, 0x4b, 0x03, 0x04] },
  { title: "an old Excel workbook or Word document", bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { title: "a PDF document", bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { title: "a gzip archive", bytes: [0x1f, 0x8b] },
  { title: "a Parquet file", bytes: [0x50, 0x41, 0x52, 0x31] },
  { title: "a NumPy array", bytes: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] },
  { title: "a PNG image", bytes: [0x89, 0x50, 0x4e, 0x47] },
  { title: "a JPEG image", bytes: [0xff, 0xd8, 0xff] },
  { title: "a GIF image", bytes: [0x47, 0x49, 0x46, 0x38] },
];

const startsWith = (bytes: Uint8Array, magic: readonly number[]) =>
  magic.every((byte, index) => bytes[index] === byte);

/** Control characters a text may hold: tab, line feed, vertical tab, form feed, carriage return, escape. */
const textControls = new Set([9, 10, 11, 12, 13, 27]);

/** Text has next to no control characters; one byte in fifty leaves room for stray NULs and none for machine code. */
const mostControls = 1 / 50;

/** A stray control character in a short note does not make it a machine's file. */
const fewControls = 4;

/**
 * Text in UTF-16 without a mark has a zero byte in nearly every second place wherever it is Latin, digits and spaces:
 * a third of them on one side and hardly any on the other is not met otherwise.
 */
function utf16Without(bytes: Uint8Array): TextEncodingName | undefined {
  const zeros = [0, 0];
  bytes.forEach((byte, index) => {
    if (byte === 0) zeros[index & 1] += 1;
  });
  const half = bytes.length / 2;
  if (zeros[1] > half / 3 && zeros[0] < half / 50) return "utf-16le";
  if (zeros[0] > half / 3 && zeros[1] < half / 50) return "utf-16be";
  return undefined;
}

/**
 * Tells text from other files and finds its encoding: a byte order mark, else UTF-16 by its zero bytes, else UTF-8 if
 * that fits, else Windows-1252, in which every byte means something. `start` is the beginning of the file, at least
 * 64 KB of it where it is that long; the more, the surer.
 */
export function fileNature(start: Uint8Array): FileNature {
  if (startsWith(start, [0xef, 0xbb, 0xbf])) return { kind: "text", encoding: "utf-8" };
  const magic = magics.find(({ bytes }) => startsWith(start, bytes));
  if (magic) return { kind: "binary", title: magic.title };
  if (startsWith(start, [0xff, 0xfe])) return { kind: "text", encoding: "utf-16le" };
  if (startsWith(start, [0xfe, 0xff])) return { kind: "text", encoding: "utf-16be" };
  const wide = utf16Without(start);
  if (wide) return { kind: "text", encoding: wide };

  let controls = 0;
  for (const byte of start) if (byte < 32 && !textControls.has(byte)) controls += 1;
  if (controls > Math.max(fewControls, start.length * mostControls)) {
    return { kind: "binary", title: "not a text file" };
  }
  return { kind: "text", encoding: fitsUtf8(start) ? "utf-8" : "windows-1252" };
}

/**
 * True when the bytes are UTF-8, or so nearly that one broken character is likelier than another encoding: Windows-1252
 * text hardly ever forms valid sequences by chance. A character cut off at the end does not count.
 */
function fitsUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder("utf-8").decode(bytes, { stream: true });
  let broken = 0;
  let whole = 0;
  for (const character of text) {
    if (character === "\ufffd") broken += 1;
    else if (character > "\u007f") whole += 1;
  }
  return broken === 0 || whole > 8 * broken;
}

/** Bytes decoded at a time, however much the browser hands over: a few milliseconds between looks at the signal. */
const pieceBytes = 1 << 16;

/** Decodes a file piece by piece, without its byte order mark and with every line end as `\n`. */
export async function* decodedPieces(
  file: Blob,
  encoding: TextEncodingName,
  onBytes: (read: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  const reader = file.stream().getReader();
  let read = 0;
  // A carriage return at the end of a piece may be the first half of a line end.
  let held = "";
  const unified = (text: string) => text.replace(/\r\n?/g, "\n");
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      for (let start = 0; start < value.length; start += pieceBytes) {
        const bytes = value.subarray(start, start + pieceBytes);
        const text = held + decoder.decode(bytes, { stream: true });
        held = text.endsWith("\r") ? "\r" : "";
        yield unified(held ? text.slice(0, -1) : text);
        read += bytes.length;
        onBytes(read);
      }
    }
    yield unified(held + decoder.decode());
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
