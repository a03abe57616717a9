import type { Matrix } from "../matrix";
import type { Metric } from "../space";
import { growTo, instantiate, sharedMemory } from "../wasm/instance";
import { comparableRows } from "./comparable";
import { type KernelShape, memoryPlan, type Precision, type Region, STRIPE } from "./memory-plan";
import { sharedSimilarityModule, similarityModule } from "./module";
import { writeFloats, writeWholes } from "./write-rows";

interface Exports {
  configure(...settings: number[]): void;
  products(a: number, aCount: number, b: number, bCount: number, out: number): void;
  stripe(from: number, to: number): void;
  join(list: number, fresh: number, listed: number, rowsAt: number, out: number): number;
}

/** The kernel marks an entry that came in by `join` with this bit. */
export const FRESH = 1 << 30;

/** The best candidates of every row. */
export interface Candidates {
  /** Entries per row. */
  readonly kept: number;
  /** `rows × kept` keys, best first, −∞ where there are fewer. */
  readonly keys: Float32Array;
  /** `rows × kept` row numbers. */
  readonly ids: Int32Array;
}

/** Rows that lie in shared memory, ready to be compared; can be posted to other threads. */
export interface SharedRows {
  readonly memory: WebAssembly.Memory;
  readonly shape: KernelShape;
}

/**
 * Compares the rows of a matrix by WebAssembly's SIMD instructions and keeps the best of them for each row.
 * Holds a copy of the rows, or works on those that another kernel has laid into shared memory.
 */
export class SimilarityKernel {
  readonly shape: KernelShape;
  /** A key is at most so far from what double precision would say; 0 where nobody has measured it. */
  readonly keyError: number;
  readonly #exports: Exports;
  readonly #memory: WebAssembly.Memory;
  readonly #region: Region;

  private constructor(
    shape: KernelShape,
    exports: Exports,
    memory: WebAssembly.Memory,
    place: number,
    keyError = 0,
  ) {
    const { stride, padded, data, penalties, region } = memoryPlan(shape);
    const own = region(place);
    this.shape = shape;
    this.keyError = keyError;
    this.#exports = exports;
    this.#memory = memory;
    this.#region = own;
    const { rows, kept } = shape;
    const worst = kept === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    this.#floats(own.thresholds, padded).fill(worst).fill(Number.POSITIVE_INFINITY, rows);
    this.#floats(own.keys, padded * kept).fill(Number.NEGATIVE_INFINITY);
    this.#integers(own.ids, padded * kept).fill(-1);
    exports.configure(
      ...[stride, padded, kept],
      ...[data, penalties, own.thresholds, own.keys, own.ids, own.tile],
    );
  }

  /**
   * A kernel with the rows in a memory of its own, or with `sharers` above 0 (and "int16") in shared memory, with room for so many
   * kernels on other threads. Undefined where the browser has no SIMD (or no shared memory, when that is asked for), and where
   * float32 is too coarse for these rows.
   */
  static open(
    matrix: Matrix,
    metric: Metric,
    kept: number,
    precision: Precision,
    sharers = 0,
  ): SimilarityKernel | undefined {
    const module = sharers > 0 ? sharedSimilarityModule() : similarityModule(precision);
    if (!module) return undefined;
    const comparable = comparableRows(matrix, metric);
    if (!comparable.isPrecise) return undefined;
    const { rows, dimension } = matrix;
    const shape = { precision, rows, dimension, kept };
    const { bytes, padded, data, penalties, stride } = memoryPlan(shape);
    const shared = sharers > 0 ? sharedMemory(bytes(1 + sharers)) : undefined;
    const exports = instantiate<Exports>(module, shared);
    const memory = shared ?? growTo(exports.memory, bytes(1));
    const penalty = new Float32Array(memory.buffer, penalties, padded);
    const write = precision === "int16" ? writeWholes : writeFloats;
    const keyError = write(comparable, rows, dimension, { buffer: memory.buffer, data, stride, penalty });
    penalty.fill(Number.POSITIVE_INFINITY, rows);
    return new SimilarityKernel(shape, exports, memory, 0, keyError);
  }

  /** A kernel on rows that another thread's kernel has laid into shared memory; `place` from 1 is its own among the sharers. */
  static join({ memory, shape }: SharedRows, place: number): SimilarityKernel {
    const module = sharedSimilarityModule();
    if (!module) throw new TypeError("this browser shares no memory between WebAssembly's threads");
    return new SimilarityKernel(shape, instantiate<Exports>(module, memory), memory, place);
  }

  /** What kernels on other threads need to work on the same rows; undefined where the memory is not shared. */
  get sharedRows(): SharedRows | undefined {
    const isShared = !(this.#memory.buffer instanceof ArrayBuffer);
    return isShared ? { memory: this.#memory, shape: this.shape } : undefined;
  }

  get rows(): number {
    return this.shape.rows;
  }

  get kept(): number {
    return this.shape.kept;
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
    const { list: at, gathered, tile } = this.#region;
    this.#integers(at, list.length).set(list);
    return this.#exports.join(at, fresh, list.length, gathered, tile);
  }

  /** Views of what was kept; what is written to them, the kernel sees. */
  candidates(): Candidates {
    return {
      kept: this.kept,
      keys: this.#floats(this.#region.keys, this.rows * this.kept),
      ids: this.#integers(this.#region.ids, this.rows * this.kept),
    };
  }

  #floats(at: number, count: number): Float32Array {
    return new Float32Array(this.#memory.buffer, at, count);
  }

  #integers(at: number, count: number): Int32Array {
    return new Int32Array(this.#memory.buffer, at, count);
  }
}
