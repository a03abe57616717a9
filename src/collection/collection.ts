import type { Space, SpaceId } from "../core/space";
import { FiledVectors } from "./filed-vectors";
import { History, type Step } from "./history";
import { type Entry, ItemList } from "./item-list";
import type {
  Collection,
  CollectionState,
  Item,
  ItemId,
  Places,
  SavedCollection,
  Staging,
  VectorEntry,
} from "./types";

/**
 * Removed items that are kept for Undo. Twice the 10,000 the page is built for: clearing a full map and the one
 * before it can be undone, at about 60 MB of 384-wide vectors in two spaces. Older steps are forgotten.
 */
const mostRemovedKept = 20_000;

/** Makes a collection: empty, or as it was saved. What is saved starts with an empty history. */
export function createCollection(initial?: SavedCollection): Collection {
  const list = new ItemList();
  const vectors = new FiledVectors();
  const placesBySpace = new Map<SpaceId, Places>();
  const history = new History((id) => list.entry(id)!);
  const listeners = new Set<(state: CollectionState, previous: CollectionState) => void>();

  let selection: readonly ItemId[] = [];
  let current: CollectionState = { items: list.items, selection, vectorsVersion: vectors.version };
  let stale = false;
  /** What listeners were told last. */
  let announced = current;
  let open = 0;

  const state = (): CollectionState => {
    if (stale) {
      stale = false;
      current = {
        items: list.items,
        selection,
        undoLabel: history.undoLabel,
        redoLabel: history.redoLabel,
        vectorsVersion: vectors.version,
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

  const hide = (ids: readonly ItemId[]) => {
    const gone = list.hide(ids);
    if (gone.length === 0) return;
    vectors.follow(gone, false);
    if (selection.some((id) => !list.isPresent(id))) selection = selection.filter((id) => list.isPresent(id));
    stale = true;
  };

  const show = (ids: readonly ItemId[]) => {
    const back = list.show(ids);
    if (back.length === 0) return;
    vectors.follow(back, true);
    stale = true;
  };

  /** Forgets items that are neither on the list nor in the history, with their vectors. */
  const forget = (ids: readonly ItemId[]) => {
    const gone = list.forget(ids);
    if (gone.length > 0) vectors.forget(gone);
  };

  const record = (step: Step, isCounted = false) => {
    forget(history.push(step, isCounted));
    while (list.hidden > mostRemovedKept) {
      const free = history.dropFarthest();
      if (!free) break;
      forget(free);
    }
    stale = true;
  };

  const append = (added: readonly Item[]) => {
    list.append(added);
    stale = true;
  };

  const stage = (space: Space, expected: number): Staging => {
    const waiting: Entry[] = [];
    const ids: ItemId[] = [];
    vectors.reserve(space, expected);
    return {
      put(added, block) {
        const fresh = list.freshIds(added);
        vectors.append(space, fresh, block);
        for (const entry of list.stage(added)) waiting.push(entry);
        for (const id of fresh) ids.push(id);
      },
      show(label) {
        if (waiting.length === 0) return;
        change(() => {
          list.reveal(waiting);
          vectors.reveal(space, waiting.length);
          record({ label, added: ids, removed: [] }, true);
        });
      },
    };
  };

  if (initial) {
    append(initial.items);
    for (const table of initial.tables) vectors.restore(table, (id) => list.entry(id) !== undefined);
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
    get: (id) => list.get(id),
    findText: (text) => list.findText(text),
    partsOf: (id) => list.partsOf(id),

    add(added, label) {
      if (added.length === 0) return;
      const ids = list.freshIds(added);
      change(() => {
        append(added);
        record({ label, added: ids, removed: [] });
      });
    },

    stage,

    attach(added) {
      // The item may have been discarded, or removed, while its parts were being computed.
      const wanted = added.filter(({ of }) => of !== undefined && list.isPresent(of));
      if (wanted.length === 0) return;
      list.freshIds(wanted);
      change(() => append(wanted));
    },

    remove(ids, label) {
      const removed = list.present(ids);
      if (removed.length === 0) return;
      change(() => {
        hide(removed);
        record({ label, added: [], removed });
      });
    },

    update(id, fields) {
      change(() => {
        if (list.update(id, fields)) stale = true;
      });
    },

    discard(ids) {
      const known = new Set(ids.filter((id) => list.entry(id)));
      if (known.size === 0) return;
      change(() => {
        hide(list.present([...known]));
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
      const chosen = list.present(ids);
      if (chosen.length === selection.length && chosen.every((id, index) => id === selection[index])) return;
      change(() => {
        selection = chosen;
        stale = true;
      });
    },

    setVectors(space: Space, given: readonly VectorEntry[]) {
      vectors.check(space, given);
      // An item may have been discarded while its vector was being computed.
      const wanted = given.filter(({ id }) => list.entry(id));
      if (wanted.length === 0) return;
      change(() => {
        vectors.set(space, wanted, (id) => list.isPresent(id));
        stale = true;
      });
    },

    vector: (space, id) => (list.isPresent(id) ? vectors.get(space, id) : undefined),
    holds: (space, id) => list.isPresent(id) && vectors.has(space, id),
    count: (space) => vectors.count(space),
    table: (space) => vectors.table(space, list.items),
    spaces: () => vectors.spaces(),

    dropSpace(space) {
      change(() => {
        vectors.drop(space);
        placesBySpace.delete(space);
        stale = true;
      });
    },

    setPlaces(space, places) {
      placesBySpace.set(space, places);
    },

    places: (space) => placesBySpace.get(space),
  };
}
