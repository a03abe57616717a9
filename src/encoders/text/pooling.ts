import type { Pooling } from "../card";

/** Hidden states of a batch: `rows × length × dimension` numbers, row-major; each row is padded on the right. */
export interface TokenStates {
  readonly data: Float32Array;
  readonly length: number;
  readonly dimension: number;
}

/**
 * One vector for the first `tokens` tokens of row `row`, padding left out: their mean, their maximum in each
 * dimension, or the first token (CLS). With "none", `data` holds one vector per row already.
 * The result is a new array of `dimension` numbers, not normalised.
 */
export function poolRow(states: TokenStates, row: number, tokens: number, pooling: Pooling): Float32Array {
  const { data, length, dimension } = states;
  if (pooling === "none") return data.slice(row * dimension, (row + 1) * dimension);
  const start = row * length * dimension;
  const vector = data.slice(start, start + dimension);
  if (pooling === "cls") return vector;
  for (let token = 1; token < tokens; token++) {
    const from = start + token * dimension;
    if (pooling === "mean") {
      for (let i = 0; i < dimension; i++) vector[i] += data[from + i];
    } else {
      for (let i = 0; i < dimension; i++) vector[i] = Math.max(vector[i], data[from + i]);
    }
  }
  if (pooling === "mean") for (let i = 0; i < dimension; i++) vector[i] /= tokens;
  return vector;
}
