import type { RowNeighbours } from "../../core/knn/extend";
import type { NearestNeighbours } from "../../core/nearest";
import { knownRows } from "../../core/procrustes";
import { gaussian, type Random } from "../../core/random";

/**
 * Noise on the place of a new item, relative to the map's radius: parts new items that share all their neighbours,
 * and is too small to be seen.
 */
const JITTER = 1e-3;

/**
 * Gives a place to every item. Items that stood somewhere stay there; a new item begins among its nearest neighbours
 * that have a place, at the mean of their places weighted by likeness. New items whose neighbours are new as well
 * follow once those have a place; those that no placed item is near to begin at the centre.
 *
 * `start` is `rows × dimensions` with NaN rows for new items, `near` lists the neighbours of all rows or of the new ones.
 * Returns `rows × dimensions` finite numbers.
 */
export function placeNewItems(
  start: Float32Array,
  dimensions: 2 | 3,
  near: NearestNeighbours | RowNeighbours,
  random: Random,
): Float64Array {
  const positions = Float64Array.from(start);
  const rows = start.length / dimensions;
  const isPlaced = new Uint8Array(rows);
  for (const i of knownRows(start, dimensions)) isPlaced[i] = 1;
  const listOf = listNumbers(near, rows);
  let waiting = Array.from({ length: rows }, (_, i) => i).filter((i) => !isPlaced[i]);
  while (waiting.length > 0) {
    const placed: number[] = [];
    for (const i of waiting) {
      if (placeAmongNeighbours(i, listOf(i), positions, isPlaced, dimensions, near, random)) placed.push(i);
    }
    // Marked after the round, so that the outcome does not depend on the order of the rows.
    for (const i of placed) isPlaced[i] = 1;
    if (placed.length === 0) {
      for (const i of waiting)
        for (let t = 0; t < dimensions; t++) positions[i * dimensions + t] = JITTER * gaussian(random);
      break;
    }
    waiting = waiting.filter((i) => !isPlaced[i]);
  }
  return positions;
}

/** The number of a row's list. */
function listNumbers(near: NearestNeighbours | RowNeighbours, rows: number): (row: number) => number {
  if (!("of" in near)) return (row) => row;
  const numbers = new Int32Array(rows);
  near.of.forEach((row, list) => {
    numbers[row] = list;
  });
  return (row) => numbers[row];
}

/** False when none of the item's neighbours has a place. */
function placeAmongNeighbours(
  i: number,
  list: number,
  positions: Float64Array,
  isPlaced: Uint8Array,
  dimensions: number,
  { k, indices, similarities }: NearestNeighbours,
  random: Random,
): boolean {
  const best = similarities[list * k];
  let gaps = 0;
  for (let j = 0; j < k; j++) gaps += (best - similarities[list * k + j]) / k;
  const mean = new Float64Array(dimensions);
  let total = 0;
  for (let j = 0; j < k; j++) {
    const other = indices[list * k + j];
    if (!isPlaced[other]) continue;
    // Falls off as UMAP's own membership does: exponentially, at the scale of the neighbourhood.
    const weight = gaps > 0 ? Math.exp((similarities[list * k + j] - best) / gaps) : 1;
    total += weight;
    for (let t = 0; t < dimensions; t++) mean[t] += weight * positions[other * dimensions + t];
  }
  if (total === 0) return false;
  for (let t = 0; t < dimensions; t++)
    positions[i * dimensions + t] = mean[t] / total + JITTER * gaussian(random);
  return true;
}
