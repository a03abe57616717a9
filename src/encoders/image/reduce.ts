import type { Pixels } from "./resize";

/**
 * Averages squares of `factor × factor` pixels into one, strip by strip, so that the whole picture need never stand in
 * memory as pixels. Squares at the right and lower edge may be smaller.
 */
export class BoxReducer {
  private readonly factor: number;
  private readonly width: number;
  private readonly result: Uint8ClampedArray;
  private readonly reducedWidth: number;
  private readonly reducedHeight: number;
  private row = 0;

  /** `width` and `height` are the whole picture's, in pixels; `factor` is at least 1. */
  constructor(width: number, height: number, factor: number) {
    this.factor = factor;
    this.width = width;
    this.reducedWidth = Math.ceil(width / factor);
    this.reducedHeight = Math.ceil(height / factor);
    this.result = new Uint8ClampedArray(4 * this.reducedWidth * this.reducedHeight);
  }

  /** Adds the next rows. Every strip but the last must have a multiple of `factor` rows. */
  add(strip: Pixels): void {
    const sums = new Uint32Array(3 * this.reducedWidth);
    for (let top = 0; top < strip.height; top += this.factor) {
      const rows = Math.min(this.factor, strip.height - top);
      sums.fill(0);
      for (let y = top; y < top + rows; y++) this.addRow(strip, y, sums);
      this.writeRow(sums, rows);
    }
  }

  /** The reduced picture, once all rows have been added. */
  finish(): Pixels {
    return { data: this.result, width: this.reducedWidth, height: this.reducedHeight };
  }

  private addRow({ data }: Pixels, y: number, sums: Uint32Array): void {
    let from = 4 * y * this.width;
    for (let column = 0, left = 0; left < this.width; column += 3, left += this.factor) {
      const end = Math.min(left + this.factor, this.width);
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let x = left; x < end; x++, from += 4) {
        red += data[from];
        green += data[from + 1];
        blue += data[from + 2];
      }
      sums[column] += red;
      sums[column + 1] += green;
      sums[column + 2] += blue;
    }
  }

  private writeRow(sums: Uint32Array, rows: number): void {
    let to = 4 * this.row * this.reducedWidth;
    for (let column = 0; column < this.reducedWidth; column++, to += 4) {
      const columns = Math.min(this.factor, this.width - column * this.factor);
      for (let channel = 0; channel < 3; channel++) {
        this.result[to + channel] = Math.round(sums[3 * column + channel] / (rows * columns));
      }
    }
    this.row += 1;
  }
}
