import type { ItemId } from "./types";

/**
 * Maps that share the ids: a power of two. A map that grows takes all its entries over into a larger table at once, which is some
 * 100 ms for a million; of 64 maps each holds so few that it is not felt.
 */
const parts = 64;

/** Characters at the end of an id that tell which map it is in: ids made one after the other differ there. */
const telling = 4;

/** A map by item ids that grows to a million without ever taking a moment off. */
export class IdMap<Value> {
  readonly #parts = Array.from({ length: parts }, () => new Map<ItemId, Value>());
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(id: ItemId): Value | undefined {
    return this.#partOf(id).get(id);
  }

  has(id: ItemId): boolean {
    return this.#partOf(id).has(id);
  }

  set(id: ItemId, value: Value): void {
    const part = this.#partOf(id);
    const before = part.size;
    part.set(id, value);
    this.#size += part.size - before;
  }

  delete(id: ItemId): boolean {
    const isGone = this.#partOf(id).delete(id);
    if (isGone) this.#size -= 1;
    return isGone;
  }

  /** By chance, not in turn: maps that fill up evenly would all grow at the same moment. */
  #partOf(id: ItemId): Map<ItemId, Value> {
    let hash = 0;
    for (let at = Math.max(0, id.length - telling); at < id.length; at++)
      hash = Math.imul(hash ^ id.charCodeAt(at), 0x9e3779b1);
    // The upper bits are the ones that all characters have reached.
    return this.#parts[(hash ^ (hash >>> 15)) >>> 26];
  }
}
