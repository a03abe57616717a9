import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { knownRows, procrustesRotation, rotatePositions } from "./procrustes";
import { gaussian, seededRandom } from "./random";

/** An orthogonal matrix from angles, mirrored on demand. */
function orthogonal(dimensions: 2 | 3, angles: readonly number[], isMirrored: boolean): Float64Array {
  const [a, b, c] = angles.map((x) => [Math.cos(x), Math.sin(x)]);
  const m =
    dimensions === 2
      ? [a[0], -a[1], a[1], a[0]]
      : [
          a[0] * b[0],
          a[0] * b[1] * c[1] - a[1] * c[0],
          a[0] * b[1] * c[0] + a[1] * c[1],
          a[1] * b[0],
          a[1] * b[1] * c[1] + a[0] * c[0],
          a[1] * b[1] * c[0] - a[0] * c[1],
          -b[1],
          b[0] * c[1],
          b[0] * c[0],
        ];
  if (isMirrored) for (let t = 0; t < dimensions; t++) m[t] = -m[t];
  return Float64Array.from(m);
}

describe("Procrustes", () => {
  test("undoes any turn, mirroring and shift, in 2-D and 3-D, and leaves rows without a former place out", () => {
    const angle = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(2 as const, 3 as const),
        fc.tuple(angle, angle, angle),
        fc.boolean(),
        fc.nat(1000),
        (dimensions, angles, isMirrored, seed) => {
          const random = seededRandom(seed);
          const former = Float32Array.from({ length: 12 * dimensions }, () => gaussian(random));
          const turned = rotatePositions(former, orthogonal(dimensions, angles, isMirrored), dimensions).map(
            (x, at) => x + (at % dimensions) + 2,
          );
          const expected = former.slice();
          former[5 * dimensions] = Number.NaN;
          const back = rotatePositions(turned, procrustesRotation(turned, former, dimensions), dimensions);
          // Only the turn is undone: compare differences to the first row, which a shift does not change.
          for (let at = 0; at < back.length; at++) {
            const t = at % dimensions;
            expect(back[at] - back[t]).toBeCloseTo(expected[at] - expected[t], 4);
          }
        },
      ),
    );
  });

  test("is orthogonal and mirrors nothing needlessly where the rows lie on a line or in a plane", () => {
    const line = Float32Array.of(0, 0, 0, 1, 0, 0, 2, 0, 0);
    const upright = Float32Array.of(0, 0, 0, 0, 1, 0, 0, 2, 0);
    const rotation = procrustesRotation(line, upright, 3);
    const moved = rotatePositions(line, rotation, 3);
    upright.forEach((value, at) => {
      expect(moved[at]).toBeCloseTo(value, 6);
    });
    const determinant =
      rotation[0] * (rotation[4] * rotation[8] - rotation[5] * rotation[7]) -
      rotation[1] * (rotation[3] * rotation[8] - rotation[5] * rotation[6]) +
      rotation[2] * (rotation[3] * rotation[7] - rotation[4] * rotation[6]);
    expect(determinant).toBeCloseTo(1, 10);
  });

  test("is the identity where nothing can be aligned", () => {
    const positions = Float32Array.of(1, 2, 3, 4);
    const none = new Float32Array(4).fill(Number.NaN);
    expect(Array.from(procrustesRotation(positions, none, 2))).toEqual([1, 0, 0, 1]);
    expect(Array.from(procrustesRotation(positions, new Float32Array(4), 2))).toEqual([1, 0, 0, 1]);
    expect(knownRows(Float32Array.of(0, 1, Number.NaN, 1, 2, 2), 2)).toEqual([0, 2]);
  });
});
