import type { Matrix } from "../../src/core/matrix";
import { gaussian, seededRandom } from "../../src/core/random";

/**
 * Unit vectors in fuzzy groups, as an encoder's are: a group's centre plus noise that leaves the cosine inside a group
 * at about 0.6. The same arguments give the same vectors.
 */
export function groupedVectors(rows: number, dimension: number, groups = 20, seed = 1): Matrix {
  const random = seededRandom(seed);
  const centres = Float32Array.from({ length: groups * dimension }, () => gaussian(random));
  const data = new Float32Array(rows * dimension);
  for (let row = 0; row < rows; row++) {
    const vector = data.subarray(row * dimension, (row + 1) * dimension);
    const centre = (row % groups) * dimension;
    let square = 0;
    for (let axis = 0; axis < dimension; axis++) {
      vector[axis] = centres[centre + axis] + 0.8 * gaussian(random);
      square += vector[axis] * vector[axis];
    }
    for (let axis = 0; axis < dimension; axis++) vector[axis] /= Math.sqrt(square);
  }
  return { data, rows, dimension };
}
