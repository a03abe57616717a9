/** Vectors of one space, row after row. */
export interface Matrix {
  /** `rows × dimension` numbers, row-major. */
  readonly data: Float32Array;
  readonly rows: number;
  readonly dimension: number;
}

/** A view (not a copy) of one row. Throws `RangeError` when the row does not exist. */
export function row(matrix: Matrix, index: number): Float32Array {
  if (index < 0 || index >= matrix.rows) throw new RangeError(`row ${index} of ${matrix.rows}`);
  return matrix.data.subarray(index * matrix.dimension, (index + 1) * matrix.dimension);
}

/** Copies vectors of one length into a matrix. Throws `RangeError` when the lengths differ. */
export function matrixFromRows(rows: readonly Float32Array[], dimension = rows[0]?.length ?? 0): Matrix {
  const data = new Float32Array(rows.length * dimension);
  rows.forEach((vector, index) => {
    if (vector.length !== dimension) {
      throw new RangeError(`vector ${index} has ${vector.length} numbers, expected ${dimension}`);
    }
    data.set(vector, index * dimension);
  });
  return { data, rows: rows.length, dimension };
}
