import type { Box } from "./box-index";

/** Cell size in CSS pixels: smaller than a dot, so that rounding a box outwards costs little room. */
const CELL = 2;

/**
 * Counts how many dots a box would cover, in constant time however dense the map is: a summed-area table over small
 * cells (Crow, "Summed-area tables for texture mapping", 1984). Boxes are rounded outwards, so a count of 0 is exact.
 */
export class DotCover {
  private columns = 1;
  private rows = 1;
  private sums = new Int32Array(4);
  private width = 0;
  private height = 0;

  /** Forgets all dots, for a view of this size in CSS pixels. */
  reset(width: number, height: number): void {
    this.columns = Math.max(1, Math.ceil(width / CELL));
    this.rows = Math.max(1, Math.ceil(height / CELL));
    const size = (this.columns + 1) * (this.rows + 1);
    if (this.sums.length < size) this.sums = new Int32Array(size);
    else this.sums.fill(0, 0, size);
    this.width = width;
    this.height = height;
  }

  /** Adds a dot by its middle; dots outside the view are ignored. Call before `finish`. */
  add(x: number, y: number): void {
    if (!(x >= 0 && y >= 0 && x < this.width && y < this.height)) return;
    this.sums[(Math.floor(y / CELL) + 1) * (this.columns + 1) + Math.floor(x / CELL) + 1]++;
  }

  /** Turns the counts into sums. Call once, after the last `add`. */
  finish(): void {
    const stride = this.columns + 1;
    for (let row = 1; row <= this.rows; row++) {
      let run = 0;
      for (let column = 1; column <= this.columns; column++) {
        const at = row * stride + column;
        run += this.sums[at];
        this.sums[at] = run + this.sums[at - stride];
      }
    }
  }

  /** How many dots' middles lie within `reach` CSS pixels (across and upright) of a box, or a few more. */
  count(box: Readonly<Box>, reach: number): number {
    const left = clamp(Math.floor((box.left - reach) / CELL), 0, this.columns);
    const right = clamp(Math.floor((box.right + reach) / CELL) + 1, 0, this.columns);
    const top = clamp(Math.floor((box.top - reach) / CELL), 0, this.rows);
    const bottom = clamp(Math.floor((box.bottom + reach) / CELL) + 1, 0, this.rows);
    const stride = this.columns + 1;
    return (
      this.sums[bottom * stride + right] -
      this.sums[top * stride + right] -
      this.sums[bottom * stride + left] +
      this.sums[top * stride + left]
    );
  }

  /** True when a dot at (x, y) is among those that `count` counts. */
  counts(box: Readonly<Box>, reach: number, x: number, y: number): boolean {
    if (!(x >= 0 && y >= 0 && x < this.width && y < this.height)) return false;
    const column = Math.floor(x / CELL);
    const row = Math.floor(y / CELL);
    return (
      column >= Math.floor((box.left - reach) / CELL) &&
      column <= Math.floor((box.right + reach) / CELL) &&
      row >= Math.floor((box.top - reach) / CELL) &&
      row <= Math.floor((box.bottom + reach) / CELL)
    );
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
