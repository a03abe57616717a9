import type { Matrix } from "../core/matrix";
import type { Space } from "../core/space";
import { IdMap } from "./id-map";
import type { ItemId, VectorEntry } from "./types";

/** Rows of room a space starts with: one batch of an encoder. */
const firstCapacity = 64;

/** Fewer unused rows than this are not worth copying the others for. */
const smallestWaste = 1024;

/** Numbers copied between two looks at the clock: a fraction of a millisecond. */
const numbersAtOnce = 1 << 17;

/** Milliseconds in which rows are named for whoever asked for their numbers. */
const inPassing = 4;

/** Rows named between two looks at the clock: likewise. */
const namesAtOnce = 1024;

/** Vectors on their way into one matrix. */
export interface Gathered {
  /** Whose they are, row by row. */
  readonly ids: readonly ItemId[];
  /** Does what is left to do, at once. */
  readonly matrix: Matrix;
  /** Goes on for some milliseconds; false when more is left. */
  prepare(milliseconds: number): boolean;
}

/** Copies the rows `order[from]` to `order[to - 1]` to where they come in that order; those that stand side by side together. Returns `to`. */
function copyRows(
  source: Float32Array,
  order: Uint32Array,
  from: number,
  to: number,
  dimension: number,
  data: Float32Array,
): number {
  let at = from;
  while (at < to) {
    const first = order[at];
    let end = at + 1;
    while (end < to && order[end] === first + (end - at)) end += 1;
    data.set(source.subarray(first * dimension, (first + end - at) * dimension), at * dimension);
    at = end;
  }
  return to;
}

/**
 * The vectors of one space in one growing `Float32Array`, appended row after row. A row that was written is never
 * written again: replacing or deleting leaves it unused until the rest is copied to a fresh array. Every view that was
 * handed out therefore keeps its numbers for as long as somebody holds it.
 */
export class VectorRows {
  space: Space;
  #data: Float32Array;
  /** Rows written so far, unused ones included. */
  #written = 0;
  #row = new IdMap<number>();
  /** Whose vector stands in each row; undefined where it is unused. */
  #ids: (ItemId | undefined)[] = [];
  /** Counts whatever is written, deleted or moved. */
  #changes = 0;

  /** With a matrix and its ids, its array becomes this one's without being copied. Ids must not repeat. */
  constructor(space: Space, ids: readonly ItemId[] = [], data: Float32Array = new Float32Array(0)) {
    this.space = space;
    this.#data = data;
    for (const id of ids) this.#name(id);
  }

  /** Items that have a vector. */
  get size(): number {
    return this.#row.size;
  }

  has(id: ItemId): boolean {
    return this.#row.has(id);
  }

  /** A view of an item's vector, `space.dimension` long. */
  get(id: ItemId): Float32Array | undefined {
    const row = this.#row.get(id);
    return row === undefined ? undefined : this.#view(row, 1);
  }

  /** Writes vectors, each `space.dimension` long; an id that has one already gets the new one. */
  set(entries: readonly VectorEntry[]): void {
    this.#makeRoom(entries.length);
    const { dimension } = this.space;
    for (const { id, vector } of entries) {
      this.#data.set(vector, this.#written * dimension);
      this.#name(id);
    }
  }

  /** Makes room for so many rows more, so that appending them copies nothing else. */
  reserve(rows: number): void {
    this.#makeRoom(rows);
  }

  /** Writes a block of rows, `ids.length × space.dimension`, of ids that have none yet. Throws `RangeError` for another length. */
  append(ids: readonly ItemId[], block: Float32Array): void {
    const { dimension } = this.space;
    if (block.length !== ids.length * dimension) {
      throw new RangeError(`${ids.length} rows of ${dimension} numbers are not ${block.length} numbers`);
    }
    this.#makeRoom(ids.length);
    this.#data.set(block, this.#written * dimension);
    for (const id of ids) this.#name(id);
  }

