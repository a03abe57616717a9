import type { Metric } from "./space";

/** The dot product of two vectors of one length, summed in double precision. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** The Euclidean length of a vector; 0 for a zero vector. */
export function norm(a: ArrayLike<number>): number {
  return Math.sqrt(dot(a, a));
}

/** A copy of length 1. A zero vector has no direction and is copied unchanged. */
export function normalise(a: Float32Array): Float32Array {
  const length = norm(a);
  return length === 0 ? a.slice() : a.map((value) => value / length);
}

/** The Euclidean distance between two vectors of one length. */
export function euclidean(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i] - b[i];
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}

/** The cosine of the angle between two vectors of one length, in [-1, 1]; 0 when either is a zero vector. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return cosineFromDot(dot(a, b), norm(a), norm(b));
}

/** The cosine from a dot product and the two lengths, in [-1, 1]; 0 when either length is 0. */
export function cosineFromDot(product: number, normA: number, normB: number): number {
  const scale = normA * normB;
  if (scale === 0) return 0;
  const ratio = product / scale;
  // Rounding can carry the ratio of parallel vectors a hair over 1.
  return Math.min(1, Math.max(-1, ratio));
}

/** Likeness of two vectors of one length by a metric; larger is nearer (Euclidean: minus the distance). */
export function similarity(metric: Metric, a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (metric === "cosine") return cosine(a, b);
  if (metric === "dot") return dot(a, b);
  // Subtracted from 0, so that equal vectors are at 0 and not at −0, which prints as "-0.00".
  return 0 - euclidean(a, b);
}

/** True when every number of the vector is finite. */
export function isFiniteVector(a: ArrayLike<number>): boolean {
  for (let i = 0; i < a.length; i++) if (!Number.isFinite(a[i])) return false;
  return true;
}
