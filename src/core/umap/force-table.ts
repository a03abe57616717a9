import type { Curve } from "./curve";

/**
 * Upper bits of a float32's mantissa that index the table: 64 entries per doubling of the squared distance, so that an entry
 * is within 0.8 % of the force anywhere in its cell. The noise of random sampling is many times that, and the cells in use,
 * some 3 KB, stay in the first-level cache.
 */
const MANTISSA_BITS = 6;

/** Squared distances have 2⁻²² added before they are looked up: far below any that can be seen on a map. */
const LEAST_EXPONENT = -22;

/** The table reaches to infinity, so that its reader needs no bound; only the cells in use fill the cache. */
const MOST_EXPONENT = 129;

/** No push moves a point farther than this at a rate of 1, as in the reference implementation, so that none shoots off. */
const LONGEST_PUSH = 4;

/** A float32's exponent is stored with this added. */
const EXPONENT_BIAS = 127;

/** Keeps the push finite for coinciding points, as in the reference implementation. */
const SOFTENING = 0.001;

/** Coefficients by which a step is the difference of two positions, per cell of the squared distance. */
export interface ForceTables {
  /** Negative: a neighbour is pulled nearer. −2ab d²⁽ᵇ⁻¹⁾ / (1 + a d²ᵇ) */
  readonly pull: Float32Array;
  /** Positive: a random point is pushed away. 2b / ((ε + d²)(1 + a d²ᵇ)) */
  readonly push: Float32Array;
  /** An entry's number is the float32's bits of d², shifted right by `shift`, less `base`. */
  readonly shift: number;
  readonly base: number;
}

/** The forces of UMAP's layout (McInnes et al., 2018, §3.2, with d² for the squared distance), tabulated. */
export function forceTables({ a, b }: Curve): ForceTables {
  const count = (MOST_EXPONENT - LEAST_EXPONENT) << MANTISSA_BITS;
  const pull = new Float32Array(count);
  const push = new Float32Array(count);
  for (let at = 0; at < count; at++) {
    const octave = 2 ** (LEAST_EXPONENT + (at >> MANTISSA_BITS));
    const within = (at % (1 << MANTISSA_BITS)) + 0.5;
    const square = octave * (1 + within / (1 << MANTISSA_BITS));
    const bent = 1 + a * square ** b;
    pull[at] = (-2 * a * b * square ** (b - 1)) / bent;
    push[at] = Math.min((2 * b) / ((SOFTENING + square) * bent), LONGEST_PUSH / Math.sqrt(square));
  }
  return {
    pull,
    push,
    shift: 23 - MANTISSA_BITS,
    base: (LEAST_EXPONENT + EXPONENT_BIAS) << MANTISSA_BITS,
  };
}
