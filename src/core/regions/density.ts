/** How crowded a map is, on a grid over it. */
export interface DensityGrid {
  /** Cells along each axis, two or three. */
  readonly shape: readonly number[];
  /** World coordinates of the first cell's lower corner, and the length of a cell's sides. */
  readonly origin: readonly number[];
  readonly cell: number;
  /** One number a cell, the first axis running fastest: points there, each counting 1 at its own place and less around it. */
  readonly density: Float32Array;
  /** The cell of every point; −1 for points without a place. */
  readonly cells: Int32Array;
}

/** Cells a bandwidth: a Gaussian is drawn well by steps of half its width. */
const CELLS_PER_BANDWIDTH = 2;
/** The kernel ends at three bandwidths, where it has fallen to one per cent. */
const REACH = 3;
/** Most cells along an axis: 260,000 and 880,000 in all, some milliseconds' work. A lone outlier can't ask for more. */
const MOST_CELLS = { 2: 512, 3: 96 };
/**
 * A quarter of what Scott's rule says: it is the best width for one Gaussian hill, and a map of embeddings has dozens, each
 * a small part as wide as the whole.
 */
const SHARE_OF_SCOTT = 0.25;

/**
 * Estimates the density of a map by a Gaussian kernel, binned on a grid and smoothed one axis after the other: O(n) and
 * the cells. The bandwidth is a quarter of Scott's rule (1992) for the mean spread of the axes. `positions` is `n × dimensions`;
 * points with a coordinate that is not finite are left out.
 */
export function densityGrid(positions: Float32Array, dimensions: 2 | 3): DensityGrid {
  const count = positions.length / dimensions;
  const { low, high, spread, known } = measure(positions, dimensions);
  const scott = spread * Math.max(known, 1) ** (-1 / (dimensions + 4));
  const longest = Math.max(...high.map((value, axis) => value - low[axis]), 0);
  const finest = longest / (MOST_CELLS[dimensions] - 2 * (REACH * CELLS_PER_BANDWIDTH + 1));
  // A map without spread is one cell wide.
  const cell = Math.max((scott * SHARE_OF_SCOTT) / CELLS_PER_BANDWIDTH, finest) || 1;
  const margin = REACH * CELLS_PER_BANDWIDTH;
  const origin = low.map((value) => value - margin * cell);
  const shape = low.map((value, axis) => Math.floor((high[axis] - value) / cell) + 1 + 2 * margin);
  const density = new Float32Array(shape.reduce((product, size) => product * size, 1));
  const cells = new Int32Array(count);
  for (let point = 0; point < count; point++) {
    let at = 0;
    for (let axis = dimensions - 1; axis >= 0; axis--) {
      at = at * shape[axis] + Math.floor((positions[point * dimensions + axis] - origin[axis]) / cell);
    }
    cells[point] = Number.isNaN(at) || !Number.isFinite(at) ? -1 : at;
    if (cells[point] >= 0) density[cells[point]]++;
  }
  smooth(density, shape);
  return { shape, origin, cell, density, cells };
}

/** The box around the points, and the geometric mean of the axes' standard deviations. */
function measure(positions: Float32Array, dimensions: number) {
  const low = new Array<number>(dimensions).fill(Number.POSITIVE_INFINITY);
  const high = new Array<number>(dimensions).fill(Number.NEGATIVE_INFINITY);
  const sum = new Float64Array(dimensions);
  const squares = new Float64Array(dimensions);
  let known = 0;
  for (let at = 0; at + dimensions <= positions.length; at += dimensions) {
    let finite = true;
    for (let axis = 0; axis < dimensions; axis++) finite &&= Number.isFinite(positions[at + axis]);
    if (!finite) continue;
    known++;
    for (let axis = 0; axis < dimensions; axis++) {
      const value = positions[at + axis];
      if (value < low[axis]) low[axis] = value;
      if (value > high[axis]) high[axis] = value;
      sum[axis] += value;
      squares[axis] += value * value;
    }
  }
  if (known === 0) return { low: low.fill(0), high: high.fill(0), spread: 0, known };
  let product = 1;
  for (let axis = 0; axis < dimensions; axis++) {
    const mean = sum[axis] / known;
    product *= Math.sqrt(Math.max(0, squares[axis] / known - mean * mean));
  }
  return { low, high, spread: product ** (1 / dimensions), known };
}

/** Convolves with the Gaussian along each axis in place, scaled so that a lone point's own cell stays near 1. */
function smooth(density: Float32Array, shape: readonly number[]): void {
  const radius = REACH * CELLS_PER_BANDWIDTH;
  const kernel = Float32Array.from({ length: 2 * radius + 1 }, (_, at) =>
    Math.exp(-0.5 * ((at - radius) / CELLS_PER_BANDWIDTH) ** 2),
  );
  let stride = 1;
  for (const size of shape) {
    const line = new Float32Array(size + 2 * radius);
    const step = stride;
    for (let start = 0; start < density.length; start++) {
      // The first cell of each line along this axis.
      if (Math.floor(start / step) % size !== 0) continue;
      let empty = true;
      for (let at = 0; at < size; at++) {
        const value = density[start + at * step];
        line[radius + at] = value;
        if (value !== 0) empty = false;
      }
      if (empty) continue;
      for (let at = 0; at < size; at++) {
        let total = 0;
        for (let tap = 0; tap < kernel.length; tap++) total += kernel[tap] * line[at + tap];
        density[start + at * step] = total;
      }
    }
    stride *= size;
  }
}
