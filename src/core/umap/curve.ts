/** Likeness on the map at distance d is 1 / (1 + a d²ᵇ). */
export interface Curve {
  readonly a: number;
  readonly b: number;
}

/** Distance over which likeness falls off beyond `minDistance`; umap-learn's `spread`, and the unit of its maps. */
const SPREAD = 1;

/** Points of the fit, on [0, 3 spreads]; umap-learn's own. */
const POINTS = 300;

/** The fit has converged long before; two parameters take some ten rounds. */
const ROUNDS = 100;

/**
 * The curve nearest, by least squares, to a likeness of 1 up to `minDistance` (in [0, 1]) and exp(−(d − minDistance)) beyond
 * (McInnes et al., 2018, §3.2 and its reference implementation). Levenberg's method, in the parameters' logarithms, which
 * keeps them positive.
 */
export function fitCurve(minDistance: number): Curve {
  const distances = Array.from({ length: POINTS }, (_, i) => (3 * SPREAD * i) / (POINTS - 1));
  const wanted = distances.map((d) => (d < minDistance ? 1 : Math.exp(-(d - minDistance) / SPREAD)));
  let [logA, logB] = [0, 0];
  let damping = 1e-3;
  let error = misfit(distances, wanted, logA, logB);
  for (let round = 0; round < ROUNDS; round++) {
    const [stepA, stepB] = levenbergStep(distances, wanted, logA, logB, damping);
    const next = misfit(distances, wanted, logA + stepA, logB + stepB);
    if (next < error) {
      logA += stepA;
      logB += stepB;
      damping /= 3;
      if (error - next < 1e-14 * error) break;
      error = next;
    } else damping *= 4;
  }
  return { a: Math.exp(logA), b: Math.exp(logB) };
}

function likeness(d: number, logA: number, logB: number): number {
  return d === 0 ? 1 : 1 / (1 + Math.exp(logA + 2 * Math.exp(logB) * Math.log(d)));
}

function misfit(distances: readonly number[], wanted: readonly number[], logA: number, logB: number): number {
  return distances.reduce((sum, d, i) => sum + (likeness(d, logA, logB) - wanted[i]) ** 2, 0);
}

/** Solves the damped normal equations of the two parameters. */
function levenbergStep(
  distances: readonly number[],
  wanted: readonly number[],
  logA: number,
  logB: number,
  damping: number,
): [number, number] {
  let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0];
  for (let i = 1; i < distances.length; i++) {
    const value = likeness(distances[i], logA, logB);
    const slope = -value * (1 - value);
    const byB = slope * 2 * Math.exp(logB) * Math.log(distances[i]);
    const residual = wanted[i] - value;
    aa += slope * slope;
    ab += slope * byB;
    bb += byB * byB;
    ra += slope * residual;
    rb += byB * residual;
  }
  aa *= 1 + damping;
  bb *= 1 + damping;
  const determinant = aa * bb - ab * ab;
  return [(bb * ra - ab * rb) / determinant, (aa * rb - ab * ra) / determinant];
}
