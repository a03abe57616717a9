import type { Space, SpaceId } from "../core/space";
import type { Item, ItemId, SavedTable, VectorEntry, VectorTable } from "./types";
import { VectorRows } from "./vector-rows";

interface Filed {
  readonly rows: VectorRows;
  /** How many items of the list have a vector here; the others are only in the history. */
  present: number;
  /** Undefined when it must be made again. */
  table: VectorTable | undefined;
}

/** The vectors of all items, by space. Whether an item is on the list is said by whoever asks. */
export class FiledVectors {
  readonly #filed = new Map<SpaceId, Filed>();
  #nextTable = 1;
  #version = 0;

  /** Changes whenever an item of the list gets a vector or loses one, in any space. */
  get version(): number {
    return this.#version;
  }

  /** Takes a saved table over, its array included, as far as its items are there. */
  restore({ space, ids, matrix }: SavedTable, isKnown: (id: ItemId) => boolean): void {
    const rows = new VectorRows(space, ids, matrix.data);
    rows.delete(ids.filter((id) => !isKnown(id)));
    if (rows.size > 0) this.#filed.set(space.id, { rows, present: rows.size, table: undefined });
  }

  /** Makes room for so many rows more. */
  reserve(space: Space, rows: number): void {
    this.#under(space).rows.reserve(rows);
  }

  /** Files a block of rows of items that are not on the list yet. Throws `RangeError` when its length does not fit. */
  append(space: Space, ids: readonly ItemId[], block: Float32Array): void {
    this.#under(space).rows.append(ids, block);
  }

  /** So many rows that were appended are on the list from now on. */
  reveal(space: Space, rows: number): void {
    this.#changed(this.#under(space), space, rows);
  }

  /**
   * Files vectors; `isPresent` tells which items are on the list. Throws `RangeError`, and files nothing, when a length is
   * not the space's dimension.
   */
  set(space: Space, entries: readonly VectorEntry[], isPresent: (id: ItemId) => boolean): void {
    const found = this.#under(space);
    const fresh = new Set<ItemId>();
    for (const { id } of entries) if (!found.rows.has(id) && isPresent(id)) fresh.add(id);
    found.rows.set(entries);
    this.#changed(found, space, fresh.size);
  }

  /** Throws `RangeError` when vectors do not fit the space they are meant for. */
  check(space: Space, entries: readonly VectorEntry[]): void {
    const { dimension } = this.#filed.get(space.id)?.rows.space ?? space;
    if (space.dimension !== dimension) {
      throw new RangeError(`space ${space.id} has dimension ${dimension}, not ${space.dimension}`);
    }
    for (const { id, vector } of entries) {
      if (vector.length === dimension) continue;
      throw new RangeError(`the vector of ${id} has ${vector.length} numbers, expected ${dimension}`);
    }
  }

  /** Counts and tables follow items that appeared on the list or vanished from it. */
  follow(changed: readonly { readonly item: Item }[], present: boolean): void {
    for (const found of this.#filed.values()) {
      let moved = 0;
      for (const { item } of changed) if (found.rows.has(item.id)) moved += 1;
      if (moved > 0) this.#changed(found, found.rows.space, present ? moved : -moved);
    }
  }

  /** Drops the vectors of items that are not on the list. */
  forget(ids: readonly ItemId[]): void {
    for (const [id, { rows }] of this.#filed) {
      rows.delete(ids);
      if (rows.size === 0) this.#filed.delete(id);
    }
  }

  /** Drops all vectors of a space, those of items in the history too. */
  drop(space: SpaceId): void {
    if (this.#filed.delete(space)) this.#version += 1;
  }

  has(space: SpaceId, id: ItemId): boolean {
    return this.#filed.get(space)?.rows.has(id) === true;
  }

  /** A view of an item's vector, on the list or not. */
  get(space: SpaceId, id: ItemId): Float32Array | undefined {
    return this.#filed.get(space)?.rows.get(id);
  }

  /** How many items of the list have a vector in the space. */
  count(space: SpaceId): number {
    return this.#filed.get(space)?.present ?? 0;
  }

  /** The vectors of a space in the order of the list; the same table until its space changes. */
  table(space: SpaceId, items: readonly Item[]): VectorTable | undefined {
    const found = this.#filed.get(space);
    if (!found || found.present === 0) return undefined;
    if (!found.table) {
      const gathered = found.rows.gather(items);
      found.table = {
        ...{ space: found.rows.space, ids: gathered.ids, version: this.#nextTable++ },
        get matrix() {
          return gathered.matrix;
        },
        prepare: gathered.prepare,
      };
    }
    return found.table;
  }

  /** The spaces in which an item of the list has a vector. */
  spaces(): Space[] {
    return [...this.#filed.values()].filter(({ present }) => present > 0).map(({ rows }) => rows.space);
  }

  #under(space: Space): Filed {
    let found = this.#filed.get(space.id);
    if (!found) {
      found = { rows: new VectorRows(space), present: 0, table: undefined };
      this.#filed.set(space.id, found);
    }
    return found;
  }

  #changed(found: Filed, space: Space, more: number): void {
    found.rows.space = space;
    found.present += more;
    found.table = undefined;
    this.#version += 1;
  }
}
