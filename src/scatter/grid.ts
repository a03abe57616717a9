import type { Frustum } from "./frustum";
import { exhaust } from "./steps";

/** Points per cell aimed at: few enough to test them all, enough that empty cells don't dominate. */
const PER_CELL = 2;
/** A bound on memory for points that are spread very unevenly. */
const MAX_CELLS = 1 << 22;
/** Points per step of building, and cells: a few tenths of a millisecond's work, where the processor is busy elsewhere too. */
const STEP = 1 << 13;
const CELLS = 1 << 16;
/** Points of one row that are given without looking closer: to halve the row once more would cost more. */
const FEW = 16;
/** Share of a cell by which boxes are widened: a point on a cell's edge may have been rounded into its neighbour. */
const SLACK = 1e-6;

/** An index of points: which lie in which cell. Can be sent to a worker. */
export interface GridCells {
  /** Indices of points, cell by cell; those of one cell begin where `starts` says. */
  readonly items: Uint32Array<ArrayBuffer>;
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly columns: number;
  readonly rows: number;
  readonly layers: number;
  /** The corner where the cells begin, and their side, in world units. */
  readonly minX: number;
  readonly minY: number;
  readonly minZ: number;
  readonly cell: number;
}

const NO_CELLS: GridCells = {
  items: new Uint32Array(),
  starts: new Uint32Array(2),
  columns: 1,
  rows: 1,
  layers: 1,
  minX: 0,
  minY: 0,
  minZ: 0,
  cell: 1,
};

/** Cells from a first up to before a last, along each axis. */
type Range = readonly [c0: number, c1: number, r0: number, r1: number, l0: number, l1: number];

/**
 * A uniform grid over points in space, of one layer when they lie in a plane: cells hold the indices of their points, one
 * after another in one array (counting sort). It knows nothing of cameras: whatever the view, a query halves the grid
 * and follows the halves that the view touches, down to single cells.
 */
export class Grid {
  /** What was indexed last; may be set to what another grid has indexed. */
  cells = NO_CELLS;

  /** Indexes `count` points, `x, y, z` triples. Points that `skip` names, and those that aren't finite, are left out. */
  build(places: Float32Array, count: number, skip: (index: number) => boolean): void {
    exhaust(this.building(places, count, skip));
  }

  /** As `build`, in steps of a millisecond or less; until the last is taken, the grid holds nothing. */
  *building(places: Float32Array, count: number, skip: (index: number) => boolean): Generator<void> {
    this.cells = NO_CELLS;
    const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    const most = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    let kept = 0;
    const home = new Int32Array(count).fill(-1);
    for (let index = 0, at = 0; index < count; index++, at += 3) {
      if (index % STEP === 0) yield;
      const sum = places[at] + places[at + 1] + places[at + 2];
      if (!Number.isFinite(sum) || skip(index)) continue;
      home[index] = 0;
      kept++;
      for (let axis = 0; axis < 3; axis++) {
        const value = places[at + axis];
        if (value < least[axis]) least[axis] = value;
        if (value > most[axis]) most[axis] = value;
      }
    }
    if (kept === 0) least.fill(0);
    const extent = least.map((value, axis) => (kept === 0 ? 0 : most[axis] - value));
    const cell = cellSize(extent, Math.min(MAX_CELLS, Math.max(1, kept / PER_CELL)));
    const [columns, rows, layers] = extent.map((length) => Math.floor(length / cell) + 1);
    const [minX, minY, minZ] = least;
    const starts = new Uint32Array(columns * rows * layers + 1);
    for (let index = 0, at = 0; index < count; index++, at += 3) {
      if (index % STEP === 0) yield;
      if (home[index] < 0) continue;
      const column = Math.min(columns - 1, Math.floor((places[at] - minX) / cell));
      const row = Math.min(rows - 1, Math.floor((places[at + 1] - minY) / cell));
      const layer = Math.min(layers - 1, Math.floor((places[at + 2] - minZ) / cell));
      home[index] = (layer * rows + row) * columns + column;
      starts[home[index] + 1]++;
    }
    for (let at = 1; at < starts.length; at++) {
      if (at % CELLS === 1) yield;
      starts[at] += starts[at - 1];
    }
    yield;
    const next = starts.slice(0, -1);
    const items = new Uint32Array(kept);
    for (let index = 0; index < count; index++) {
      if (index % STEP === 0) yield;
      if (home[index] >= 0) items[next[home[index]]++] = index;
    }
    this.cells = { columns, rows, layers, minX, minY, minZ, cell, starts, items };
  }

