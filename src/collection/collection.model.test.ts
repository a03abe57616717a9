import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Space, spaceId } from "../core/space";
import { type Collection, createCollection, type Item, type ItemId } from ".";

/** The plainest collection there can be: whole copies of the list for undo, and vectors that are never forgotten. */
interface Model {
  list: string[];
  past: { label: string; list: string[] }[];
  future: { label: string; list: string[] }[];
  selection: string[];
  vectors: Map<string, Map<string, number[]>>;
  made: number;
}

const spaces: readonly Space[] = ["one", "two"].map((id, index) => ({
  id: spaceId(id),
  title: id,
  dimension: index + 1,
  metric: "cosine",
  modalities: ["text"],
}));

const item = (id: string): Item => ({ id: id as ItemId, kind: "text", label: id, text: `text ${id}` });

const cleaned = (model: Model) => {
  model.selection = model.selection.filter((id) => model.list.includes(id));
};

class Add implements fc.Command<Model, Collection> {
  readonly count: number;
  constructor(count: number) {
    this.count = count;
  }
  check = () => true;
  run(model: Model, collection: Collection) {
    const ids = Array.from({ length: this.count }, () => `i${model.made++}`);
    if (ids.length > 0) {
      model.past.push({ label: `add ${ids}`, list: model.list });
      model.list = [...model.list, ...ids];
      model.future = [];
    }
    collection.add(ids.map(item), `add ${ids}`);
    agree(model, collection);
  }
  toString = () => `add ${this.count}`;
}

/** Many items with vectors, taken in by parts and shown at once. */
class Stage implements fc.Command<Model, Collection> {
  readonly parts: readonly number[];
  readonly value: number;
  constructor(parts: readonly number[], value: number) {
    this.parts = parts;
    this.value = value;
  }
  check = () => true;
  run(model: Model, collection: Collection) {
    const [space] = spaces;
    const known = model.vectors.get(space.id)!;
    const ids: string[] = [];
    const staging = collection.stage(
      space,
      this.parts.reduce((sum, count) => sum + count, 0),
    );
    for (const count of this.parts) {
      const part = Array.from({ length: count }, () => `i${model.made++}`);
      const vectors = part.map((_, at) => this.value + ids.length + at);
      staging.put(part.map(item), new Float32Array(vectors));
      for (const [at, id] of part.entries()) known.set(id, [vectors[at]]);
      agree(model, collection);
      ids.push(...part);
    }
    staging.show(`stage ${ids}`);
    if (ids.length > 0) {
      model.past.push({ label: `stage ${ids}`, list: model.list });
      model.list = [...model.list, ...ids];
      model.future = [];
    }
    agree(model, collection);
  }
  toString = () => `stage ${this.parts}`;
}

class Remove implements fc.Command<Model, Collection> {
  readonly picks: readonly number[];
  constructor(picks: readonly number[]) {
    this.picks = picks;
  }
  check = () => true;
  run(model: Model, collection: Collection) {
    const ids = this.picks.map((pick) => `i${pick}`);
    const left = model.list.filter((id) => !ids.includes(id));
    if (left.length < model.list.length) {
      model.past.push({ label: `remove ${ids}`, list: model.list });
      model.list = left;
      model.future = [];
    }
    cleaned(model);
    collection.remove(ids as ItemId[], `remove ${ids}`);
    agree(model, collection);
  }
  toString = () => `remove ${this.picks}`;
}

class Discard implements fc.Command<Model, Collection> {
  readonly pick: number;
  constructor(pick: number) {
    this.pick = pick;
  }
  check = () => true;
  run(model: Model, collection: Collection) {
    const gone = `i${this.pick}`;
    const without = (list: string[]) => list.filter((id) => id !== gone);
    // Seen from the whole copies, a step is empty when the list after it is the list before it.
    const lists = [
      ...model.past.map(({ list }) => list),
      model.list,
      ...model.future.map(({ list }) => list).reverse(),
    ].map(without);
    const steps = [
      ...model.past.map(({ label }) => label),
      ...model.future.map(({ label }) => label).reverse(),
    ];
    const at = model.past.length;
    model.list = lists[at];
    const changes = (index: number) => lists[index].join() !== lists[index + 1].join();
    model.past = steps
      .slice(0, at)
      .flatMap((label, index) => (changes(index) ? [{ label, list: lists[index] }] : []));
    model.future = steps
      .slice(at)
      .flatMap((label, index) => (changes(at + index) ? [{ label, list: lists[at + index + 1] }] : []))
      .reverse();
    for (const vectors of model.vectors.values()) vectors.delete(gone);
    cleaned(model);
    collection.discard([gone as ItemId]);
    agree(model, collection);
  }
  toString = () => `discard ${this.pick}`;
}

