import { jacobiEigenpairs } from "./eigen";

/** A turn and possibly a mirroring of the plane or of space: `dimensions²` numbers, row-major, orthogonal. */
export type Rotation = Float64Array;

/**
 * The rotation or reflection that brings a layout nearest to former positions, in the least-squares sense, after
 * both have been centred over the rows that have a former place: orthogonal Procrustes (Schönemann, 1966), solved by
 * the singular value decomposition of the cross-covariance.
 *
 * `positions` and `former` are `n × dimensions`, row-major; rows of `former` with a NaN have no former place.
 * The identity when no two rows have one. Multiply rows with the result as in `rotatePositions`.
 */
export function procrustesRotation(
  positions: ArrayLike<number>,
  former: ArrayLike<number>,
  dimensions: 2 | 3,
): Rotation {
  const known = knownRows(former, dimensions);
  const identity = new Float64Array(dimensions * dimensions);
  for (let t = 0; t < dimensions; t++) identity[t * dimensions + t] = 1;
  if (known.length < 2) return identity;
  const cross = crossCovariance(positions, former, known, dimensions);
  return nearestOrthogonal(cross, dimensions) ?? identity;
}

/** Rows times the rotation's transpose: each row vector x becomes R x. A new array. */
export function rotatePositions(
  positions: ArrayLike<number>,
  rotation: Rotation,
  dimensions: 2 | 3,
): Float32Array {
  const turned = new Float32Array(positions.length);
  for (let at = 0; at < positions.length; at += dimensions) {
    for (let r = 0; r < dimensions; r++) {
      let sum = 0;
      for (let c = 0; c < dimensions; c++) sum += rotation[r * dimensions + c] * positions[at + c];
      turned[at + r] = sum;
    }
  }
  return turned;
}

/** Numbers of the rows all of whose coordinates are numbers. */
export function knownRows(positions: ArrayLike<number>, dimensions: 2 | 3): number[] {
  const known: number[] = [];
  for (let i = 0; i * dimensions < positions.length; i++) {
    let isKnown = true;
    for (let t = 0; t < dimensions; t++) isKnown &&= Number.isFinite(positions[i * dimensions + t]);
    if (isKnown) known.push(i);
  }
  return known;
}

/** Σ former · positionᵀ over the known rows, each side centred over them. */
function crossCovariance(
  positions: ArrayLike<number>,
  former: ArrayLike<number>,
  known: readonly number[],
  dimensions: number,
): Float64Array {
  const centreOf = (rows: ArrayLike<number>) =>
    Array.from(
      { length: dimensions },
      (_, t) => known.reduce((sum, i) => sum + rows[i * dimensions + t], 0) / known.length,
    );
  const here = centreOf(positions);
  const there = centreOf(former);
  const cross = new Float64Array(dimensions * dimensions);
  for (const i of known) {
    for (let r = 0; r < dimensions; r++) {
      for (let c = 0; c < dimensions; c++) {
        cross[r * dimensions + c] +=
          (former[i * dimensions + r] - there[r]) * (positions[i * dimensions + c] - here[c]);
      }
    }
  }
  return cross;
}

/**
 * U Vᵀ of M = U Σ Vᵀ. V and Σ² are the eigenpairs of MᵀM, and the columns of U are M v / σ; where σ is 0 (the known
 * rows lie on a line or in a plane) any completion to an orthogonal matrix is as near, and the one that mirrors
 * nothing is taken. Undefined when M is 0.
 */
function nearestOrthogonal(m: Float64Array, dimensions: number): Rotation | undefined {
  const square = new Float64Array(dimensions * dimensions);
  for (let r = 0; r < dimensions; r++) {
    for (let c = 0; c < dimensions; c++) {
      for (let t = 0; t < dimensions; t++) {
        square[r * dimensions + c] += m[t * dimensions + r] * m[t * dimensions + c];
      }
    }
  }
  const { values, vectors } = jacobiEigenpairs(square, dimensions);
  // Squared singular values are precise to 1e-16 of the largest: below that a direction has no say.
  const rank = Array.from(values).filter((value) => value > 1e-14 * values[0]).length;
  if (rank === 0 || !(values[0] > 0)) return undefined;
  const v = Array.from({ length: dimensions }, (_, i) =>
    Array.from(vectors.subarray(i * dimensions, (i + 1) * dimensions)),
  );
  const u = v.slice(0, rank).map((vector, i) => {
    const sigma = Math.sqrt(values[i]);
    return vector.map((_, r) => vector.reduce((sum, x, c) => sum + m[r * dimensions + c] * x, 0) / sigma);
  });
  complete(u, v, dimensions);
  const rotation = new Float64Array(dimensions * dimensions);
  for (let r = 0; r < dimensions; r++) {
    for (let c = 0; c < dimensions; c++) {
      for (let i = 0; i < dimensions; i++) rotation[r * dimensions + c] += u[i][r] * v[i][c];
    }
  }
  return rotation;
}

/** Completes U to an orthogonal matrix; a direction that is free to choose is taken so that nothing is mirrored. */
function complete(u: number[][], v: readonly number[][], dimensions: number): void {
  if (u.length === dimensions) return;
  while (u.length < dimensions) {
    let best: number[] = [];
    let bestLength = 0;
    for (let t = 0; t < dimensions; t++) {
      const candidate = Array.from({ length: dimensions }, (_, i) => (i === t ? 1 : 0));
      for (const other of u) {
        const share = other[t];
        for (let i = 0; i < dimensions; i++) candidate[i] -= share * other[i];
      }
      const length = Math.hypot(...candidate);
      if (length > bestLength) {
        best = candidate.map((value) => value / length);
        bestLength = length;
      }
    }
    u.push(best);
  }
  if (determinant(u) * determinant(v) < 0) u[dimensions - 1] = u[dimensions - 1].map((value) => -value);
}

function determinant(rows: readonly (readonly number[])[]): number {
  const [a, b, c] = rows;
  if (rows.length === 2) return a[0] * b[1] - a[1] * b[0];
  return (
    a[0] * (b[1] * c[2] - b[2] * c[1]) -
    a[1] * (b[0] * c[2] - b[2] * c[0]) +
    a[2] * (b[0] * c[1] - b[1] * c[0])
  );
}
