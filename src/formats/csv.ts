import type { ItemKind } from "../core/space";
import { longestFloat32Text, writeFloat32 } from "./float32-text";

/** What every row of a table has in common. */
export interface CsvShape {
  /** Id of the space the vectors live in; the same cell in every row. */
  readonly space: string;
  /** Columns x and y, or x, y and z. */
  readonly dimensions: 2 | 3;
  /** Numbers per vector: columns d0, d1, … */
  readonly dimension: number;
}

/** Some rows of a table. */
export interface CsvRows {
  readonly items: readonly { readonly id: string; readonly kind: ItemKind; readonly label: string }[];
  /** `items.length × dimensions`; NaN where an item has no place: its cells stay empty. */
  readonly positions: Float32Array;
  /** `items.length × dimension`, row-major. */
  readonly vectors: Float32Array;
}

/** Large enough that few pieces make up a table, small enough to be written between two messages. */
const pieceBytes = 1 << 20;

const lineEnd = "\r\n";

/**
 * Where a spreadsheet would start to read a formula: at a cell's beginning, and after a character at which a spreadsheet
 * set to another separator starts a new cell in spite of our quotes. White space and invisible characters may stand in
 * between, and the signs may be full-width (OWASP, "CSV Injection").
 */
const formulaAtStart = /^(?=[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u;
const formulaInside = /[;\t\r\n|](?=[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/gu;

const needsQuotes = /[",;\t\r\n|]|^\s|\s$/u;

/**
 * A text cell: made harmless to spreadsheets by an apostrophe in front of whatever they would run as a formula, and
 * quoted after RFC 4180 where it holds a separator, a quote or a line end, or begins or ends with white space.
 */
export function textCell(text: string): string {
  const harmless = text.replace(formulaInside, "$&'").replace(formulaAtStart, "'");
  return needsQuotes.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The names of the columns: id, kind, label, space, x, y(, z), d0, d1, … */
export function csvColumns({ dimensions, dimension }: Omit<CsvShape, "space">): string[] {
  const places = ["x", "y", "z"].slice(0, dimensions);
  return [
    "id",
    "kind",
    "label",
    "space",
    ...places,
    ...Array.from({ length: dimension }, (_, index) => `d${index}`),
  ];
}

/** The first line of a table, in UTF-8 without a byte order mark. */
export function csvHeader(shape: CsvShape): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(csvColumns(shape).join(",") + lineEnd);
}

/**
 * The lines of some rows in UTF-8, piece by piece; a piece is a fresh array of about a megabyte. Numbers are the
 * shortest text that reads back to the same float32. Throws `RangeError` when lengths do not fit the shape.
 */
export function* csvLines(shape: CsvShape, rows: CsvRows): Generator<Uint8Array<ArrayBuffer>> {
  const { dimensions, dimension } = shape;
  const { items, positions, vectors } = rows;
  if (positions.length !== items.length * dimensions || vectors.length !== items.length * dimension) {
    throw new RangeError(
      `${items.length} rows need ${items.length * dimensions} coordinates and ${items.length * dimension} vector ` +
        `numbers, got ${positions.length} and ${vectors.length}`,
    );
  }
  const encoder = new TextEncoder();
  const numberBytes = (dimensions + dimension) * (longestFloat32Text + 1) + lineEnd.length;
  const space = textCell(shape.space);
  const comma = 44;

  let piece = new Uint8Array(0);
  let length = 0;
  for (let index = 0; index < items.length; index++) {
    const { id, kind, label } = items[index];
    const text = `${textCell(id)},${textCell(kind)},${textCell(label)},${space}`;
    // UTF-8 takes at most three bytes for each UTF-16 unit.
    const room = text.length * 3 + numberBytes;
    if (piece.length - length < room) {
      if (length > 0) yield piece.subarray(0, length);
      piece = new Uint8Array(Math.max(pieceBytes, room));
      length = 0;
    }
    length += encoder.encodeInto(text, piece.subarray(length)).written;
    for (let axis = 0; axis < dimensions; axis++) {
      const value = positions[index * dimensions + axis];
      piece[length++] = comma;
      if (!Number.isNaN(value)) length = writeFloat32(value, piece, length);
    }
    for (let axis = 0; axis < dimension; axis++) {
      piece[length++] = comma;
      length = writeFloat32(vectors[index * dimension + axis], piece, length);
    }
    piece[length++] = 13;
    piece[length++] = 10;
  }
  if (length > 0) yield piece.subarray(0, length);
}
