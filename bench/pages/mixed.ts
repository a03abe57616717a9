import { gaussian, seededRandom } from "../../src/core/random";

/**
 * `rows × dimension` numbers: the real rows, row-major, as far as there are that many; beyond those, mixtures of two real ones
 * with a little noise, which keep the space's shape and its clusters. With room for `spare` more rows, which are filled too.
 */
export function mixedVectors(real: Float32Array, rows: number, dimension: number, spare = 0): Float32Array {
  const known = real.length / dimension;
  const data = new Float32Array((rows + spare) * dimension);
  data.set(real.subarray(0, Math.min(rows + spare, known) * dimension));
  const random = seededRandom(5);
  for (let i = known; i < rows + spare; i++) {
    const a = Math.floor(random() * known) * dimension;
    const b = Math.floor(random() * known) * dimension;
    let square = 0;
    for (let t = 0; t < dimension; t++) {
      const value = 0.75 * real[a + t] + 0.25 * real[b + t] + 0.01 * gaussian(random);
      data[i * dimension + t] = value;
      square += value * value;
    }
    for (let t = 0; t < dimension; t++) data[i * dimension + t] /= Math.sqrt(square);
  }
  return data;
}
