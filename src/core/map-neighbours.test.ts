import fc from "fast-check";
import { expect, test } from "vitest";
import { mapNeighbours } from "./map-neighbours";
import { nearestNeighbours } from "./nearest";
import { gaussian, seededRandom } from "./random";

test("finds what brute force finds, in the plane and in space, with ties in order", async () => {
  await fc.assert(
    fc.asyncProperty(
      // A coarse grid makes many ties and copies.
      fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 3, maxLength: 300 }),
      fc.constantFrom<2 | 3>(2, 3),
      async (numbers, dimensions) => {
        const rows = Math.floor(numbers.length / dimensions);
        const positions = Float32Array.from(numbers.slice(0, rows * dimensions));
        const found = mapNeighbours(positions, dimensions, 5);
        const truth = await nearestNeighbours(
          { data: positions, rows, dimension: dimensions },
          5,
          "euclidean",
        );
        expect(found.k).toBe(truth.k);
        expect(found.indices).toEqual(truth.indices);
      },
    ),
    { numRuns: 100 },
  );
});

test("finds them in dense clusters with far outliers", async () => {
  const random = seededRandom(3);
  const positions = Float32Array.from(
    { length: 4000 },
    (_, at) => gaussian(random) * (at % 400 < 4 ? 1e4 : 1),
  );
  const truth = await nearestNeighbours({ data: positions, rows: 2000, dimension: 2 }, 15, "euclidean");
  expect(mapNeighbours(positions, 2, 15).indices).toEqual(truth.indices);
});
