import { cholesky, covariance, shrink, solveLower } from "../core/cholesky";
import { NamedError } from "../core/errors";
import type { Matrix } from "../core/matrix";
import { columnMeans } from "../core/pca";
import type { Step } from "../core/step";

/** A covariance of more columns takes minutes. */
const MOST_DIMENSIONS = 1024;

/**
 * Vectors evened out: y = L⁻¹ (x − mean), where L Lᵀ is the covariance, shrunk towards a ball where rows are few. No direction then
 * varies more than another (whitening; Kessy, Lewin & Strimmer, 2018, "Optimal whitening and decorrelation"). Equal to ZCA whitening
 * but for a rotation, which no distance, cosine or projection here depends on. Throws `ProjectionFailed` above 1,024
 * dimensions.
 */
export async function spherized(matrix: Matrix, step: Step): Promise<Matrix> {
  const { data, rows, dimension } = matrix;
  if (dimension > MOST_DIMENSIONS) {
    throw new NamedError(
      "ProjectionFailed",
      `Vectors of ${dimension} numbers are too long to be evened out; ${MOST_DIMENSIONS} is the most.`,
      { advice: "Switch spherizing off." },
    );
  }
  const mean = columnMeans(matrix);
  const spread = await covariance(
    matrix,
    () => mean,
    (share) => step(share / 2),
  );
  const lower = cholesky(shrink(spread, dimension, rows), dimension);
  const even = new Float32Array(rows * dimension);
  const own = new Float64Array(dimension);
  for (let i = 0; i < rows; i++) {
    for (let t = 0; t < dimension; t++) own[t] = data[i * dimension + t] - mean[t];
    // All vectors equal: the covariance is 0, and so is every vector from the mean.
    if (lower[0] > 0) even.set(solveLower(lower, dimension, own), i * dimension);
    const waiting = i % 16 === 0 ? step(0.5 + i / rows / 2) : undefined;
    if (waiting) await waiting;
  }
  return { data: even, rows, dimension };
}
