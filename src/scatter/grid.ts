/** Points per cell aimed at: few enough to test them all, enough that empty cells don't dominate. */
const PER_CELL = 2;
/** A bound on memory for points that are spread very unevenly. */
const MAX_CELLS = 1 << 22;
/** Points per step of building: about half a millisecond's work. */
const STEP = 1 << 15;

/**
 * A uniform grid over points of the plane: cells hold the indices of their points, one after another in one array
 * (counting sort). Building takes two passes; a query reads only the cells it touches.
 */
export class Grid {
  private coordinates: Float32Array = new Float32Array();
  private stride = 2;
  private items = new Uint32Array();
  private starts = new Uint32Array(2);
  private columns = 1;
  private rows = 1;
  private minX = 0;
  private minY = 0;
  private cell = 1;

  /**
   * Indexes `count` points, whose x and y stand at `index × stride` and the place after it. The array is kept, not
   * copied. Points that `skip` names, and those that aren't finite, are left out.
   */
  build(coordinates: Float32Array, stride: number, count: number, skip: (index: number) => boolean): void {
    const steps = this.building(coordinates, stride, count, skip);
    while (!steps.next().done);
  }

  /** As `build`, in steps of a millisecond or less; until the last is taken, the grid holds nothing. */
  *building(
    coordinates: Float32Array,
    stride: number,
    count: number,
    skip: (index: number) => boolean,
  ): Generator<void> {
    this.coordinates = coordinates;
    this.stride = stride;
    this.columns = this.rows = 1;
    this.starts = new Uint32Array(2);
    this.items = new Uint32Array();
    let minX = Number.POSITIVE_INFINITY;
    let minY = Number.POSITIVE_INFINITY;
    let maxX = Number.NEGATIVE_INFINITY;
    let maxY = Number.NEGATIVE_INFINITY;
    let kept = 0;
    const cells = new Int32Array(count).fill(-1);
    for (let index = 0; index < count; index++) {
      if (index % STEP === 0) yield;
      const x = coordinates[index * stride];
      const y = coordinates[index * stride + 1];
      if (!Number.isFinite(x) || !Number.isFinite(y) || skip(index)) continue;
      cells[index] = 0;
      kept++;
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
    if (kept === 0) minX = minY = maxX = maxY = 0;
    const width = maxX - minX;
    const height = maxY - minY;
    const wanted = Math.min(MAX_CELLS, Math.max(1, kept / PER_CELL));
    // On a line the area is 0, and the longer side alone gives the cell.
    const cell = Math.max(Math.sqrt((width * height) / wanted), Math.max(width, height) / wanted);
    this.cell = cell > 0 && Number.isFinite(cell) ? cell : 1;
    this.minX = minX;
    this.minY = minY;
    const columns = Math.floor(width / this.cell) + 1;
    const rows = Math.floor(height / this.cell) + 1;
    const starts = new Uint32Array(columns * rows + 1);
    for (let index = 0; index < count; index++) {
      if (index % STEP === 0) yield;
      if (cells[index] < 0) continue;
      const column = clamp(Math.floor((coordinates[index * stride] - minX) / this.cell), columns);
      const row = clamp(Math.floor((coordinates[index * stride + 1] - minY) / this.cell), rows);
      cells[index] = row * columns + column;
      starts[cells[index] + 1]++;
    }
    for (let at = 1; at < starts.length; at++) starts[at] += starts[at - 1];
    const next = starts.slice(0, -1);
    const items = new Uint32Array(kept);
    for (let index = 0; index < count; index++) {
      if (index % STEP === 0) yield;
      if (cells[index] >= 0) items[next[cells[index]]++] = index;
    }
    this.columns = columns;
    this.rows = rows;
    this.starts = starts;
    this.items = items;
  }

  /**
   * The point nearest to (x, y) not farther than `radius`, or −1. Of points on one spot the last is given: it is the
   * one drawn on top.
   */
  nearest(x: number, y: number, radius: number): number {
    let best = -1;
    let bestSquare = radius * radius;
    this.visit(x - radius, y - radius, x + radius, y + radius, (index) => {
      const dx = this.coordinates[index * this.stride] - x;
      const dy = this.coordinates[index * this.stride + 1] - y;
      const square = dx * dx + dy * dy;
      if (square < bestSquare || (square === bestSquare && index > best)) {
        best = index;
        bestSquare = square;
      }
    });
    return best;
  }

  /** Calls `found` for every point of the cells that the box touches: all points inside it, and some around it. */
  visit(minX: number, minY: number, maxX: number, maxY: number, found: (index: number) => void): void {
    const firstColumn = this.columnOf(minX);
    const lastColumn = this.columnOf(maxX);
    const lastRow = this.rowOf(maxY);
    for (let row = this.rowOf(minY); row <= lastRow; row++) {
      const base = row * this.columns;
      const end = this.starts[base + lastColumn + 1];
      for (let at = this.starts[base + firstColumn]; at < end; at++) found(this.items[at]);
    }
  }

  /** Upper bound of how many points `visit` would find; costs one subtraction per row of cells. */
  estimate(minX: number, minY: number, maxX: number, maxY: number): number {
    const firstColumn = this.columnOf(minX);
    const lastColumn = this.columnOf(maxX);
    const lastRow = this.rowOf(maxY);
    let total = 0;
    for (let row = this.rowOf(minY); row <= lastRow; row++) {
      const base = row * this.columns;
      total += this.starts[base + lastColumn + 1] - this.starts[base + firstColumn];
    }
    return total;
  }

  /** Bytes of the index, without the coordinates. */
  get bytes(): number {
    return this.items.byteLength + this.starts.byteLength;
  }

  private columnOf(x: number): number {
    return clamp(Math.floor((x - this.minX) / this.cell), this.columns);
  }

  private rowOf(y: number): number {
    return clamp(Math.floor((y - this.minY) / this.cell), this.rows);
  }
}

/** A number as an index below `count`. */
function clamp(value: number, count: number): number {
  return Math.min(count - 1, Math.max(0, value));
}
