/** Steps towards a row's scale at most; some eight are taken. With many copies the scale falls to 0, and never gets there. */
const ROUNDS = 64;

/** umap-learn's. */
const TOLERANCE = 1e-5;

/** A row's scale is at least this share of its mean distance, so that near copies do not make it vanish; umap-learn's. */
const LEAST_SCALE = 1e-3;

/**
 * How strongly each row belongs with each of its neighbours, in (0, 1]: exp(−(d − ρ) / σ), where ρ is the distance of the
 * nearest neighbour that is no copy, and σ is such that a row's strengths sum to log₂(k + 1) (McInnes et al., 2018, §3.1
 * and algorithm 3; k + 1, because there a point counts as its own first neighbour). `distances` is `rows × k`, each row
 * increasing.
 */
export function memberships(distances: Float64Array, rows: number, k: number): Float32Array {
  const strengths = new Float32Array(rows * k);
  let total = 0;
  for (let at = 0; at < distances.length; at++) total += distances[at];
  const meanOfAll = total / Math.max(1, rows * (k + 1));
  const wanted = Math.log2(k + 1);
  for (let from = 0; from < rows * k; from += k) {
    const rho = firstPositive(distances, from, k);
    let sum = 0;
    for (let at = from; at < from + k; at++) sum += distances[at];
    const mean = rho > 0 ? sum / (k + 1) : meanOfAll;
    const sigma = Math.max(scaleOf(distances, from, k, rho, wanted), LEAST_SCALE * mean);
    for (let at = from; at < from + k; at++) {
      const excess = distances[at] - rho;
      strengths[at] = excess <= 0 || sigma === 0 ? 1 : Math.exp(-excess / sigma);
    }
  }
  return strengths;
}

function firstPositive(distances: Float64Array, from: number, k: number): number {
  for (let at = from; at < from + k; at++) if (distances[at] > 0) return distances[at];
  return 0;
}

/**
 * Newton's method for the σ at which the strengths sum to `wanted`, in 1 / σ: the sum falls with it and is convex, so that from 0 on
 * each step goes towards the solution and none beyond.
 */
function scaleOf(distances: Float64Array, from: number, k: number, rho: number, wanted: number): number {
  let rate = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let sum = 0;
    let slope = 0;
    for (let at = from; at < from + k; at++) {
      const excess = distances[at] - rho;
      const strength = excess > 0 ? Math.exp(-excess * rate) : 1;
      sum += strength;
      if (excess > 0) slope += excess * strength;
    }
    if (sum - wanted < TOLERANCE || slope === 0) break;
    rate += (sum - wanted) / slope;
  }
  return 1 / rate;
}