  /** Calls `found` for every point of the cells that the frustum touches: all points inside it, and some around it. */
  visit(frustum: Frustum, found: (index: number) => void): void {
    const { items } = this.cells;
    this.walk(this.all, frustum, 1, (first, end) => {
      for (let at = first; at < end; at++) found(items[at]);
    });
  }

  /** Upper bound of how many points lie in a frustum, without looking at single cells. */
  estimate(frustum: Frustum): number {
    let total = 0;
    const grain = Math.max(1, (this.cells.starts.length - 1) >> 10);
    this.walk(this.all, frustum, grain, (first, end) => {
      total += end - first;
    });
    return total;
  }

  /** Bytes of the index. */
  get bytes(): number {
    return this.cells.items.byteLength + this.cells.starts.byteLength;
  }

  private get all(): Range {
    const { columns, rows, layers } = this.cells;
    return [0, columns, 0, rows, 0, layers];
  }

  /**
   * Calls back with runs of items. Ranges of cells that the frustum only touches are halved until they are no more than
   * `grain` cells.
   */
  private walk(
    range: Range,
    frustum: Frustum,
    grain: number,
    run: (first: number, end: number) => void,
  ): void {
    const { starts, columns, rows, cell, minX, minY, minZ } = this.cells;
    const [c0, c1, r0, r1, l0, l1] = range;
    const [wide, high, deep] = [c1 - c0, r1 - r0, l1 - l0];
    if (high * deep === 1) {
      const row = (l0 * rows + r0) * columns;
      const [first, end] = [starts[row + c0], starts[row + c1]];
      if (end - first <= FEW) {
        if (first < end) run(first, end);
        return;
      }
    }
    const slack = cell * SLACK;
    const side = frustum.side(
      minX + c0 * cell - slack,
      minY + r0 * cell - slack,
      minZ + l0 * cell - slack,
      minX + c1 * cell + slack,
      minY + r1 * cell + slack,
      minZ + l1 * cell + slack,
    );
    if (side === "outside") return;
    if (side === "inside" || wide * high * deep <= grain) {
      for (let layer = l0; layer < l1; layer++) {
        for (let row = r0; row < r1; row++) {
          const at = (layer * rows + row) * columns;
          if (starts[at + c0] < starts[at + c1]) run(starts[at + c0], starts[at + c1]);
        }
      }
    } else if (deep >= wide && deep >= high) {
      const middle = l0 + (deep >> 1);
      this.walk([c0, c1, r0, r1, l0, middle], frustum, grain, run);
      this.walk([c0, c1, r0, r1, middle, l1], frustum, grain, run);
    } else if (high >= wide) {
      const middle = r0 + (high >> 1);
      this.walk([c0, c1, r0, middle, l0, l1], frustum, grain, run);
      this.walk([c0, c1, middle, r1, l0, l1], frustum, grain, run);
    } else {
      const middle = c0 + (wide >> 1);
      this.walk([c0, middle, r0, r1, l0, l1], frustum, grain, run);
      this.walk([middle, c1, r0, r1, l0, l1], frustum, grain, run);
    }
  }
}

/** Side of cubes of which about `wanted` fill a box; in a plane or on a line the missing sides count for nothing. */
function cellSize(extent: readonly number[], wanted: number): number {
  const [long, middle, short] = [...extent].sort((a, b) => b - a);
  const cell = Math.max(
    Math.cbrt((long * middle * short) / wanted),
    Math.sqrt((long * middle) / wanted),
    long / wanted,
  );
  return cell > 0 && Number.isFinite(cell) ? cell : 1;
}
