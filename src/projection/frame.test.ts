import { describe, expect, test } from "vitest";
import { rotatePositions } from "../core/procrustes";
import { gaussian, seededRandom } from "../core/random";
import { normaliseFrame, placeFrame } from "./frame";

const random = seededRandom(4);
const cloud = Float32Array.from({ length: 40 }, () => 5 + 3 * gaussian(random));

/** Centre and root-mean-square radius of a 2-D frame. */
function measure(frame: Float32Array) {
  const rows = frame.length / 2;
  const sum = [0, 0];
  let squares = 0;
  frame.forEach((value, at) => {
    sum[at % 2] += value;
    squares += value * value;
  });
  return { centre: sum.map((value) => value / rows), radius: Math.sqrt(squares / rows) };
}

describe("a frame", () => {
  test("is centred with root-mean-square radius 1, whatever the scale of the layout", () => {
    for (const scale of [1e-30, 1, 1e30]) {
      const { centre, radius } = measure(
        normaliseFrame(
          cloud.map((x) => x * scale),
          2,
        ),
      );
      expect(radius).toBeCloseTo(1, 5);
      for (const value of centre) expect(value).toBeCloseTo(0, 5);
    }
  });

  test("of points at one place, of one point and of none is the origin", () => {
    expect(normaliseFrame([7, 3, 7, 3], 2)).toEqual(new Float32Array(4));
    expect(normaliseFrame([7, 3, 1], 3)).toEqual(new Float32Array(3));
    expect(normaliseFrame([], 2)).toEqual(new Float32Array(0));
  });

  test("of a turned and mirrored layout comes back to where its items stood", () => {
    const former = normaliseFrame(cloud, 2);
    const mirrored = rotatePositions(cloud, Float64Array.of(-0.6, 0.8, 0.8, 0.6), 2).map((x) => 4 * x - 9);
    const frame = placeFrame(mirrored, 2, former, "rotation");
    former.forEach((value, at) => {
      expect(frame[at]).toBeCloseTo(value, 4);
    });
  });

  test("with meaningful axes is mirrored axis by axis, never turned", () => {
    const former = normaliseFrame(cloud, 2);
    const flipped = cloud.map((x, at) => (at % 2 === 0 ? -x : x));
    const frame = placeFrame(flipped, 2, former, "axes");
    former.forEach((value, at) => {
      expect(frame[at]).toBeCloseTo(value, 4);
    });
    const quarterTurn = rotatePositions(cloud, Float64Array.of(0, -1, 1, 0), 2);
    const kept = placeFrame(quarterTurn, 2, former, "axes");
    const plain = normaliseFrame(quarterTurn, 2);
    kept.forEach((value, at) => {
      expect(Math.abs(value)).toBeCloseTo(Math.abs(plain[at]), 6);
    });
  });
});
