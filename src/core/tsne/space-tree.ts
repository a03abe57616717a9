/** A cell this deep is not split again: 2⁻⁴⁰ of the map apart, points count as one. */
const DEEPEST = 40;

/**
 * A tree of cells over points of the plane or of space, each with the number and the middle of its points (Barnes & Hut, 1986),
 * for the push of all points on each (van der Maaten, 2014, §4.2). Made anew for each round, in the same memory.
 */
export class SpaceTree {
  readonly #dimensions: number;
  readonly #branches: number;
  #children: Int32Array;
  #counts: Float64Array;
  #sums: Float64Array;
  /** A leaf's point, −1 for a cell that was split or is empty. */
  #points: Int32Array;
  #widths: Float64Array;
  #middles: Float64Array;
  #size = 0;

  constructor(points: number, dimensions: 2 | 3) {
    this.#dimensions = dimensions;
    this.#branches = 1 << dimensions;
    const room = 4 * points + 64;
    this.#children = new Int32Array(room * this.#branches);
    this.#counts = new Float64Array(room);
    this.#sums = new Float64Array(room * dimensions);
    this.#points = new Int32Array(room);
    this.#widths = new Float64Array(room);
    this.#middles = new Float64Array(room * dimensions);
  }

  /** Builds the tree over `positions`, `n × dimensions`. */
  build(positions: Float64Array): void {
    const dimensions = this.#dimensions;
    const low = new Float64Array(dimensions).fill(Number.POSITIVE_INFINITY);
    const high = new Float64Array(dimensions).fill(Number.NEGATIVE_INFINITY);
    for (let at = 0; at < positions.length; at++) {
      const t = at % dimensions;
      if (positions[at] < low[t]) low[t] = positions[at];
      if (positions[at] > high[t]) high[t] = positions[at];
    }
    let width = 0;
    for (let t = 0; t < dimensions; t++) width = Math.max(width, high[t] - low[t]);
    this.#size = 0;
    const root = this.#add(width);
    for (let t = 0; t < dimensions; t++) this.#middles[root * dimensions + t] = (low[t] + high[t]) / 2;
    for (let i = 0; i * dimensions < positions.length; i++) this.#insert(positions, i);
  }

  /**
   * Adds to `force` (at `i × dimensions`) the push on a point, Σ w² (y − yⱼ) with w = 1 / (1 + |y − yⱼ|²), and returns Σ w. A
   * cell that looks smaller than `angle` (width by distance) counts as one point.
   */
  push(positions: Float64Array, i: number, angle: number, force: Float64Array, stack: Int32Array): number {
    const dimensions = this.#dimensions;
    const branches = this.#branches;
    const own = i * dimensions;
    let total = 0;
    let depth = 0;
    stack[depth++] = 0;
    while (depth > 0) {
      const cell = stack[--depth];
      const count = this.#counts[cell];
      if (count === 0 || (count === 1 && this.#points[cell] === i)) continue;
      const at = cell * dimensions;
      const dx = positions[own] - this.#sums[at] / count;
      const dy = positions[own + 1] - this.#sums[at + 1] / count;
      const dz = dimensions === 3 ? positions[own + 2] - this.#sums[at + 2] / count : 0;
      const square = dx * dx + dy * dy + dz * dz;
      const isLeaf = this.#points[cell] >= 0;
      if (!isLeaf && this.#widths[cell] ** 2 >= angle * angle * square) {
        for (let branch = 0; branch < branches; branch++) {
          const child = this.#children[cell * branches + branch];
          if (child > 0) stack[depth++] = child;
        }
        continue;
      }
      const w = 1 / (1 + square);
      total += count * w;
      const strength = count * w * w;
      force[own] += strength * dx;
      force[own + 1] += strength * dy;
      if (dimensions === 3) force[own + 2] += strength * dz;
    }
    return total;
  }

  /** Cells that a walk down the tree can have waiting at once. */
  get stackSize(): number {
    return (DEEPEST + 2) * this.#branches;
  }

  #add(width: number): number {
    const cell = this.#size++;
    if (cell >= this.#points.length) this.#grow();
    this.#children.fill(0, cell * this.#branches, (cell + 1) * this.#branches);
    this.#sums.fill(0, cell * this.#dimensions, (cell + 1) * this.#dimensions);
    this.#counts[cell] = 0;
    this.#points[cell] = -1;
    this.#widths[cell] = width;
    return cell;
  }

  #grow(): void {
    const wider = <T extends Float64Array | Int32Array>(array: T, make: (length: number) => T): T => {
      const next = make(2 * array.length);
      next.set(array);
      return next;
    };
    this.#children = wider(this.#children, (length) => new Int32Array(length));
    this.#counts = wider(this.#counts, (length) => new Float64Array(length));
    this.#sums = wider(this.#sums, (length) => new Float64Array(length));
    this.#points = wider(this.#points, (length) => new Int32Array(length));
    this.#widths = wider(this.#widths, (length) => new Float64Array(length));
    this.#middles = wider(this.#middles, (length) => new Float64Array(length));
  }

  #insert(positions: Float64Array, point: number): void {
    const dimensions = this.#dimensions;
    let cell = 0;
    for (let depth = 0; ; depth++) {
      const count = this.#counts[cell]++;
      for (let t = 0; t < dimensions; t++)
        this.#sums[cell * dimensions + t] += positions[point * dimensions + t];
      if (count === 0) {
        this.#points[cell] = point;
        return;
      }
      if (depth === DEEPEST) return;
      const resident = this.#points[cell];
      if (resident >= 0) {
        // The cell was a leaf: its point moves one cell down.
        this.#points[cell] = -1;
        const child = this.#childFor(cell, positions, resident);
        this.#counts[child] = 1;
        this.#points[child] = resident;
        for (let t = 0; t < dimensions; t++)
          this.#sums[child * dimensions + t] = positions[resident * dimensions + t];
      }
      cell = this.#childFor(cell, positions, point);
    }
  }

  /** The child in whose half of each axis the point lies; made when it is not there. */
  #childFor(cell: number, positions: Float64Array, point: number): number {
    const dimensions = this.#dimensions;
    let branch = 0;
    for (let t = 0; t < dimensions; t++) {
      if (positions[point * dimensions + t] > this.#middles[cell * dimensions + t]) branch |= 1 << t;
    }
    const slot = cell * this.#branches + branch;
    if (this.#children[slot] > 0) return this.#children[slot];
    const width = this.#widths[cell] / 2;
    const child = this.#add(width);
    this.#children[slot] = child;
    for (let t = 0; t < dimensions; t++) {
      const side = (branch >> t) & 1 ? 0.5 : -0.5;
      this.#middles[child * dimensions + t] = this.#middles[cell * dimensions + t] + side * width;
    }
    return child;
  }
}
