import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cosine, dot, euclidean, isFiniteVector, norm, normalise, similarity } from "./vectors";

describe("vectors", () => {
  test("dot, norm and distance of a 3-4-5 triangle", () => {
    expect(dot([3, 4], [4, 3])).toBe(24);
    expect(norm([3, 4])).toBe(5);
    expect(euclidean([0, 4], [3, 0])).toBe(5);
    expect(cosine([3, 4], [4, 3])).toBeCloseTo(0.96, 15);
  });

  test("a zero vector has cosine 0 to everything, itself included, and is normalised to itself", () => {
    expect(cosine([0, 0], [1, 2])).toBe(0);
    expect(cosine([0, 0], [0, 0])).toBe(0);
    expect(normalise(new Float32Array(2))).toEqual(new Float32Array(2));
  });

  test("similarity is larger for nearer, whatever the metric", () => {
    for (const metric of ["cosine", "euclidean", "dot"] as const) {
      expect(similarity(metric, [1, 0], [0.9, 0.1])).toBeGreaterThan(similarity(metric, [1, 0], [-1, 0]));
    }
    expect(similarity("euclidean", [0, 0], [3, 4])).toBe(-5);
  });

  test("cosine stays in [-1, 1] and is 1 with a vector's own multiple", () => {
    const vector = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        const other = a.map((_, i) => b[i % b.length]);
        const value = cosine(a, other);
        expect(Math.abs(value)).toBeLessThanOrEqual(1);
        if (norm(a) > 1e-20) {
          expect(
            cosine(
              a,
              a.map((x) => 7 * x),
            ),
          ).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  test("normalise gives length 1 even where float32 squares would overflow or vanish", () => {
    for (const size of [1e30, 1, 1e-30]) {
      expect(norm(normalise(Float32Array.of(3 * size, 4 * size)))).toBeCloseTo(1, 6);
    }
  });

  test("isFiniteVector finds NaN and infinities", () => {
    expect(isFiniteVector([0, 1e38])).toBe(true);
    expect(isFiniteVector([0, Number.NaN])).toBe(false);
    expect(isFiniteVector([Number.NEGATIVE_INFINITY])).toBe(false);
  });
});
