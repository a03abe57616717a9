import type { Matrix } from "../core/matrix";
import { gaussian, seededRandom } from "../core/random";

/** Vectors in `count` clusters around random centres, row i in cluster i % count; for tests and benchmarks. */
export function clusters(rows: number, dimension: number, count: number, seed = 1, spread = 0.3): Matrix {
  const random = seededRandom(seed);
  const centres = Float32Array.from({ length: count * dimension }, () => gaussian(random));
  const data = new Float32Array(rows * dimension);
  for (let at = 0; at < data.length; at++) {
    const cluster = Math.floor(at / dimension) % count;
    data[at] = centres[cluster * dimension + (at % dimension)] + spread * gaussian(random);
  }
  return { data, rows, dimension };
}
