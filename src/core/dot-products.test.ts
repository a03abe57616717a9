import fc from "fast-check";
import { expect, test } from "vitest";
import { dotProducts } from "./dot-products";
import { row } from "./matrix";
import { gaussian, seededRandom } from "./random";
import { dot } from "./vectors";

test("every product is exactly that of its two rows, whatever block it was computed in", () => {
  const size = fc.nat(9);
  fc.assert(
    fc.property(
      size,
      size,
      size,
      size,
      fc.integer({ min: 1, max: 9 }),
      (from, height, first, width, dimension) => {
        const random = seededRandom(from + 10 * height);
        const random20 = () =>
          Float32Array.from({ length: 20 * dimension }, () => gaussian(random) * 10 ** (8 * random() - 4));
        const a = { data: random20(), rows: 20, dimension };
        const b = { data: random20(), rows: 20, dimension };
        const out = new Float64Array(height * width + 1).fill(Number.NaN);
        dotProducts(a, from, from + height, b, first, first + width, out);
        for (let i = 0, at = 0; i < height; i++) {
          for (let j = 0; j < width; j++, at++)
            expect(out[at]).toBe(dot(row(a, from + i), row(b, first + j)));
        }
        // Nothing is written past the block.
        expect(out[height * width]).toBeNaN();
      },
    ),
  );
});
