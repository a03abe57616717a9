/** Points of a leaf: looking through eight is as fast as going one level deeper. */
const LEAF = 8;

/** The nearest points of points on a map, by the Euclidean distance, exactly. */
export interface MapNeighbours {
  readonly k: number;
  /** `points × k` point numbers, nearest first, ties in order of number. */
  readonly indices: Uint32Array;
}

/**
 * Finds the `k` nearest other points of every point of a map: O(n log n) for maps of two or three dimensions. `positions` is
 * `n × dimensions`; `k` is clipped to the number of points less one.
 */
export function mapNeighbours(positions: Float32Array, dimensions: 2 | 3, k: number): MapNeighbours {
  const count = positions.length / dimensions;
  const kept = Math.max(0, Math.min(k, count - 1));
  const tree = new MapTree(positions, dimensions, kept);
  const indices = new Uint32Array(count * kept);
  for (let i = 0; i < count; i++) indices.set(tree.nearest(i), i * kept);
  return { k: kept, indices };
}

/** The points of a map, or some of them, in a k-d tree (Bentley, 1975). Making it is O(n log n), a search O(k log n). */
export class MapTree {
  readonly #positions: Float32Array;
  readonly #dimensions: number;
  readonly #order: Uint32Array;
  readonly #best: Nearest;

  /**
   * `positions` is `n × dimensions`. Only the points in `among` are ever found; the default is all. `k` is how many, and less
   * than the number of these.
   */
  constructor(positions: Float32Array, dimensions: 2 | 3, k: number, among?: Uint32Array) {
    this.#positions = positions;
    this.#dimensions = dimensions;
    this.#best = new Nearest(k);
    this.#order = among?.slice() ?? Uint32Array.from({ length: positions.length / dimensions }, (_, i) => i);
    split(this.#order, positions, dimensions, 0, this.#order.length, 0);
  }

  /** The `k` nearest other points of any point of the map, nearest first, ties in order of number; the next search overwrites them. */
  nearest(point: number): Uint32Array {
    const best = this.#best;
    best.clear();
    search(this.#order, this.#positions, this.#dimensions, 0, this.#order.length, 0, point, best);
    return best.indices;
  }
}

/** Puts the middle one of a range, along the axis of its depth, in the middle, smaller ones before it, and so on down. */
function split(
  order: Uint32Array,
  positions: Float32Array,
  dimensions: number,
  from: number,
  to: number,
  axis: number,
): void {
  if (to - from <= LEAF) return;
  const middle = (from + to) >> 1;
  select(order, positions, dimensions, from, to - 1, middle, axis);
  const next = (axis + 1) % dimensions;
  split(order, positions, dimensions, from, middle, next);
  split(order, positions, dimensions, middle + 1, to, next);
}

/** Hoare's selection (1961, algorithm 65): entry `wanted` gets its place in the order, smaller ones come before it. */
function select(
  order: Uint32Array,
  positions: Float32Array,
  dimensions: number,
  from: number,
  to: number,
  wanted: number,
  axis: number,
): void {
  const value = (at: number) => positions[order[at] * dimensions + axis];
  while (from < to) {
    const pivot = value((from + to) >> 1);
    let low = from;
    let high = to;
    while (low <= high) {
      while (value(low) < pivot) low++;
      while (value(high) > pivot) high--;
      if (low > high) break;
      const moved = order[low];
      order[low++] = order[high];
      order[high--] = moved;
    }
    if (wanted <= high) to = high;
    else if (wanted >= low) from = low;
    else return;
  }
}

function search(
  order: Uint32Array,
  positions: Float32Array,
  dimensions: number,
  from: number,
  to: number,
  axis: number,
  own: number,
  best: Nearest,
): void {
  const offer = (j: number) => {
    if (j === own) return;
    let square = 0;
    for (let t = 0; t < dimensions; t++)
      square += (positions[own * dimensions + t] - positions[j * dimensions + t]) ** 2;
    best.offer(j, square);
  };
  if (to - from <= LEAF) {
    for (let at = from; at < to; at++) offer(order[at]);
    return;
  }
  const middle = (from + to) >> 1;
  const gap = positions[own * dimensions + axis] - positions[order[middle] * dimensions + axis];
  const next = (axis + 1) % dimensions;
  const isBefore = gap < 0;
  if (isBefore) search(order, positions, dimensions, from, middle, next, own, best);
  else search(order, positions, dimensions, middle + 1, to, next, own, best);
  offer(order[middle]);
  // The other side only where something as near may lie: equal distances count, for the order of ties.
  if (gap * gap > best.worst) return;
  if (isBefore) search(order, positions, dimensions, middle + 1, to, next, own, best);
  else search(order, positions, dimensions, from, middle, next, own, best);
}

/** The nearest points offered so far, in order. */
class Nearest {
  readonly indices: Uint32Array;
  readonly #squares: Float64Array;
  #size = 0;
  /** Squared distance beyond which nothing can enter. */
  worst = Number.POSITIVE_INFINITY;

  constructor(k: number) {
    this.indices = new Uint32Array(k);
    this.#squares = new Float64Array(k);
  }

  clear(): void {
    this.#size = 0;
    this.worst = this.indices.length === 0 ? -1 : Number.POSITIVE_INFINITY;
  }

  offer(index: number, square: number): void {
    const k = this.indices.length;
    if (square > this.worst || k === 0) return;
    let at = Math.min(this.#size, k);
    while (at > 0 && this.#comesAfter(at - 1, index, square)) at--;
    if (at === k) return;
    for (let to = Math.min(this.#size, k - 1); to > at; to--) {
      this.indices[to] = this.indices[to - 1];
      this.#squares[to] = this.#squares[to - 1];
    }
    this.indices[at] = index;
    this.#squares[at] = square;
    if (this.#size < k) this.#size++;
    if (this.#size === k) this.worst = this.#squares[k - 1];
  }

  #comesAfter(at: number, index: number, square: number): boolean {
    return this.#squares[at] > square || (this.#squares[at] === square && this.indices[at] > index);
  }
}
