import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkHeader, decodeImage, upright } from "./decode";

const photos = join(import.meta.dirname, "../../../e2e/fixtures/photos");
const check = (name: string) => () =>
  checkHeader(new Uint8Array(readFileSync(join(photos, name))), `“${name}”`);

describe("checkHeader", () => {
  it.each(["upright.jpg", "orientation-6.jpg", "grey.jpg", "transparent.png", "sixteen-bit.png", "tall.png"])(
    "lets %s pass",
    (name) => {
      expect(check(name)).not.toThrow();
    },
  );

  it.each([
    ["empty.png", "UnreadableImage", "“empty.png” is no picture: it is an empty file (0 bytes)."],
    ["page.png", "UnreadableImage", "“page.png” is no picture: it is a web page (HTML)."],
    ["truncated.jpg", "UnreadableImage", "“truncated.jpg” is cut off: the JPEG file ends too early."],
    [
      "script.svg",
      "UnsupportedImage",
      "“script.svg” is a picture in the format SVG, which is not read here.",
    ],
  ])("refuses %s as %s", (name, errorName, message) => {
    expect(check(name)).toThrow(expect.objectContaining({ name: errorName, message }));
  });

  it("refuses 20,000 × 20,000 pixels before anything is decoded", () => {
    const error = { name: "ImageTooLarge", message: expect.stringContaining("20,000 × 20,000") };
    expect(check("enormous.png")).toThrow(expect.objectContaining(error));
  });

  it("refuses a side that no canvas has", () => {
    const bytes = new Uint8Array(readFileSync(join(photos, "one-pixel.png")));
    new DataView(bytes.buffer).setUint32(16, 40_000);
    expect(() => checkHeader(bytes, "It")).toThrow(expect.objectContaining({ name: "ImageTooLarge" }));
  });
});

describe("decodeImage", () => {
  it("refuses by the name of the file, before a browser's decoder is needed", async () => {
    const file = new File(["<html>"], "holiday.jpg", { type: "image/jpeg" });
    await expect(decodeImage(file)).rejects.toMatchObject({
      name: "UnreadableImage",
      message: expect.stringContaining("“holiday.jpg”"),
    });
  });

  it("obeys a signal", async () => {
    await expect(decodeImage(new Blob(["x"]), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "Cancelled",
    });
  });
});

describe("upright", () => {
  it.each([
    [
      { width: 4032, height: 3024 },
      { width: 1008, height: 756 },
      { width: 4032, height: 3024 },
    ],
    [
      { width: 4032, height: 3024 },
      { width: 1008, height: 1344 },
      { width: 3024, height: 4032 },
    ],
    [
      { width: 3024, height: 4032 },
      { width: 1008, height: 756 },
      { width: 4032, height: 3024 },
    ],
    [
      { width: 3000, height: 3001 },
      { width: 750, height: 750 },
      { width: 3000, height: 3001 },
    ],
  ])("of %j seen as %j is %j", (stored, bitmap, size) => {
    expect(upright(stored, bitmap)).toEqual(size);
  });
});
