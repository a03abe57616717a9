import type { Matrix } from "../matrix";
import type { Metric } from "../space";
import { Arena, instantiate } from "../wasm/instance";
import { comparableRows } from "./comparable";

interface Exports {
  configure(...settings: number[]): void;
  products(a: number, aCount: number, b: number, bCount: number, out: number): void;
  stripe(from: number, to: number): void;
  join(list: number, fresh: number, listed: number, rowsAt: number, out: number): number;
}

/** Rows that are compared with all later ones in one step: 64 × 10,000 × 384 products take some 20 ms. */
export const STRIPE = 64;

/** Rows of the other side of a tile; the kernel's own number. */
const BLOCK = 64;

/** Rows that a list given to `join` may have. */
export const LONGEST_LIST = 128;

/** The kernel marks an entry that came in by `join` with this bit. */
export const FRESH = 1 << 30;

/** The best candidates of every row, found in float32. */
export interface Candidates {
  /** Entries per row. */
  readonly kept: number;
  /** `rows × kept` keys, best first, −∞ where there are fewer. */
  readonly keys: Float32Array;
  /** `rows × kept` row numbers. */
  readonly ids: Int32Array;
}

/**
 * Compares the rows of a matrix by WebAssembly's SIMD instructions, in float32, and keeps the best of them for each row.
 * Holds a copy of the rows.
 */
export class SimilarityKernel {
  readonly rows: number;
  readonly kept: number;
  /** False when float32 is too coarse for these rows; then another way must be taken. */
  readonly isPrecise: boolean;
  readonly #exports: Exports & { readonly memory: WebAssembly.Memory };
  readonly #arena: Arena;
  readonly #keys: number;
  readonly #ids: number;
  readonly #list: number;
  readonly #gathered: number;
  readonly #tile: number;

  /** `module` is one of `similarityModule`'s variants. */
  constructor(matrix: Matrix, metric: Metric, kept: number, module: string) {
    const exports = instantiate<Exports>(module);
    const arena = new Arena(exports.memory);
    const { rows, dimension } = matrix;
    const width = Math.ceil(dimension / 4) * 4;
    const padded = Math.ceil(rows / 4) * 4;
    const data = arena.take(4 * width * padded);
    const penalties = arena.take(4 * padded);
    const thresholds = arena.take(4 * padded);
    this.#keys = arena.take(4 * padded * kept);
    this.#ids = arena.take(4 * padded * kept);
    this.#list = arena.take(4 * LONGEST_LIST);
    this.#gathered = arena.take(4 * width * LONGEST_LIST);
    this.#tile = arena.take(4 * Math.max(STRIPE * BLOCK, LONGEST_LIST * LONGEST_LIST));

    const comparable = comparableRows(matrix, metric);
    const target = arena.floats(data, width * padded);
    const penalty = arena.floats(penalties, padded).fill(0);
    for (let i = 0; i < rows; i++) {
      comparable.write(i, target, i * width);
      if (!comparable.hasPenalties) continue;
      let square = 0;
      for (let at = i * width; at < (i + 1) * width; at++) square += target[at] * target[at];
      penalty[i] = square / 2;
    }
    penalty.fill(Number.POSITIVE_INFINITY, rows);
    const worst = kept === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    arena.floats(thresholds, padded).fill(worst).fill(Number.POSITIVE_INFINITY, rows);
    arena.floats(this.#keys, padded * kept).fill(Number.NEGATIVE_INFINITY);
    arena.integers(this.#ids, padded * kept).fill(-1);
    exports.configure(
      ...[4 * width, padded, kept],
      ...[data, penalties, thresholds, this.#keys, this.#ids, this.#tile],
    );
    this.rows = rows;
    this.kept = kept;
    this.isPrecise = comparable.isPrecise;
    this.#exports = exports;
    this.#arena = arena;
  }

  /** Stripes of `STRIPE` rows that cover the matrix. */
  get stripes(): number {
    return Math.ceil(this.rows / STRIPE);
  }

  /**
   * Compares the rows of a stripe with each other and with all later rows. Stripes must come in increasing order; then
   * equal keys stay in row order.
   */
  compareStripe(stripe: number): void {
    const to = Math.min(Math.ceil(this.rows / 4) * 4, (stripe + 1) * STRIPE);
    this.#exports.stripe(stripe * STRIPE, to);
  }

  /**
   * Compares the first `fresh` rows of a list with all of it; at most `LONGEST_LIST` different rows. Entries that come in
   * carry the mark `FRESH`. Returns how many came in.
   */
  compareList(list: ArrayLike<number>, fresh: number): number {
    this.#arena.integers(this.#list, list.length).set(list);
    return this.#exports.join(this.#list, fresh, list.length, this.#gathered, this.#tile);
  }

  /** Views of what was kept; what is written to them, the kernel sees. */
  candidates(): Candidates {
    return {
      kept: this.kept,
      keys: this.#arena.floats(this.#keys, this.rows * this.kept),
      ids: this.#arena.integers(this.#ids, this.rows * this.kept),
    };
  }
}