  delete(ids: Iterable<ItemId>): void {
    for (const id of ids) {
      const row = this.#row.get(id);
      if (row === undefined) continue;
      this.#row.delete(id);
      this.#ids[row] = undefined;
      this.#changes += 1;
    }
    const waste = this.#written - this.#row.size;
    if (waste > Math.max(smallestWaste, this.#row.size)) this.#copyTo(this.#named(), 0);
  }

  /**
   * The vectors of those items that have one as one matrix, in the order of the items. Costs nothing when they stand in that
   * order already, else all rows are copied into it once, when the matrix is asked for, or before that, part by part.
   */
  gather(items: readonly { readonly id: ItemId }[]): Gathered {
    const { dimension } = this.space;
    const { ids, rows } = this.#find(items);
    const matrixOf = (data: Float32Array): Matrix => ({ data, rows: ids.length, dimension });
    const first = rows[0] ?? 0;
    if (rows.every((row, index) => row === first + index)) {
      return { ids, matrix: matrixOf(this.#view(first, ids.length)), prepare: () => true };
    }
    const order = this.#withOthers(rows);
    const source = this.#data;
    const changes = this.#changes;
    let data: Float32Array | undefined;
    let done = 0;
    const named = { row: new IdMap<number>(), ids: [] as ItemId[] };
    const copy = (until: number) => {
      data ??= new Float32Array(order.length * dimension);
      while (done < order.length) {
        const most = Math.min(order.length, done + Math.max(1, Math.floor(numbersAtOnce / dimension)));
        done = copyRows(source, order, done, most, dimension, data);
        if (performance.now() >= until) break;
      }
      return data;
    };
    const prepare = (milliseconds: number) => {
      const until = performance.now() + milliseconds;
      const copied = copy(until);
      // While nothing has come or gone, this array serves as well as the former, which may go once all rows have their names.
      while (done === order.length && changes === this.#changes) {
        const from = named.ids.length;
        if (from === order.length) {
          this.#adopt(copied, named);
          break;
        }
        if (performance.now() >= until) return false;
        for (let to = from; to < Math.min(order.length, from + namesAtOnce); to++) {
          const id = this.#ids[order[to]]!;
          named.ids.push(id);
          named.row.set(id, to);
        }
      }
      return done === order.length;
    };
    let matrix: Matrix | undefined;
    return {
      ids,
      get matrix() {
        // Whoever can't wait for the rest needs the numbers alone; few rows get their names in passing.
        const copied = copy(Number.POSITIVE_INFINITY);
        if (!matrix) prepare(inPassing);
        matrix ??= matrixOf(copied.subarray(0, ids.length * dimension));
        return matrix;
      },
      prepare,
    };
  }

  /** The ids of those items that have a vector, in the order of the items, and the rows these stand in. */
  #find(items: readonly { readonly id: ItemId }[]): { ids: ItemId[]; rows: Uint32Array } {
    const ids: ItemId[] = [];
    const rows = new Uint32Array(Math.min(items.length, this.#row.size));
    // Rows are mostly written in the order of the items: then the next item's is the next one, and nothing is looked up.
    let next = 0;
    for (const { id } of items) {
      if (this.#ids[next] !== id) {
        const row = this.#row.get(id);
        if (row === undefined) continue;
        next = row;
      }
      rows[ids.length] = next++;
      ids.push(id);
    }
    return { ids, rows: rows.subarray(0, ids.length) };
  }

  /** Some rows, then all others that are in use. */
  #withOthers(rows: Uint32Array): Uint32Array {
    const order = new Uint32Array(this.#row.size);
    const isTaken = new Uint8Array(this.#written);
    order.set(rows);
    for (const row of rows) isTaken[row] = 1;
    let to = rows.length;
    for (let row = 0; row < this.#written; row++)
      if (!isTaken[row] && this.#ids[row] !== undefined) order[to++] = row;
    return order;
  }

  #adopt(data: Float32Array, { row, ids }: { row: IdMap<number>; ids: (ItemId | undefined)[] }): void {
    this.#data = data;
    this.#row = row;
    this.#ids = ids;
    this.#written = ids.length;
    this.#changes += 1;
  }

  /** All ids that have a row, in the order of their rows. */
  #named(): ItemId[] {
    return this.#ids.filter((id) => id !== undefined);
  }

  /** The next row is written, and is this id's. */
  #name(id: ItemId): void {
    const former = this.#row.get(id);
    if (former !== undefined) this.#ids[former] = undefined;
    this.#row.set(id, this.#written);
    this.#ids[this.#written] = id;
    this.#changes += 1;
    this.#written += 1;
  }

  #view(first: number, rows: number): Float32Array {
    const { dimension } = this.space;
    return this.#data.subarray(first * dimension, (first + rows) * dimension);
  }

  #makeRoom(rows: number): void {
    const capacity = this.space.dimension === 0 ? 0 : this.#data.length / this.space.dimension;
    if (this.#written + rows <= capacity) return;
    this.#copyTo(this.#named(), Math.max(rows, this.#row.size, firstCapacity));
  }

  /** Copies the rows of `ids` into a fresh array in that order, with room for `spare` more. */
  #copyTo(ids: readonly ItemId[], spare: number): void {
    const { dimension } = this.space;
    const data = new Float32Array((ids.length + spare) * dimension);
    const order = Uint32Array.from(ids, (id) => this.#row.get(id)!);
    copyRows(this.#data, order, 0, order.length, dimension, data);
    this.#data = data;
    this.#rename(ids);
  }

  /** All rows are written anew, and are these ids'. */
  #rename(ids: readonly ItemId[]): void {
    this.#row = new IdMap();
    this.#ids = [];
    this.#written = 0;
    for (const id of ids) this.#name(id);
  }
}
