import { NamedError } from "../core/errors";
import { isFiniteVector, norm } from "../core/vectors";

/** Vectors that are done, and why one of them is missing. */
export interface Finished {
  /** By place; undefined where a vector says nothing. */
  readonly vectors: readonly (Float32Array | undefined)[];
  /** What the first missing one suffers from, as the end of a sentence. */
  readonly flaw?: string;
}

/**
 * The last step of every encoder: scales a vector to length 1 when `normalise` asks for it. Undefined when the vector
 * says nothing: a number in it is not finite, or all are 0.
 */
export function finishVector(vector: Float32Array, normalise: boolean): Float32Array | undefined {
  if (!isFiniteVector(vector)) return undefined;
  const length = norm(vector);
  if (length === 0) return undefined;
  if (normalise) for (let i = 0; i < vector.length; i++) vector[i] /= length;
  return vector;
}

/** As `finishVector`, for all that was read of one input. */
export function finishVectors(vectors: readonly Float32Array[], normalise: boolean): Finished {
  const finished = vectors.map((vector) => finishVector(vector, normalise));
  const missing = finished.indexOf(undefined);
  if (missing < 0) return { vectors: finished };
  const flaw = isFiniteVector(vectors[missing])
    ? "all its numbers are 0"
    : "some of its numbers are not finite (NaN or infinite)";
  return { vectors: finished, flaw };
}

/** The error for an input that has no usable vector, and what its numbers suffer from, where that is known. */
export function noVector(input: "text" | "picture", flaw?: string): NamedError {
  const why = flaw === undefined ? "" : `: ${flaw}`;
  return new NamedError("EncoderFailed", `The encoder gave no usable vector for this ${input}${why}.`, {
    advice: "Choose another device, number format or encoder.",
  });
}
