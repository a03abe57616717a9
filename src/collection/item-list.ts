import { tidyText } from "../core/text";
import type { Counted } from "./history";
import { IdMap } from "./id-map";
import type { Item, ItemId } from "./types";

/** What is known of one item, on the list or only in the history. */
export interface Entry extends Counted {
  item: Item;
  /** Place in the order of adding; a removed item comes back by it. */
  order: number;
  present: boolean;
}

/** All items that are known, and the list of those that are there, in the order of adding. */
export class ItemList {
  readonly #entries = new IdMap<Entry>();
  /** The parts of each item that has any. */
  readonly #parts = new Map<ItemId, ItemId[]>();
  #items: Item[] = [];
  /** A list that was handed out is never written to again. */
  #isHandedOut = false;
  #nextOrder = 0;
  /** Items that are known but neither on the list nor in the history yet. */
  #staged = 0;
  /** Undefined when the texts must be indexed again. */
  #byText: Map<string, ItemId> | undefined;

  /** The list; the same array until it changes. */
  get items(): readonly Item[] {
    this.#isHandedOut = true;
    return this.#items;
  }

  /** How many items are kept for the history alone. */
  get hidden(): number {
    return this.#entries.size - this.#staged - this.#items.length;
  }

  /** What is known of an item, on the list or not. */
  entry(id: ItemId): Entry | undefined {
    return this.#entries.get(id);
  }

  isPresent(id: ItemId): boolean {
    return this.#entries.get(id)?.present === true;
  }

  /** The item, when it is on the list. */
  get(id: ItemId): Item | undefined {
    const entry = this.#entries.get(id);
    return entry?.present ? entry.item : undefined;
  }

  /** Those of the ids that are on the list, each once. */
  present(ids: readonly ItemId[]): ItemId[] {
    return [...new Set(ids)].filter((id) => this.isPresent(id));
  }

