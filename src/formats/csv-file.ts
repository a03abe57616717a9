import { type CsvRows, type CsvShape, csvHeader, csvLines } from "./csv";

/** Gathers a table's bytes as they are written. */
export interface CsvFile {
  /** Appends rows. Throws `RangeError` when their lengths do not fit the shape. */
  write(rows: CsvRows): void;
  /** The file so far. */
  blob(): Blob;
}

/**
 * Opens a table for writing; its header is written at once. Pieces become Blobs as they are made: a browser may keep
 * those outside the worker's memory, and even on disk.
 */
export function createCsvFile(shape: CsvShape): CsvFile {
  const parts = [new Blob([csvHeader(shape)])];
  return {
    write(rows) {
      for (const piece of csvLines(shape, rows)) parts.push(new Blob([piece]));
    },
    blob: () => new Blob(parts, { type: "text/csv;charset=utf-8" }),
  };
}
