import type { Matrix } from "../core/matrix";
import type { Space } from "../core/space";
import type { ItemId, VectorEntry } from "./types";

/** Rows of room a space starts with: one batch of an encoder. */
const firstCapacity = 64;

/** Fewer unused rows than this are not worth copying the others for. */
const smallestWaste = 1024;

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
  readonly #row = new Map<ItemId, number>();

  /** With a matrix and its ids, its array becomes this one's without being copied. Ids must not repeat. */
  constructor(space: Space, ids: readonly ItemId[] = [], data: Float32Array = new Float32Array(0)) {
    this.space = space;
    this.#data = data;
    this.#written = ids.length;
    ids.forEach((id, index) => {
      this.#row.set(id, index);
    });
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
      this.#row.set(id, this.#written);
      this.#written += 1;
    }
  }

  delete(ids: Iterable<ItemId>): void {
    for (const id of ids) this.#row.delete(id);
    const waste = this.#written - this.#row.size;
    if (waste > Math.max(smallestWaste, this.#row.size)) this.#copyTo([...this.#row.keys()], 0);
  }

  /**
   * The vectors of `ids` as one matrix, in that order; every id must have a vector. Costs nothing when they stand in
   * that order already, else all rows are copied into it once.
   */
  matrix(ids: readonly ItemId[]): Matrix {
    if (!this.#standInOrder(ids)) {
      const shown = new Set(ids);
      const others = [...this.#row.keys()].filter((id) => !shown.has(id));
      this.#copyTo([...ids, ...others], 0);
    }
    const first = ids.length > 0 ? this.#row.get(ids[0])! : 0;
    return { data: this.#view(first, ids.length), rows: ids.length, dimension: this.space.dimension };
  }

  #standInOrder(ids: readonly ItemId[]): boolean {
    if (ids.length === 0) return true;
    const first = this.#row.get(ids[0])!;
    return ids.every((id, index) => this.#row.get(id) === first + index);
  }

  #view(first: number, rows: number): Float32Array {
    const { dimension } = this.space;
    return this.#data.subarray(first * dimension, (first + rows) * dimension);
  }

  #makeRoom(rows: number): void {
    const capacity = this.space.dimension === 0 ? 0 : this.#data.length / this.space.dimension;
    if (this.#written + rows <= capacity) return;
    this.#copyTo([...this.#row.keys()], Math.max(rows, this.#row.size, firstCapacity));
  }

  /** Copies the rows of `ids` into a fresh array in that order, with room for `spare` more. */
  #copyTo(ids: readonly ItemId[], spare: number): void {
    const { dimension } = this.space;
    const data = new Float32Array((ids.length + spare) * dimension);
    // Neighbouring rows are copied together: most of the time all of them are.
    let start = 0;
    while (start < ids.length) {
      const from = this.#row.get(ids[start])!;
      let end = start + 1;
      while (end < ids.length && this.#row.get(ids[end]) === from + (end - start)) end += 1;
      data.set(this.#view(from, end - start), start * dimension);
      start = end;
    }
    this.#row.clear();
    ids.forEach((id, index) => {
      this.#row.set(id, index);
    });
    this.#data = data;
    this.#written = ids.length;
  }
}
