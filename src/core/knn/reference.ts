import type { Matrix } from "../matrix";
import { similarityBlocks } from "../similarity-rows";
import type { Metric } from "../space";
import { Arena, instantiate } from "../wasm/instance";
import { type ComparableRows, comparableRows } from "./comparable";
import { similarityModule } from "./module";

interface Exports {
  configure(...settings: number[]): void;
  products(a: number, aCount: number, b: number, bCount: number, out: number): void;
}

/** Rows compared with the references at a time: 64 × 512 products of 384 numbers take about a millisecond. */
const BLOCK = 64;

/**
 * Likeness of any row to a few reference rows, by WebAssembly where the browser and the rows allow it, in float32. Holds only the
 * references and a block of rows, not the matrix. Rows are best asked for in order.
 */
export class ReferenceRows {
  readonly #compare: (from: number, to: number) => Float32Array;
  readonly #pair: (i: number, j: number) => number;
  readonly #penalty: (i: number) => number;
  readonly #block: number;
  readonly #count: number;
  readonly #rows: number;
  #from = 0;
  #to = 0;
  #keys: Float32Array = new Float32Array(0);

  /**
   * Where rows are asked for one here and one there, `block`, how many are compared at a time, is best 1. The default, and the most,
   * is 64.
   */
  constructor(matrix: Matrix, metric: Metric, references: Uint32Array, block = BLOCK) {
    this.#rows = matrix.rows;
    this.#block = block;
    this.#count = references.length;
    const comparable = comparableRows(matrix, metric);
    const module = comparable.isPrecise ? similarityModule("float32") : undefined;
    const { compare, pair, penalty } = module
      ? byWasm(matrix, comparable, references, module)
      : plainly(matrix, metric, references);
    this.#compare = compare;
    this.#pair = pair;
    this.#penalty = penalty;
  }

  /** Keys of a row's references, larger is nearer; a view that the next call may overwrite. */
  keys(row: number): Float32Array {
    if (row < this.#from || row >= this.#to) {
      this.#from = row;
      this.#to = Math.min(this.#rows, row + this.#block);
      this.#keys = this.#compare(this.#from, this.#to);
    }
    const at = (row - this.#from) * this.#count;
    return this.#keys.subarray(at, at + this.#count);
  }

  /**
   * What a row's keys, after they were asked for, must lose to say how near the row is to each reference among all rows: as the
   * reference ranks it.
   */
  penalty(row: number): number {
    return this.#penalty(row);
  }

  /** The key of another row, to be held against the keys of the references, after these were asked for. */
  key(row: number, other: number): number {
    return this.#pair(row, other);
  }
}

function byWasm(
  { dimension }: Matrix,
  { write, hasPenalties }: ComparableRows,
  references: Uint32Array,
  module: string,
) {
  const exports = instantiate<Exports>(module);
  const arena = new Arena(exports.memory);
  const width = Math.ceil(dimension / 4) * 4;
  const columns = Math.ceil(references.length / 4) * 4;
  const referencesAt = arena.take(4 * width * columns);
  const rowsAt = arena.take(4 * width * BLOCK);
  const out = arena.take(4 * columns * BLOCK);
  exports.configure(4 * width, 0, 0, 0, 0, 0, 0, 0, 0);
  const held = arena.floats(referencesAt, width * columns);
  const staged = arena.floats(rowsAt, width * BLOCK);
  const products = arena.floats(out, columns * BLOCK);
  references.forEach((row, r) => {
    write(row, held, r * width);
  });
  const penaltyOf = (rows: Float32Array, at: number) => {
    if (!hasPenalties) return 0;
    let square = 0;
    for (let t = at; t < at + width; t++) square += rows[t] * rows[t];
    return square / 2;
  };
  const penalties = Float32Array.from(references, (_, r) => penaltyOf(held, r * width));
  const other = new Float32Array(width);
  // One for all blocks: of a million rows against a thousand, new ones would be gigabytes for the collector.
  const keys = new Float32Array(BLOCK * references.length);
  let first = 0;
  return {
    compare(from: number, to: number): Float32Array {
      first = from;
      for (let i = from; i < to; i++) write(i, staged, (i - from) * width);
      exports.products(rowsAt, Math.ceil((to - from) / 2) * 2, referencesAt, columns, out);
      for (let i = 0, at = 0; i < to - from; i++) {
        for (let r = 0; r < references.length; r++, at++) keys[at] = products[i * columns + r] - penalties[r];
      }
      return keys;
    },
    penalty: (i: number) => penaltyOf(staged, (i - first) * width),
    pair(i: number, j: number): number {
      const at = (i - first) * width;
      write(j, other, 0);
      let sum = 0;
      for (let t = 0; t < width; t++) sum += staged[at + t] * other[t];
      return sum - penaltyOf(other, 0);
    },
  };
}

function plainly(matrix: Matrix, metric: Metric, references: Uint32Array) {
  const { data, dimension, rows } = matrix;
  const chosen = new Float32Array(references.length * dimension);
  references.forEach((row, to) => {
    chosen.set(data.subarray(row * dimension, (row + 1) * dimension), to * dimension);
  });
  const others = { data: chosen, rows: references.length, dimension };
  const block = similarityBlocks(matrix, metric, others);
  const own = similarityBlocks(matrix, metric);
  return {
    compare: (from: number, to: number) => Float32Array.from(block(from, Math.min(rows, to), 0, others.rows)),
    pair: (i: number, j: number) => Math.fround(own(i, i + 1, j, j + 1)[0]),
    // A similarity is the same from either side.
    penalty: () => 0,
  };
}