class Walk implements fc.Command<Model, Collection> {
  readonly direction: "undo" | "redo";
  constructor(direction: "undo" | "redo") {
    this.direction = direction;
  }
  check = () => true;
  run(model: Model, collection: Collection) {
    const [from, to] = this.direction === "undo" ? [model.past, model.future] : [model.future, model.past];
    const step = from.pop();
    if (step) {
      to.push({ label: step.label, list: model.list });
      model.list = step.list;
    }
    cleaned(model);
    collection[this.direction]();
    agree(model, collection);
  }
  toString = () => this.direction;
}

class SetVectors implements fc.Command<Model, Collection> {
  readonly space: number;
  readonly picks: readonly number[];
  readonly value: number;
  constructor(space: number, picks: readonly number[], value: number) {
    this.space = space;
    this.picks = picks;
    this.value = value;
  }
  check = () => true;
  run(model: Model, collection: Collection) {
    const { id, dimension } = spaces[this.space];
    const known = model.vectors.get(id)!;
    const vector = (pick: number) =>
      Array.from({ length: dimension }, (_, axis) => this.value + pick * 2 + axis);
    for (const pick of this.picks) {
      const reachable = [
        model.list,
        ...model.past.map(({ list }) => list),
        ...model.future.map(({ list }) => list),
      ];
      if (reachable.some((list) => list.includes(`i${pick}`))) known.set(`i${pick}`, vector(pick));
    }
    collection.setVectors(
      spaces[this.space],
      this.picks.map((pick) => ({ id: `i${pick}` as ItemId, vector: new Float32Array(vector(pick)) })),
    );
    agree(model, collection);
  }
  toString = () => `setVectors ${this.space} ${this.picks} ${this.value}`;
}

class Select implements fc.Command<Model, Collection> {
  readonly picks: readonly number[];
  constructor(picks: readonly number[]) {
    this.picks = picks;
  }
  check = () => true;
  run(model: Model, collection: Collection) {
    const ids = this.picks.map((pick) => `i${pick}`);
    model.selection = [...new Set(ids)].filter((id) => model.list.includes(id));
    collection.select(ids as ItemId[]);
    agree(model, collection);
  }
  toString = () => `select ${this.picks}`;
}

function agree(model: Model, collection: Collection) {
  const { items, selection, undoLabel, redoLabel } = collection.state();
  expect(items.map(({ id }) => id)).toEqual(model.list);
  expect(selection).toEqual(model.selection);
  expect(undoLabel).toBe(model.past.at(-1)?.label);
  expect(redoLabel).toBe(model.future.at(-1)?.label);
  for (const { id, dimension } of spaces) {
    const known = model.vectors.get(id)!;
    const ids = model.list.filter((entry) => known.has(entry));
    const table = collection.table(id);
    expect(table?.ids ?? []).toEqual(ids);
    expect([...(table?.matrix.data ?? [])]).toEqual(ids.flatMap((entry) => known.get(entry)!));
    expect(table?.matrix.dimension ?? dimension).toBe(dimension);
    expect(collection.spaces().some((space) => space.id === id)).toBe(ids.length > 0);
    for (const entry of model.list) {
      const vector = collection.vector(id, entry as ItemId);
      expect(vector && [...vector]).toEqual(known.get(entry));
      expect(collection.findText(`text  ${entry}`)?.id).toBe(entry);
    }
  }
}

describe("the collection", () => {
  it("agrees with the plain model after any sequence of changes", () => {
    const pick = fc.nat(30);
    const picks = fc.array(pick, { maxLength: 6 });
    const commands = fc.commands(
      [
        fc.nat(4).map((count) => new Add(count)),
        fc.tuple(fc.array(fc.nat(3), { maxLength: 3 }), fc.nat(1000)).map((given) => new Stage(...given)),
        picks.map((chosen) => new Remove(chosen)),
        pick.map((chosen) => new Discard(chosen)),
        fc.constant(new Walk("undo")),
        fc.constant(new Walk("redo")),
        fc.tuple(fc.nat(1), picks, fc.nat(1000)).map((given) => new SetVectors(...given)),
        picks.map((chosen) => new Select(chosen)),
      ],
      { maxCommands: 60, size: "max" },
    );
    fc.assert(
      fc.property(commands, (sequence) => {
        const model: Model = {
          list: [],
          past: [],
          future: [],
          selection: [],
          vectors: new Map(spaces.map(({ id }) => [id as string, new Map()])),
          made: 0,
        };
        fc.modelRun(() => ({ model, real: createCollection() }), sequence);
      }),
      { numRuns: 300 },
    );
  });
});
