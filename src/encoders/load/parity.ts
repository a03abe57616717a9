import { cosine, isFiniteVector } from "../../core/vectors";
import type { Parity } from "../types";

/**
 * Probes closer to their reference than this count as matching. The shipped encoders reach 0.996 and more on every
 * probe, while a device that computes wrongly was seen to give cosines near 0; between the two lies nothing.
 */
const PARITY_BOUND = 0.99;

/**
 * Compares vectors with their references, pair by pair. An absent vector, or one with numbers that are not finite,
 * counts as a cosine of -1.
 */
export function measureParity(
  vectors: readonly (Float32Array | undefined)[],
  references: readonly Float32Array[],
): Parity {
  const cosines = references.map((reference, index) => {
    const vector = vectors[index];
    return vector && isFiniteVector(vector) ? cosine(vector, reference) : -1;
  });
  const worst = Math.min(1, ...cosines);
  return { probes: references.length, cosine: worst, matches: worst >= PARITY_BOUND };
}

/** A check that is made when it is first asked for, and never again. */
export function once(check: () => Promise<Parity>): () => Promise<Parity> {
  let parity: Promise<Parity> | undefined;
  return () => {
    parity ??= check();
    return parity;
  };
}
