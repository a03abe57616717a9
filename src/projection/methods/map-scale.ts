import type { NearestNeighbours } from "../../core/nearest";
import type { Random } from "../../core/random";
import { fitCurve } from "../../core/umap/curve";
import { NEGATIVE_SAMPLES } from "../../core/umap/optimiser";

/** Distances measured of each kind: enough for the scale to be within some percent, which is all a start needs. */
const MEASURED = 4000;

/** Keeps the push finite for coinciding points, as UMAP's own optimiser does. */
const SOFTENING = 0.001;

/**
 * The factor that brings a map of any scale to the size at which UMAP's optimiser neither swells nor shrinks it as a
 * whole, so that an optimisation begun there leaves it in place.
 *
 * Sum over all moves of a round the component along the line from the centre (the virial). A neighbour pair at squared
 * distance u pulls both its ends with 2ab uᵇ⁻¹ / (1 + a uᵇ), and each of its random partners pushes one point
 * with 2b / ((ε + u)(1 + a uᵇ)) (McInnes et al., 2018, §4.2, and its reference implementation). The pull grows and
 * the push falls with the scale, so exactly one scale balances them; it is found by bisection.
 *
 * `positions` is `rows × dimensions`. Undefined when all points coincide.
 */
export function balancedScale(
  positions: ArrayLike<number>,
  dimensions: 2 | 3,
  near: NearestNeighbours,
  minDistance: number,
  random: Random,
): number | undefined {
  const { rows, k, indices } = near;
  const { a, b } = fitCurve(minDistance);
  const square = (i: number, j: number) => {
    let sum = 0;
    for (let t = 0; t < dimensions; t++)
      sum += (positions[i * dimensions + t] - positions[j * dimensions + t]) ** 2;
    return sum;
  };
  const draw = (below: number) => Math.floor(random() * below);
  const pairs = Float64Array.from({ length: MEASURED }, () => {
    const i = draw(rows);
    return square(i, indices[i * k + draw(k)]);
  });
  const others = Float64Array.from({ length: MEASURED }, () => square(draw(rows), draw(rows)));
  if (!others.some((value) => value > 0)) return undefined;

  const surplusOfPull = (scale: number) => {
    let pull = 0;
    let push = 0;
    for (const value of pairs) {
      const bent = a * (scale * scale * value) ** b;
      pull += (2 * b * bent) / (1 + bent);
    }
    for (const value of others) {
      const u = scale * scale * value;
      push += (2 * b * u) / ((SOFTENING + u) * (1 + a * u ** b));
    }
    // A pull moves two points, a push one.
    return pull - (NEGATIVE_SAMPLES / 2) * push;
  };
  // Maps have radius 1 and UMAP's own radii lie between 1 and 50: a million either way is past any doubt.
  let low = -20;
  let high = 20;
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (surplusOfPull(2 ** middle) > 0) high = middle;
    else low = middle;
  }
  return 2 ** ((low + high) / 2);
}
