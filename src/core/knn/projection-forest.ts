import type { Matrix } from "../matrix";
import type { Random } from "../random";

/** Rows of a leaf at most: all its pairs are compared, 64 × 64 products for 64 rows. */
const LEAF = 64;

/**
 * The leaves of one random projection tree (Dasgupta & Freund, 2008): a set of rows is split by the plane halfway between two
 * rows drawn from it, until at most `LEAF` are left. Each row is in exactly one leaf. A split that takes away nothing (all rows
 * alike) is made by row order, so that copies end it too.
 */
export function* forestLeaves(matrix: Matrix, random: Random): Generator<Int32Array> {
  const rows = Int32Array.from({ length: matrix.rows }, (_, i) => i);
  const waiting: Int32Array[] = [rows];
  for (let set = waiting.pop(); set; set = waiting.pop()) {
    if (set.length <= LEAF) yield set;
    else {
      const middle = split(matrix, set, random);
      waiting.push(set.subarray(0, middle), set.subarray(middle));
    }
  }
}

/** Puts the rows of one side first, in place; returns how many they are. */
function split({ data, dimension }: Matrix, set: Int32Array, random: Random): number {
  const a = set[Math.floor(random() * set.length)];
  const b = set[Math.floor(random() * set.length)];
  const normal = new Float64Array(dimension);
  let offset = 0;
  for (let t = 0; t < dimension; t++) {
    const [x, y] = [data[a * dimension + t], data[b * dimension + t]];
    normal[t] = x - y;
    offset += ((x - y) * (x + y)) / 2;
  }
  let low = 0;
  let high = set.length;
  while (low < high) {
    const row = set[low];
    let side = -offset;
    for (let t = 0, at = row * dimension; t < dimension; t++, at++) side += data[at] * normal[t];
    if (side > 0) low++;
    else {
      set[low] = set[--high];
      set[high] = row;
    }
  }
  // Very uneven splits would make the tree deep; a random half serves then.
  const isUneven = Math.min(low, set.length - low) < set.length / 64;
  return isUneven ? set.length >> 1 : low;
}