  /** The first item on the list with this text, tidied. */
  findText(text: string): Item | undefined {
    if (!this.#byText) {
      this.#byText = new Map();
      for (const item of this.#items) this.#indexText(item);
    }
    const id = this.#byText.get(tidyText(text));
    return id === undefined ? undefined : this.get(id);
  }

  partsOf(id: ItemId): Item[] {
    return (this.#parts.get(id) ?? []).flatMap((part) => this.get(part) ?? []);
  }

  /** The ids of items that are to be added. Throws `RangeError` when one is there already. */
  freshIds(added: readonly Item[]): ItemId[] {
    const ids = added.map((item) => item.id);
    const taken = ids.find((id) => this.#entries.has(id));
    if (taken !== undefined) throw new RangeError(`there is an item ${taken} already`);
    if (new Set(ids).size < ids.length) throw new RangeError("an item id was given twice");
    return ids;
  }

  /** Puts fresh items at the end of the list. */
  append(added: readonly Item[]): void {
    const list = this.#ownItems();
    for (const item of added) {
      this.#entries.set(item.id, { item, order: this.#nextOrder++, present: true, references: 0 });
      list.push(item);
      if (item.of !== undefined) {
        const others = this.#parts.get(item.of);
        if (others) others.push(item.id);
        else this.#parts.set(item.of, [item.id]);
      }
      if (this.#byText) this.#indexText(item);
    }
  }

  /** Takes fresh items in without listing them; the step that will show them is counted already. Returns what `reveal` wants. */
  stage(added: readonly Item[]): Entry[] {
    const staged = added.map((item): Entry => ({ item, order: 0, present: false, references: 1 }));
    for (const entry of staged) this.#entries.set(entry.item.id, entry);
    this.#staged += staged.length;
    return staged;
  }

  /** Puts staged items at the end of the list. */
  reveal(staged: readonly Entry[]): void {
    const list = this.#ownItems();
    for (const entry of staged) {
      entry.order = this.#nextOrder++;
      entry.present = true;
      list.push(entry.item);
    }
    this.#staged -= staged.length;
    this.#byText = undefined;
  }

  /** Takes items and their parts off the list. Returns those that were on it. */
  hide(ids: readonly ItemId[]): readonly Entry[] {
    const gone = this.#entriesOf(ids, true);
    if (gone.length === 0) return gone;
    for (const entry of gone) entry.present = false;
    const left = new Set(gone.map(({ item }) => item));
    this.#replace(gone.length === this.#items.length ? [] : this.#items.filter((item) => !left.has(item)));
    return gone;
  }

  /** Puts hidden items and their parts back where they were. Returns those that were not on the list. */
  show(ids: readonly ItemId[]): readonly Entry[] {
    const back = this.#entriesOf(ids, false);
    if (back.length === 0) return back;
    for (const entry of back) entry.present = true;
    // Undo and redo can bring items back into the middle.
    back.sort((a, b) => a.order - b.order);
    const merged: Item[] = [];
    let next = 0;
    for (const { item, order } of back) {
      const end = this.#placeOf(order, next);
      for (; next < end; next++) merged.push(this.#items[next]);
      merged.push(item);
    }
    this.#replace(merged.concat(this.#items.slice(next)));
    return back;
  }

  /** Changes an item that is known. Returns whether it is on the list. */
  update(id: ItemId, fields: Partial<Omit<Item, "id">>): boolean {
    const entry = this.#entries.get(id);
    if (!entry) return false;
    entry.item = { ...entry.item, ...fields, id };
    if (!entry.present) return false;
    this.#ownItems()[this.#placeOf(entry.order)] = entry.item;
    if ("text" in fields) this.#byText = undefined;
    return true;
  }

  /** Forgets those items, and parts, that are neither on the list nor in the history. Returns their ids. */
  forget(ids: readonly ItemId[]): readonly ItemId[] {
    const gone = this.#withParts(ids).filter((id) => {
      const entry = this.#entries.get(id);
      return entry !== undefined && !entry.present && entry.references === 0;
    });
    const wholes = new Set(gone.flatMap((id) => this.#entries.get(id)?.item.of ?? []));
    for (const id of gone) {
      this.#parts.delete(id);
      this.#entries.delete(id);
    }
    for (const id of wholes) {
      const left = this.#parts.get(id)?.filter((part) => this.#entries.has(part)) ?? [];
      if (left.length > 0) this.#parts.set(id, left);
      else this.#parts.delete(id);
    }
    return gone;
  }

  #withParts(ids: readonly ItemId[]): readonly ItemId[] {
    if (this.#parts.size === 0) return ids;
    return [...new Set(ids.flatMap((id) => [id, ...(this.#parts.get(id) ?? [])]))];
  }

  /** What is known of items and their parts, of those that are on the list or of those that are not. */
  #entriesOf(ids: readonly ItemId[], present: boolean): Entry[] {
    const found: Entry[] = [];
    for (const id of this.#withParts(ids)) {
      const entry = this.#entries.get(id);
      if (entry?.present === present) found.push(entry);
    }
    return found;
  }

  /** How many items of the list come before an order, which is where an item of that order stands; looked for from a place on. */
  #placeOf(order: number, from = 0): number {
    let [low, high] = [from, this.#items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#entries.get(this.#items[middle].id)!.order < order) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The list, safe to write to: one that was handed out is copied first. */
  #ownItems(): Item[] {
    if (this.#isHandedOut) {
      this.#items = this.#items.slice();
      this.#isHandedOut = false;
    }
    return this.#items;
  }

  #replace(items: Item[]): void {
    this.#items = items;
    this.#isHandedOut = false;
    this.#byText = undefined;
  }

  #indexText({ id, text }: Item): void {
    if (text === undefined || !this.#byText) return;
    const key = tidyText(text);
    if (!this.#byText.has(key)) this.#byText.set(key, id);
  }
}
