import type { Space, SpaceId } from "../core/space";
import { tidyText } from "../core/text";
import { type Counted, History, type Step } from "./history";
import type {
  Collection,
  CollectionState,
  Item,
  ItemId,
  Places,
  SavedCollection,
  Staging,
  VectorEntry,
  VectorTable,
} from "./types";
import { VectorRows } from "./vector-rows";

/**
 * Removed items that are kept for Undo. Twice the 10,000 the page is built for: clearing a full map and the one
 * before it can be undone, at about 60 MB of 384-wide vectors in two spaces. Older steps are forgotten.
 */
const mostRemovedKept = 20_000;

/** What is known of one item, on the list or only in the history. */
interface Entry extends Counted {
  item: Item;
  /** Place in the order of adding; a removed item comes back by it. */
  order: number;
  present: boolean;
}

interface Filed {
  readonly rows: VectorRows;
  /** How many items of the list have a vector here; the others are only in the history. */
  present: number;
  /** Undefined when it must be made again. */
  table: VectorTable | undefined;
}

/** Makes a collection: empty, or as it was saved. What is saved starts with an empty history. */
export function createCollection(initial?: SavedCollection): Collection {
  const entries = new Map<ItemId, Entry>();
  const filed = new Map<SpaceId, Filed>();
  const placesBySpace = new Map<SpaceId, Places>();
  /** The parts of each item that has any. */
  const parts = new Map<ItemId, ItemId[]>();
  const history = new History((id) => entries.get(id)!);
  const listeners = new Set<(state: CollectionState, previous: CollectionState) => void>();

  let nextOrder = 0;
  /** Items that are known but neither on the list nor in the history yet. */
  let staged = 0;
  let nextTable = 1;
  let items: Item[] = [];
  let selection: readonly ItemId[] = [];
  let vectorsVersion = 0;
  /** Undefined when the texts must be indexed again. */
  let byText: Map<string, ItemId> | undefined;

  let current: CollectionState = { items, selection, vectorsVersion };
  let stale = false;
  /** What listeners were told last. */
  let announced = current;
  let open = 0;

  /** The list, safe to write to: a list that was handed out is copied first. */
  const ownItems = (): Item[] => {
    if (items === current.items) items = items.slice();
    return items;
  };

  const state = (): CollectionState => {
    if (stale) {
      stale = false;
      current = {
        items,
        selection,
        undoLabel: history.undoLabel,
        redoLabel: history.redoLabel,
        vectorsVersion,
      };
    }
    return current;
  };

  const announce = () => {
    const previous = announced;
    announced = state();
    if (announced === previous) return;
    for (const listener of [...listeners]) listener(announced, previous);
  };

  const change = <T>(work: () => T): T => {
    open += 1;
    try {
      return work();
    } finally {
      open -= 1;
      if (open === 0) announce();
    }
  };

  /** Counts and tables follow items that appear on the list or vanish from it. */
  const setPresence = (changed: readonly Entry[], present: boolean) => {
    for (const entry of changed) entry.present = present;
    for (const space of filed.values()) {
      let moved = 0;
      for (const { item } of changed) if (space.rows.has(item.id)) moved += 1;
      if (moved === 0) continue;
      space.present += present ? moved : -moved;
      space.table = undefined;
      vectorsVersion += 1;
    }
    byText = undefined;
    stale = true;
  };

  const withParts = (ids: readonly ItemId[]): readonly ItemId[] =>
    parts.size === 0 ? ids : [...new Set(ids.flatMap((id) => [id, ...(parts.get(id) ?? [])]))];

  /** What is known of items and their parts, of those that are on the list or of those that are not. */
  const entriesOf = (ids: readonly ItemId[], present: boolean): Entry[] => {
    const found: Entry[] = [];
    for (const id of withParts(ids)) {
      const entry = entries.get(id);
      if (entry?.present === present) found.push(entry);
    }
    return found;
  };

  const hide = (given: readonly ItemId[]) => {
    const gone = entriesOf(given, true);
    if (gone.length === 0) return;
    setPresence(gone, false);
    if (gone.length === items.length) items = [];
    else {
      const left = new Set(gone.map(({ item }) => item));
      items = items.filter((item) => !left.has(item));
    }
    if (selection.some((id) => !entries.get(id)!.present)) {
      selection = selection.filter((id) => entries.get(id)!.present);
    }
  };

  const show = (given: readonly ItemId[]) => {
    const back = entriesOf(given, false);
    if (back.length === 0) return;
    setPresence(back, true);
    // Undo and redo can bring items back into the middle.
    back.sort((a, b) => a.order - b.order);
    const orderOf = (item: Item) => entries.get(item.id)!.order;
    const merged: Item[] = [];
    let next = 0;
    for (const { item, order } of back) {
      while (next < items.length && orderOf(items[next]) < order) merged.push(items[next++]);
      merged.push(item);
    }
    items = merged.concat(items.slice(next));
  };

  /** Forgets items that are neither on the list nor in the history, with their vectors. */
  const forget = (ids: readonly ItemId[]) => {
    const gone = withParts(ids).filter((id) => {
      const entry = entries.get(id);
      return entry !== undefined && !entry.present && entry.references === 0;
    });
    if (gone.length === 0) return;
    const wholes = new Set(gone.flatMap((id) => entries.get(id)!.item.of ?? []));
    for (const id of gone) {
      parts.delete(id);
      entries.delete(id);
    }
    for (const id of wholes) {
      const left = parts.get(id)?.filter((part) => entries.has(part)) ?? [];
      if (left.length > 0) parts.set(id, left);
      else parts.delete(id);
    }
    for (const [id, space] of filed) {
      space.rows.delete(gone);
      if (space.rows.size === 0) filed.delete(id);
    }
  };

  const record = (step: Step) => {
    forget(history.push(step));
    while (entries.size - staged - items.length > mostRemovedKept) {
      const free = history.dropFarthest();
      if (!free) break;
      forget(free);
    }
    stale = true;
  };

  const presentIds = (ids: readonly ItemId[]): ItemId[] =>
    [...new Set(ids)].filter((id) => entries.get(id)?.present);

  const append = (added: readonly Item[]) => {
    const list = ownItems();
    for (const item of added) {
      entries.set(item.id, { item, order: nextOrder, present: true, references: 0 });
      nextOrder += 1;
      list.push(item);
      if (item.of !== undefined) {
        const others = parts.get(item.of);
        if (others) others.push(item.id);
        else parts.set(item.of, [item.id]);
      }
      if (byText && item.text !== undefined) {
        const key = tidyText(item.text);
        if (!byText.has(key)) byText.set(key, item.id);
      }
    }
    stale = true;
  };

  /** The ids of items that are to be added. Throws `RangeError` when one is there already. */
  const freshIds = (added: readonly Item[]): ItemId[] => {
    const ids = added.map((item) => item.id);
    const taken = ids.find((id) => entries.has(id));
    if (taken !== undefined) throw new RangeError(`there is an item ${taken} already`);
    if (new Set(ids).size < ids.length) throw new RangeError("an item id was given twice");
    return ids;
  };

  const stage = (space: Space, expected: number): Staging => {
    const waiting: Entry[] = [];
    fileUnder(space).rows.reserve(expected);
    return {
      put(added, vectors) {
        const ids = freshIds(added);
        const { rows } = fileUnder(space);
        rows.append(ids, vectors);
        for (const item of added) {
          const entry = { item, order: nextOrder, present: false, references: 0 };
          waiting.push(entry);
          entries.set(item.id, entry);
        }
        staged += added.length;
      },
      show(label) {
        if (waiting.length === 0) return;
        change(() => {
          const list = ownItems();
          for (const entry of waiting) {
            entry.order = nextOrder++;
            entry.present = true;
            list.push(entry.item);
          }
          staged -= waiting.length;
          const found = fileUnder(space);
          found.rows.space = space;
          found.present += waiting.length;
          found.table = undefined;
          byText = undefined;
          vectorsVersion += 1;
          record({ label, added: waiting.map(({ item }) => item.id), removed: [] });
        });
      },
    };
  };

  /** Where an item stands on the list, which is ordered by `order`. */
  const indexOf = (order: number): number => {
    let low = 0;
    let high = items.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (entries.get(items[middle].id)!.order < order) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const textIndex = (): Map<string, ItemId> => {
    if (!byText) {
      byText = new Map();
      for (const { id, text } of items) {
        if (text === undefined) continue;
        const key = tidyText(text);
        if (!byText.has(key)) byText.set(key, id);
      }
    }
    return byText;
  };

  const fileUnder = (space: Space): Filed => {
    let found = filed.get(space.id);
    if (!found) {
      found = { rows: new VectorRows(space), present: 0, table: undefined };
      filed.set(space.id, found);
    }
    return found;
  };

  if (initial) {
    append(initial.items);
    for (const { space, ids, matrix } of initial.tables) {
      const rows = new VectorRows(space, ids, matrix.data);
      rows.delete(ids.filter((id) => !entries.has(id)));
      if (rows.size > 0) filed.set(space.id, { rows, present: rows.size, table: undefined });
    }
    for (const { space, places } of initial.places) placesBySpace.set(space, places);
    announced = state();
  }

  return {
    state,

    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },

    change,

    get(id) {
      const entry = entries.get(id);
      return entry?.present ? entry.item : undefined;
    },

    findText(text) {
      const id = textIndex().get(tidyText(text));
      return id === undefined ? undefined : entries.get(id)!.item;
    },

    partsOf(id) {
      return (parts.get(id) ?? [])
        .map((part) => entries.get(part)!)
        .flatMap((entry) => (entry.present ? entry.item : []));
    },

    add(added, label) {
      if (added.length === 0) return;
      const ids = freshIds(added);
      change(() => {
        append(added);
        record({ label, added: ids, removed: [] });
      });
    },

    stage,

    attach(added) {
      // The item may have been discarded, or removed, while its parts were being computed.
      const wanted = added.filter(({ of }) => of !== undefined && entries.get(of)?.present);
      if (wanted.length === 0) return;
      freshIds(wanted);
      change(() => append(wanted));
    },

    remove(ids, label) {
      const removed = presentIds(ids);
      if (removed.length === 0) return;
      change(() => {
        hide(removed);
        record({ label, added: [], removed });
      });
    },

    update(id, fields) {
      const entry = entries.get(id);
      if (!entry) return;
      change(() => {
        entry.item = { ...entry.item, ...fields, id };
        if (!entry.present) return;
        ownItems()[indexOf(entry.order)] = entry.item;
        if ("text" in fields) byText = undefined;
        stale = true;
      });
    },

    discard(ids) {
      const known = new Set(ids.filter((id) => entries.has(id)));
      if (known.size === 0) return;
      change(() => {
        hide(presentIds([...known]));
        history.erase(known);
        forget([...known]);
        stale = true;
      });
    },

    undo() {
      change(() => {
        const step = history.undo();
        if (!step) return;
        hide(step.added);
        show(step.removed);
        stale = true;
      });
    },

    redo() {
      change(() => {
        const step = history.redo();
        if (!step) return;
        hide(step.removed);
        show(step.added);
        stale = true;
      });
    },

    select(ids) {
      const chosen = presentIds(ids);
      if (chosen.length === selection.length && chosen.every((id, index) => id === selection[index])) return;
      change(() => {
        selection = chosen;
        stale = true;
      });
    },

    setVectors(space: Space, given: readonly VectorEntry[]) {
      const { dimension } = filed.get(space.id)?.rows.space ?? space;
      if (space.dimension !== dimension) {
        throw new RangeError(`space ${space.id} has dimension ${dimension}, not ${space.dimension}`);
      }
      for (const { id, vector } of given) {
        if (vector.length === dimension) continue;
        throw new RangeError(`the vector of ${id} has ${vector.length} numbers, expected ${dimension}`);
      }
      // An item may have been discarded while its vector was being computed.
      const wanted = given.filter(({ id }) => entries.has(id));
      if (wanted.length === 0) return;
      change(() => {
        const found = fileUnder(space);
        found.rows.space = space;
        const fresh = new Set(wanted.map(({ id }) => id).filter((id) => !found.rows.has(id)));
        for (const id of fresh) if (entries.get(id)!.present) found.present += 1;
        found.rows.set(wanted);
        found.table = undefined;
        vectorsVersion += 1;
        stale = true;
      });
    },

    vector(space, id) {
      return entries.get(id)?.present ? filed.get(space)?.rows.get(id) : undefined;
    },

    count: (space) => filed.get(space)?.present ?? 0,

    table(space) {
      const found = filed.get(space);
      if (!found || found.present === 0) return undefined;
      if (!found.table) {
        const ids = found.rows.present(items);
        const gathered = found.rows.gather(ids);
        found.table = {
          ...{ space: found.rows.space, ids, version: nextTable },
          get matrix() {
            return gathered.matrix;
          },
          prepare: gathered.prepare,
        };
        nextTable += 1;
      }
      return found.table;
    },

    spaces() {
      return [...filed.values()].filter(({ present }) => present > 0).map(({ rows }) => rows.space);
    },

    setPlaces(space, places) {
      placesBySpace.set(space, places);
    },

    places(space) {
      return placesBySpace.get(space);
    },
  };
}
