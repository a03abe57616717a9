import { deflateSync } from "node:zlib";
import type { Page } from "@playwright/test";

/** A file as Playwright's `setInputFiles` and `dropFiles` take it. */
export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A text file. */
export function textFile(name: string, content: string, mimeType = "text/plain"): TestFile {
  return { name, mimeType, buffer: Buffer.from(content) };
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ crcTable[(crc ^ byte) & 255];
  return (crc ^ 0xffffffff) >>> 0;
}

function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** A PNG of one colour, [red, green, blue] or [red, green, blue, alpha], 0–255 (PNG specification, sections 5 and 11). */
export function png(name: string, width: number, height: number, colour: readonly number[]): TestFile {
  const row = Buffer.alloc(1 + width * colour.length);
  for (let x = 0; x < width; x++) row.set(colour, 1 + x * colour.length);
  return pngOfRows(
    name,
    width,
    height,
    8,
    colour.length === 4 ? 6 : 2,
    Buffer.concat(Array(height).fill(row)),
  );
}

/** A valid PNG of 1-bit black: huge in pixels, small in bytes. */
export function blackPng(name: string, width: number, height: number): TestFile {
  return pngOfRows(name, width, height, 1, 0, Buffer.alloc(height * (1 + Math.ceil(width / 8))));
}

function pngOfRows(
  name: string,
  width: number,
  height: number,
  depth: number,
  colourType: number,
  rows: Buffer,
): TestFile {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colourType, 0, 0, 0], 8);
  const buffer = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(rows)),
    pngChunk("IEND", new Uint8Array(0)),
  ]);
  return { name, mimeType: "image/png", buffer };
}

/** A JPEG with an EXIF orientation (1–8) put into it, after its start-of-image marker (EXIF 2.3, section 4.6.4). */
export function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write("MM\0*", 0, "latin1");
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(0x0112, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const marker = Buffer.from([0xff, 0xe1, 0, 0]);
  marker.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), marker, body, jpeg.subarray(2)]);
}

/** Draws a picture on a canvas of the page and gives back its file; `turn` rotates it clockwise by quarter turns. */
export async function drawn(
  page: Page,
  picture: Buffer,
  options: { type: "image/jpeg" | "image/webp" | "image/png"; turn?: number; background?: string },
): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ([source, { type, turn = 0, background }]) => {
      const blob = await (await fetch(`data:application/octet-stream;base64,${source}`)).blob();
      const bitmap = await createImageBitmap(blob);
      const [width, height] = turn % 2 ? [bitmap.height, bitmap.width] : [bitmap.width, bitmap.height];
      const canvas = new OffscreenCanvas(width, height);
      const drawing = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
      if (background) {
        drawing.fillStyle = background;
        drawing.fillRect(0, 0, width, height);
      }
      drawing.translate(width / 2, height / 2);
      drawing.rotate((turn * Math.PI) / 2);
      drawing.drawImage(bitmap, -bitmap.width / 2, -bitmap.height / 2);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type, quality: 0.95 })).arrayBuffer());
      let text = "";
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    },
    [picture.toString("base64"), options] as const,
  );
  return Buffer.from(base64, "base64");
}

/** Drops files onto the page's middle, as a file manager does. */
export async function dropFiles(page: Page, files: readonly TestFile[]): Promise<void> {
  const transfer = await page.evaluateHandle(
    (files) => {
      const transfer = new DataTransfer();
      for (const { name, mimeType, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type: mimeType }));
      }
      return transfer;
    },
    files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString("base64") })),
  );
  const target = page.getByRole("region", { name: "Map" });
  for (const type of ["dragenter", "dragover", "drop"]) {
    await target.dispatchEvent(type, { dataTransfer: transfer });
  }
}

/** Pastes files or text into whatever has the focus, as a browser does for Ctrl+V. */
export async function paste(
  page: Page,
  content: { text?: string; files?: readonly TestFile[] },
): Promise<void> {
  await page.evaluate(
    ({ text, files }) => {
      const transfer = new DataTransfer();
      if (text !== undefined) transfer.setData("text/plain", text);
      for (const { name, mimeType, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type: mimeType }));
      }
      const event = new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true });
      (document.activeElement ?? document.body).dispatchEvent(event);
    },
    {
      text: content.text,
      files: (content.files ?? []).map(({ name, mimeType, buffer }) => ({
        name,
        mimeType,
        base64: buffer.toString("base64"),
      })),
    },
  );
}
