import { isFiniteVector, norm } from "../core/vectors";

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
