import { describe, expect, it } from "vitest";
import { measureParity } from "./parity";

const a = Float32Array.of(1, 0);
const b = Float32Array.of(0.6, 0.8);

describe("measureParity", () => {
  it("is the worst probe's cosine", () => {
    const parity = measureParity([a, a], [Float32Array.of(2, 0), b]);
    expect(parity.probes).toBe(2);
    expect(parity.cosine).toBeCloseTo(0.6, 6);
    expect(parity.matches).toBe(false);
    expect(measureParity([a], [Float32Array.of(3, 0.1)]).matches).toBe(true);
  });

  it("counts an absent vector, and one that is not finite, as the worst", () => {
    expect(measureParity([], [a])).toEqual({ probes: 1, cosine: -1, matches: false });
    expect(measureParity([Float32Array.of(NaN, 0)], [a])).toEqual({ probes: 1, cosine: -1, matches: false });
    expect(measureParity([Float32Array.of(0, 0)], [a]).matches).toBe(false);
  });
});
