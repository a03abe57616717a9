import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sniffImage } from ".";

const photos = join(import.meta.dirname, "../../../../e2e/fixtures/photos");
const read = (name: string) => new Uint8Array(readFileSync(join(photos, name)));

/** A BMP of 3 × 2 pixels with rows from the top. */
const bmp = () => {
  const bytes = new Uint8Array(54 + 24);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, 3, true);
  view.setInt32(22, -2, true);
  return bytes;
};

describe("sniffImage", () => {
  it.each([
    ["upright.jpg", "jpeg", 451, 300, true],
    ["grey.jpg", "jpeg", 451, 300, true],
    ["orientation-6.jpg", "jpeg", 300, 451, true],
    ["truncated.jpg", "jpeg", 451, 300, false],
    ["enormous.png", "png", 20_000, 20_000, true],
    ["one-pixel.png", "png", 1, 1, true],
    ["tall.png", "png", 3, 900, true],
    ["sixteen-bit.png", "png", 451, 300, true],
    ["transparent.png", "png", 285, 268, true],
    ["picture.webp", "webp", 451, 300, true],
    ["picture.avif", "avif", 451, 300, true],
    ["two-frames.gif", "gif", 285, 268, true],
  ])("reads the size of %s without decoding it", (name, format, width, height, complete) => {
    expect(sniffImage(read(name))).toEqual({ kind: "image", header: { format, width, height, complete } });
  });

  it("reads a BMP's size", () => {
    const header = { format: "bmp", width: 3, height: 2, complete: true };
    expect(sniffImage(bmp())).toEqual({ kind: "image", header });
  });

  it("reads all three kinds of WebP", () => {
    const chunk = (name: string, content: readonly number[]) => {
      const bytes = new Uint8Array(40);
      bytes.set(new TextEncoder().encode(`RIFF\0\0\0\0WEBP${name}`));
      new DataView(bytes.buffer).setUint32(4, 32, true);
      bytes.set(content, 20);
      return bytes;
    };
    const sizeOf = (bytes: Uint8Array) => {
      const sniffed = sniffImage(bytes);
      return sniffed.kind === "image" ? [sniffed.header.width, sniffed.header.height] : undefined;
    };
    expect(sizeOf(chunk("VP8X", [0, 0, 0, 0, 0x1f, 0x03, 0, 0x57, 0x02, 0]))).toEqual([800, 600]);
    expect(sizeOf(chunk("VP8L", [0x2f, 0x1f, 0xc3, 0x95, 0]))).toEqual([800, 600]);
    expect(sizeOf(chunk("VP8 ", [0, 0, 0, 0x9d, 1, 0x2a, 0x20, 0x03, 0x58, 0x02]))).toEqual([800, 600]);
  });

  it("tells what is no picture", () => {
    expect(sniffImage(read("empty.png"))).toMatchObject({ kind: "other", title: "an empty file (0 bytes)" });
    expect(sniffImage(read("page.png"))).toMatchObject({ kind: "other", title: "a web page (HTML)" });
    expect(sniffImage(new TextEncoder().encode("hello"))).toMatchObject({ kind: "other" });
  });

  it("names formats that are refused", () => {
    const svg = '\ufeff<?xml version="1.0"?><!-- a note --><svg xmlns="http://www.w3.org/2000/svg"/>';
    expect(sniffImage(read("script.svg"))).toEqual({ kind: "unsupported", title: "SVG" });
    expect(sniffImage(new TextEncoder().encode(svg))).toEqual({ kind: "unsupported", title: "SVG" });
    expect(sniffImage(new TextEncoder().encode("II*\0\x08\0\0\0"))).toEqual({
      kind: "unsupported",
      title: "TIFF",
    });
    expect(sniffImage(new TextEncoder().encode("\0\0\0\x18ftypheic\0\0\0\0mif1heic"))).toEqual({
      kind: "unsupported",
      title: "HEIC",
    });
  });

  it.each(["upright.jpg", "transparent.png", "picture.webp", "picture.avif", "two-frames.gif"])(
    "never takes a part of %s for the whole",
    (name) => {
      const bytes = read(name);
      // A GIF is complete with its first frame, which is half of this file at most.
      const length = name.endsWith(".gif") ? Math.floor(bytes.length / 4) : bytes.length;
      const whole = Array.from({ length: length - 1 }, (_, index) => index + 1).filter((end) => {
        const sniffed = sniffImage(bytes.subarray(0, end));
        return sniffed.kind === "image" && sniffed.header.complete;
      });
      expect(whole).toEqual([]);
    },
  );

  it("survives any bytes behind a known beginning", () => {
    const beginnings = readdirSync(photos)
      .filter((name) => /\.(jpg|png|webp|avif|gif)$/.test(name))
      .map((name) => read(name).subarray(0, 32));
    fc.assert(
      fc.property(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 400 }), (beginning, rest) => {
        expect(sniffImage(new Uint8Array([...beginning, ...rest]))).toHaveProperty("kind");
      }),
      { numRuns: 500 },
    );
  });
});
