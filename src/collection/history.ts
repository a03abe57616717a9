import type { ItemId } from "./types";

/** One change that can be undone, in words and in item ids. */
export interface Step {
  /** What was done, as the Undo menu says it: "Add 3 words". */
  readonly label: string;
  readonly added: readonly ItemId[];
  readonly removed: readonly ItemId[];
}

/** More steps than anyone walks back; each costs only the ids of its items. */
const mostSteps = 100;

function* idsOf(step: Step): Iterable<ItemId> {
  yield* step.added;
  yield* step.removed;
}

/** Whatever is known of an item, with the number of steps that refer to it. */
export interface Counted {
  references: number;
}

/** What can be undone and redone. It counts how many steps refer to each item, so that the others can be forgotten. */
export class History {
  #undo: Step[] = [];
  #redo: Step[] = [];
  readonly #find: (id: ItemId) => Counted;

  /** `find` gives what counts an item's references; the history asks for the items of its steps only. */
  constructor(find: (id: ItemId) => Counted) {
    this.#find = find;
  }

  get undoLabel(): string | undefined {
    return this.#undo.at(-1)?.label;
  }

  get redoLabel(): string | undefined {
    return this.#redo.at(-1)?.label;
  }

  /**
   * Files a step that was done. What had been undone is gone. With `isCounted`, its items' references count it already: of a
   * million, that is better done bit by bit. Returns the ids no step refers to any more.
   */
  push(step: Step, isCounted = false): ItemId[] {
    const dropped = this.#redo;
    this.#redo = [];
    this.#undo.push(step);
    if (!isCounted) for (const id of idsOf(step)) this.#find(id).references++;
    if (this.#undo.length > mostSteps) dropped.push(this.#undo.shift()!);
    return dropped.flatMap((old) => this.#release(old));
  }

  /** The step to take back now; it can be redone afterwards. */
  undo(): Step | undefined {
    const step = this.#undo.pop();
    if (step) this.#redo.push(step);
    return step;
  }

  /** The step to do again now; it can be undone afterwards. */
  redo(): Step | undefined {
    const step = this.#redo.pop();
    if (step) this.#undo.push(step);
    return step;
  }

  /**
   * Drops the step farthest away: the oldest to undo, else the last to redo; the nearest one in each direction stays.
   * Returns the ids no step refers to any more, or undefined when there was no step to drop.
   */
  dropFarthest(): ItemId[] | undefined {
    const step =
      this.#undo.length > 1 ? this.#undo.shift() : this.#redo.length > 1 ? this.#redo.shift() : undefined;
    return step && this.#release(step);
  }

  /** Takes items out of every step; steps left with nothing vanish. */
  erase(ids: ReadonlySet<ItemId>): void {
    const without = (steps: readonly Step[]) =>
      steps
        .map((step) => ({
          ...step,
          added: step.added.filter((id) => !ids.has(id)),
          removed: step.removed.filter((id) => !ids.has(id)),
        }))
        .filter((step) => step.added.length + step.removed.length > 0);
    this.#undo = without(this.#undo);
    this.#redo = without(this.#redo);
    for (const id of ids) this.#find(id).references = 0;
  }

  #release(step: Step): ItemId[] {
    const free: ItemId[] = [];
    for (const id of idsOf(step)) {
      const item = this.#find(id);
      item.references--;
      if (item.references === 0) free.push(id);
    }
    return free;
  }
}
