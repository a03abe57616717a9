import type { Pooling } from "../card";

/**
 * What a tap holds for a batch of texts. Tokens: `rows × length × dimension` numbers, row-major, each row padded on the
 * right. One vector for each text: `length` is undefined, and there are `rows × dimension` numbers.
 */
export interface TextStates {
  readonly data: Float32Array;
  readonly length: number | undefined;
  readonly dimension: number;
}

/**
 * The vectors of the first `tokens` tokens of row `row`, padding left out: one for each with "none", else one: their
 * mean, their maximum in each dimension, or the first token (CLS). Where the tap holds one vector for each text, that
 * one. The results are new arrays of `dimension` numbers, not normalised.
 */
export function poolRow(states: TextStates, row: number, tokens: number, pooling: Pooling): Float32Array[] {
  const { data, length, dimension } = states;
  if (length === undefined) return [data.slice(row * dimension, (row + 1) * dimension)];
  const start = row * length * dimension;
  const at = (token: number) => data.slice(start + token * dimension, start + (token + 1) * dimension);
  if (pooling === "none") return Array.from({ length: tokens }, (_, token) => at(token));
  const vector = at(0);
  if (pooling === "cls") return [vector];
  for (let token = 1; token < tokens; token++) {
    const from = start + token * dimension;
    if (pooling === "mean") {
      for (let i = 0; i < dimension; i++) vector[i] += data[from + i];
    } else {
      for (let i = 0; i < dimension; i++) vector[i] = Math.max(vector[i], data[from + i]);
    }
  }
  if (pooling === "mean") for (let i = 0; i < dimension; i++) vector[i] /= tokens;
  return [vector];
}
