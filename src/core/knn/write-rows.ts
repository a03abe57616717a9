import type { ComparableRows } from "./comparable";

/** Where a kernel's rows lie. */
export interface RowMemory {
  readonly buffer: ArrayBufferLike;
  /** Address of the first row. */
  readonly data: number;
  /** Bytes from one row to the next. */
  readonly stride: number;
  /** What is taken off a product for each row; left as it is where rows have no penalties. */
  readonly penalty: Float32Array;
}

/** Writes rows as float32 numbers. Returns 0: nobody has asked yet how far a key may be off. */
export function writeFloats(
  comparable: ComparableRows,
  rows: number,
  _dimension: number,
  { buffer, data, stride, penalty }: RowMemory,
): number {
  const width = stride / 4;
  const target = new Float32Array(buffer, data, width * rows);
  for (let i = 0; i < rows; i++) {
    comparable.write(i, target, i * width);
    if (!comparable.hasPenalties) continue;
    let square = 0;
    for (let at = i * width; at < (i + 1) * width; at++) square += target[at] * target[at];
    penalty[i] = square / 2;
  }
  return 0;
}

/** A row's numbers are multiplied by this, so that the longest, 1, is the largest whole number of 16 bits. */
const LARGEST = 32767;

/** Added and taken off again, it rounds a small number to a whole one, several times as fast as `Math.round`: 1.5 · 2⁵². */
const ROUNDING = 6755399441055744;

/** What float32 adds to the error of a key that is below 2 in size. */
const FLOAT_ERROR = 5e-7;

/**
 * Writes rows as whole numbers of 16 bits. Returns how far a key, a · b − |b|² / 2 or a · b, may be from the true one at most: where e is
 * a row's rounding, (a + e) · (b + f) − a · b = e · (b + f) + a · f, and no row is longer than 1 (Cauchy–Schwarz).
 */
export function writeWholes(
  comparable: ComparableRows,
  rows: number,
  dimension: number,
  { buffer, data, stride, penalty }: RowMemory,
): number {
  const width = stride / 2;
  const target = new Int16Array(buffer, data, width * rows);
  const row = new Float64Array(dimension);
  let largest = 0;
  for (let i = 0; i < rows; i++) {
    comparable.write(i, row, 0);
    let square = 0;
    let lost = 0;
    for (let t = 0, at = i * width; t < dimension; t++, at++) {
      const exact = row[t] * LARGEST;
      const whole = exact + ROUNDING - ROUNDING;
      target[at] = whole;
      square += row[t] * row[t];
      lost += (exact - whole) ** 2;
    }
    if (comparable.hasPenalties) penalty[i] = square / 2;
    largest = Math.max(largest, lost);
  }
  const error = Math.sqrt(largest) / LARGEST;
  return error * (2 + error) + FLOAT_ERROR;
}
