import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { preprocess } from "../image/preprocess";
import type { Pixels } from "../image/resize";
import { preprocessingOf } from "./image-card";

const folder = join(import.meta.dirname, "../../../e2e/fixtures/hub/tiny");

/** The pictures of `recipes/tiny_models.py`, drawn by their formula. */
function picture(width: number, height: number): Pixels {
  const data = new Uint8Array(4 * width * height).fill(255);
  const radius = Math.floor(Math.min(width, height) / 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = (x - Math.floor(width / 3)) ** 2 + (y - Math.floor(height / 2)) ** 2 < radius ** 2;
      for (let c = 0; c < 3; c++) {
        data[4 * (y * width + x) + c] = inside ? 230 - 60 * c : (x * (c + 2) + y * (5 - c)) % 256;
      }
    }
  }
  return { data, width, height };
}

const pictures: Readonly<Record<string, Pixels>> = {
  "wide.png": picture(90, 61),
  "tall.png": picture(47, 80),
};

interface Reference {
  readonly inputs: readonly { readonly picture: string }[];
  readonly pixels: readonly { readonly offset: number; readonly shape: readonly number[] }[];
}

function reference(name: string): { image: Reference; values: Float32Array } {
  const content = JSON.parse(readFileSync(join(folder, name, "reference.json"), "utf8"));
  const bytes = readFileSync(join(folder, name, "reference.f32"));
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return { image: content.image ?? content, values };
}

/**
 * Pillow resizes rows before columns by a rule of its own where that is cheaper: roundings to bytes (and clipping beside
 * sharp edges) then fall otherwise, by this much of a byte's scale at most, and hardly on average.
 */
const OTHER_ORDER = { worst: 6, mean: 0.1 };

describe("preprocess, told by preprocessor_config.json", () => {
  it.each(["vit", "dinov2", "resnet", "clip", "siglip"])(
    "gives what transformers' processor gives: %s",
    (name) => {
      const settings = JSON.parse(readFileSync(join(folder, name, "preprocessor_config.json"), "utf8"));
      const preprocessing = preprocessingOf(settings);
      const { image, values } = reference(name);
      image.inputs.forEach(({ picture }, place) => {
        const { offset, shape } = image.pixels[place];
        const pixels = pictures[picture];
        const tensor = preprocess(pixels, pixels, pixels, preprocessing);
        expect(shape).toEqual([1, 3, preprocessing.size, preprocessing.size]);
        const off = tensor.map(
          (value, i) => Math.abs(value - values[offset + i]) * preprocessing.deviation[0],
        );
        const rowsFirst = picture === "tall.png" && preprocessing.fit === "stretch";
        expect(Math.max(...off)).toBeLessThan(rowsFirst ? OTHER_ORDER.worst : 1e-3);
        expect(off.reduce((sum, one) => sum + one) / off.length).toBeLessThan(OTHER_ORDER.mean);
      });
    },
  );
});
