import { cholesky, covariance, shrink, solveLower, solveUpper } from "../../core/cholesky";
import { NamedError } from "../../core/errors";
import type { Matrix } from "../../core/matrix";
import { columnMeans, principalComponents } from "../../core/pca";
import { applyLinearMap } from "./linear-map";
import type { LayoutMethod } from "./method";

/** A covariance of more columns takes minutes. */
const MOST_DIMENSIONS = 1024;

/**
 * Linear discriminant analysis (Fisher, 1936; Rao, 1948): the straight axes along which the means of the classes lie farthest
 * apart, measured by the spread inside the classes. Rows without a class do not count, but are shown. `explained` is the share
 * of the variance between classes; axes beyond the number of classes less one are 0.
 */
export const method: LayoutMethod = {
  alignment: "axes",
  async layOut({ matrix, options, classes }, run) {
    run.enter("layout");
    const { rows, dimension } = matrix;
    if (dimension > MOST_DIMENSIONS) {
      throw new NamedError(
        "ProjectionFailed",
        `LDA takes vectors of up to ${MOST_DIMENSIONS} numbers; these have ${dimension}.`,
        { advice: "Choose PCA or UMAP." },
      );
    }
    const numbers = classes ?? new Int32Array(rows).fill(-1);
    const labelled = Array.from(numbers).filter((number) => number >= 0);
    const means = classMeans(matrix, numbers);
    const within = await covariance(
      matrix,
      (i) => means[numbers[i]],
      (share) => run.step(0.8 * share),
    );
    const spread = shrink(within, dimension, labelled.length);
    // No class has two different members: then every direction counts alike.
    if (!(spread[0] > 0)) for (let t = 0; t < dimension; t++) spread[t * dimension + t] = 1;
    const lower = cholesky(spread, dimension);

    // In the space where classes are balls, the axes are the components of the classes' means, each as often as it has rows.
    const evened = means.map((mean) => Float32Array.from(solveLower(lower, dimension, mean.slice())));
    const between: Matrix = {
      data: new Float32Array(labelled.length * dimension),
      rows: labelled.length,
      dimension,
    };
    labelled.forEach((number, i) => {
      between.data.set(evened[number], i * dimension);
    });
    const found = await principalComponents(between, options.dimensions, (share) =>
      run.step(0.8 + 0.2 * share),
    );
    const axes = new Float64Array(options.dimensions * dimension);
    for (let c = 0; c < options.dimensions; c++) {
      const axis = found.linear.axes.slice(c * dimension, (c + 1) * dimension);
      axes.set(solveUpper(lower, dimension, axis), c * dimension);
    }
    const linear = { origin: columnMeans(matrix), axes };
    return { positions: applyLinearMap(linear, matrix), explained: found.explained, linear };
  },
};

/** The mean of each class. */
function classMeans({ data, dimension }: Matrix, numbers: Int32Array): Float64Array[] {
  const count = numbers.reduce((most, number) => Math.max(most, number + 1), 0);
  const means = Array.from({ length: count }, () => new Float64Array(dimension));
  const sizes = new Int32Array(count);
  numbers.forEach((number, i) => {
    if (number < 0) return;
    sizes[number]++;
    for (let t = 0; t < dimension; t++) means[number][t] += data[i * dimension + t];
  });
  means.forEach((mean, number) => {
    for (let t = 0; t < dimension; t++) mean[t] /= sizes[number];
  });
  return means;
}
