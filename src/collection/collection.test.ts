import { describe, expect, it, vi } from "vitest";
import { type Space, spaceId } from "../core/space";
import { createCollection, type Item, type ItemId, newItemId } from ".";

const space = (id: string, dimension = 2): Space => ({
  id: spaceId(id),
  title: id,
  dimension,
  metric: "cosine",
  modalities: ["text"],
});

const meaning = space("meaning");

const word = (text: string): Item => ({ id: newItemId(), kind: "text", label: text, text });

const words = (...texts: string[]) => texts.map(word);

const entries = (items: readonly Item[], value = 0) =>
  items.map(({ id }, index) => ({ id, vector: new Float32Array([value + index, -value - index]) }));

const labels = (items: readonly Item[]) => items.map(({ label }) => label);

const tableOf = (collection: ReturnType<typeof createCollection>, of = meaning) => {
  const table = collection.table(of.id);
  return table && { labels: table.ids.map((id) => collection.get(id)?.label), data: [...table.matrix.data] };
};

describe("a collection's items", () => {
  it("are added, found, undone and redone as one step", () => {
    const collection = createCollection();
    const added = words("football", "soccer", "footwear");
    collection.add(added, "Add 3 words");
    expect(labels(collection.state().items)).toEqual(["football", "soccer", "footwear"]);
    expect(collection.state().undoLabel).toBe("Add 3 words");
    expect(collection.get(added[1].id)).toBe(added[1]);

    collection.undo();
    expect(collection.state()).toMatchObject({ items: [], undoLabel: undefined, redoLabel: "Add 3 words" });
    expect(collection.get(added[1].id)).toBeUndefined();
    collection.redo();
    expect(collection.state().items).toEqual(added);
  });

  it("come back to their old places with their vectors", () => {
    const collection = createCollection();
    const [a, b, c, d] = words("a", "b", "c", "d");
    collection.add([a, b, c, d], "Add");
    collection.setVectors(meaning, entries([a, b, c, d], 1));
    collection.remove([d.id, b.id], "Remove 2 words");
    expect(tableOf(collection)).toEqual({ labels: ["a", "c"], data: [1, -1, 3, -3] });
    expect(collection.vector(meaning.id, b.id)).toBeUndefined();
    collection.undo();
    expect(labels(collection.state().items)).toEqual(["a", "b", "c", "d"]);
    expect(tableOf(collection)).toEqual({ labels: ["a", "b", "c", "d"], data: [1, -1, 2, -2, 3, -3, 4, -4] });
  });

  it("are staged in parts and shown at once; what does not fit is refused, and holds no numbers of theirs", () => {
    const collection = createCollection();
    const heard = vi.fn();
    const [a, b, c] = words("a", "b", "c");
    const staging = collection.stage(meaning, 3);
    collection.subscribe(heard);
    const vectors = new Float32Array([1, 2, 3, 4]);
    staging.put([a, b], vectors);
    vectors.fill(9);
    expect(() => staging.put([a], new Float32Array(2))).toThrow(RangeError);
    expect(() => staging.put([c], new Float32Array(3))).toThrow(RangeError);
    expect(collection.state().items).toEqual([]);
    expect(collection.table(meaning.id)).toBeUndefined();
    staging.put([c], new Float32Array([5, 6]));
    expect(heard).not.toHaveBeenCalled();
    staging.show("Add 3 words");
    expect(heard).toHaveBeenCalledTimes(1);
    expect(tableOf(collection)).toEqual({ labels: ["a", "b", "c"], data: [1, 2, 3, 4, 5, 6] });
    expect(collection.findText("b")).toBe(b);
    collection.undo();
    expect(collection.state()).toMatchObject({ items: [], redoLabel: "Add 3 words" });
  });

  it("leave the others in order, in parts if wanted, whatever happens meanwhile", () => {
    const collection = createCollection();
    const many = words(...Array.from({ length: 3000 }, (_, at) => `w${at}`));
    collection.add(many, "Add");
    const wide = space("wide", 1000);
    collection.setVectors(
      wide,
      many.map(({ id }, at) => ({ id, vector: new Float32Array(1000).fill(at) })),
    );
    collection.remove([many[1000].id], "Remove");
    const table = collection.table(wide.id)!;
    let parts = 0;
    // At least one part a time, even when the clock is late.
    while (!table.prepare(Number.MIN_VALUE)) {
      parts++;
      if (parts === 2)
        collection.setVectors(wide, [{ id: many[0].id, vector: new Float32Array(1000).fill(7) }]);
    }
    const firsts = (of: typeof table) => of.ids.map((_, row) => of.matrix.data[row * 1000]);
    expect(firsts(table)).toEqual(many.flatMap((_, at) => (at === 1000 ? [] : [at])));
    expect(firsts(collection.table(wide.id)!)).toEqual(
      many.flatMap((_, at) => (at === 1000 ? [] : [at || 7])),
    );
  });

  it("take their parts along: out, back in, and away for good", () => {
    const collection = createCollection();
    const [ball] = words("ball");
    const letters = [..."ba"].map(
      (token, place): Item => ({
        ...{ id: newItemId(), kind: "token", label: token, of: ball.id },
        part: { place, token, special: false, start: place, end: place + 1 },
      }),
    );
    collection.add([ball], "Add 1 word");
    collection.attach(letters);
    collection.setVectors(meaning, entries(letters));
    expect(collection.partsOf(ball.id)).toEqual(letters);
    expect(collection.state().undoLabel).toBe("Add 1 word");

    collection.undo();
    expect(collection.state().items).toEqual([]);
    expect(collection.count(meaning.id)).toBe(0);
    collection.redo();
    expect(labels(collection.state().items)).toEqual(["ball", "b", "a"]);
    expect(collection.count(meaning.id)).toBe(2);

    collection.discard(letters.map(({ id }) => id));
    expect(labels(collection.state().items)).toEqual(["ball"]);
    expect(collection.partsOf(ball.id)).toEqual([]);
    collection.attach([{ ...letters[0], id: newItemId(), of: newItemId() }]);
    expect(labels(collection.state().items)).toEqual(["ball"]);
    collection.attach(letters);
    collection.discard([ball.id]);
    expect(collection.state()).toMatchObject({ items: [], undoLabel: undefined });
  });

  it("are found by their text however it was typed, the first one first", () => {
    const collection = createCollection();
    const [first, second] = words("café au lait", "café au lait");
    collection.add([first, second], "Add");
    expect(collection.findText(" cafe\u0301\tau  lait\u0000")).toBe(first);
    collection.remove([first.id], "Remove");
    expect(collection.findText("café au lait")).toBe(second);
    collection.update(second.id, { text: "tea" });
    expect(collection.findText("café au lait")).toBeUndefined();
    expect(collection.findText("tea")?.id).toBe(second.id);
  });

  it("may not be added twice, and then nothing is", () => {
    const collection = createCollection();
    const [a, b] = words("a", "b");
    collection.add([a], "Add");
    expect(() => collection.add([b, a], "Add")).toThrow(RangeError);
    expect(() => collection.add([b, b], "Add")).toThrow(RangeError);
    collection.remove([a.id], "Remove");
    expect(() => collection.add([a], "Add")).toThrow(RangeError);
    expect(collection.state().items).toEqual([]);
  });

  it("leave no trace when they are discarded, not even an empty step", () => {
    const collection = createCollection();
    const [a, b, c] = words("a", "b", "c");
    collection.add([a], "Add a");
    collection.add([b, c], "Add b and c");
    collection.discard([b.id]);
    expect(labels(collection.state().items)).toEqual(["a", "c"]);
    collection.undo();
    collection.redo();
    expect(labels(collection.state().items)).toEqual(["a", "c"]);
    collection.discard([c.id]);
    expect(collection.state().undoLabel).toBe("Add a");
    collection.setVectors(meaning, entries([b, c]));
    expect(collection.spaces()).toEqual([]);
  });

  it("keep what was found out about them, even while they are removed", () => {
    const collection = createCollection();
    const [a, b] = words("a", "b");
    collection.add([a, b], "Add");
    const before = collection.state().items;
    collection.update(b.id, { truncated: true });
    expect(before[1].truncated).toBeUndefined();
    expect(collection.state().items[0]).toBe(a);
    expect(collection.state().items[1]).toMatchObject({ label: "b", truncated: true });
    collection.remove([a.id], "Remove");
    collection.update(a.id, { label: "A" });
    collection.undo();
    expect(labels(collection.state().items)).toEqual(["A", "b"]);
  });

  it("take the selection with them when they vanish", () => {
    const collection = createCollection();
    const [a, b, c] = words("a", "b", "c");
    collection.add([a, b, c], "Add");
    collection.select([c.id, a.id, "nobody" as ItemId, c.id]);
    expect(collection.state().selection).toEqual([c.id, a.id]);
    const { selection } = collection.state();
    collection.remove([b.id], "Remove");
    expect(collection.state().selection).toBe(selection);
    collection.remove([c.id], "Remove");
    expect(collection.state().selection).toEqual([a.id]);
    collection.undo();
    expect(collection.state().selection).toEqual([a.id]);
  });
});

describe("a collection's vectors", () => {
  it("stand in the order of the items, whatever order they came in", () => {
    const collection = createCollection();
    const [a, b, c] = words("a", "b", "c");
    collection.add([a, b, c], "Add");
    collection.setVectors(meaning, entries([c, a], 5));
    expect(tableOf(collection)).toEqual({ labels: ["a", "c"], data: [6, -6, 5, -5] });
    collection.setVectors(meaning, entries([b], 9));
    expect(tableOf(collection)).toEqual({ labels: ["a", "b", "c"], data: [6, -6, 9, -9, 5, -5] });
  });

  it("keep to their space", () => {
    const collection = createCollection();
    const items = words("a");
    collection.add(items, "Add");
    collection.setVectors(meaning, entries(items));
    const letters = space("letters", 3);
    collection.setVectors(letters, [{ id: items[0].id, vector: new Float32Array(3) }]);
    expect(collection.spaces()).toEqual([meaning, letters]);
    expect(() => collection.setVectors(letters, entries(items))).toThrow(RangeError);
    expect(() => collection.setVectors({ ...letters, dimension: 2 }, entries(items))).toThrow(RangeError);
    collection.remove([items[0].id], "Remove");
    expect(collection.spaces()).toEqual([]);
    expect(collection.table(meaning.id)).toBeUndefined();
  });

  it("are one table object until something in that space changes", () => {
    const collection = createCollection();
    const [a, b] = words("a", "b");
    collection.add([a, b], "Add");
    collection.setVectors(meaning, entries([a]));
    const table = collection.table(meaning.id)!;
    const { vectorsVersion } = collection.state();
    collection.setVectors(space("other"), entries([b]));
    collection.add(words("c"), "Add");
    collection.update(a.id, { label: "A" });
    expect(collection.table(meaning.id)).toBe(table);
    expect(collection.state().vectorsVersion).not.toBe(vectorsVersion);
    collection.setVectors(meaning, entries([b]));
    expect(collection.table(meaning.id)!.version).not.toBe(table.version);
  });

  it("keep their numbers in every table and view that was handed out", () => {
    const collection = createCollection();
    const items = Array.from({ length: 200 }, (_, index) => word(`${index}`));
    collection.add(items, "Add");
    collection.setVectors(meaning, entries(items.slice(0, 100), 1));
    const table = collection.table(meaning.id)!;
    const copy = table.matrix.data.slice();
    const view = collection.vector(meaning.id, items[3].id)!;
    collection.setVectors(meaning, entries(items, 1000));
    collection.remove(
      items.slice(50).map(({ id }) => id),
      "Remove",
    );
    collection.table(meaning.id);
    expect(table.matrix.data).toEqual(copy);
    expect([...view]).toEqual([4, -4]);
  });

  it("are copied, so that the giver may reuse the memory", () => {
    const collection = createCollection();
    const [a] = words("a");
    collection.add([a], "Add");
    const vector = new Float32Array([1, 2]);
    collection.setVectors(meaning, [{ id: a.id, vector }]);
    vector.fill(0);
    expect([...collection.vector(meaning.id, a.id)!]).toEqual([1, 2]);
  });
});

describe("a collection's listeners", () => {
  it("are told once of every change, with the state before it", () => {
    const collection = createCollection();
    const listener = vi.fn();
    const stop = collection.subscribe(listener);
    const empty = collection.state();
    const [a] = words("a");
    collection.add([a], "Add");
    expect(listener).toHaveBeenCalledExactlyOnceWith(collection.state(), empty);
    collection.select([]);
    collection.remove([], "Nothing");
    collection.discard(["nobody" as ItemId]);
    collection.undo();
    collection.undo();
    expect(listener).toHaveBeenCalledTimes(2);
    stop();
    collection.redo();
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it("are told once of several changes made together, and never see a list change under them", () => {
    const collection = createCollection();
    const items = words("a", "b", "c");
    collection.add(items, "Add");
    const before = collection.state();
    const listener = vi.fn();
    collection.subscribe(listener);
    const result = collection.change(() => {
      for (const { id } of items) collection.update(id, { truncated: true });
      const middle = collection.state();
      collection.update(items[0].id, { label: "A" });
      expect(middle.items[0].label).toBe("a");
      collection.setVectors(meaning, entries(items));
      return 7;
    });
    expect(result).toBe(7);
    expect(listener).toHaveBeenCalledExactlyOnceWith(collection.state(), before);
    expect(before.items.every(({ truncated }) => truncated === undefined)).toBe(true);
    expect(labels(collection.state().items)).toEqual(["A", "b", "c"]);
  });
});

describe("a collection that was saved", () => {
  it("starts as it was, with an empty history", () => {
    const items = words("a", "b");
    const places = {
      dimensions: 2 as const,
      ids: items.map(({ id }) => id),
      positions: new Float32Array([1, 2, 3, 4]),
      made: {
        options: "",
        method: "pca",
        trustworthiness: 1,
        continuity: 1,
        preservation: 0.5,
        qualityNeighbours: 1,
        qualityError: 0,
      },
    };
    const collection = createCollection({
      items,
      tables: [
        {
          space: meaning,
          ids: [items[1].id, "nobody" as ItemId, items[0].id],
          matrix: { data: new Float32Array([1, 2, 3, 4, 5, 6]), rows: 3, dimension: 2 },
          version: 1,
        },
      ],
      places: [{ space: meaning.id, places }],
      settings: undefined,
    });
    expect(collection.state()).toMatchObject({ items, undoLabel: undefined, redoLabel: undefined });
    expect(tableOf(collection)).toEqual({ labels: ["a", "b"], data: [5, 6, 1, 2] });
    expect(collection.places(meaning.id)).toBe(places);
    collection.add(words("c"), "Add");
    expect(labels(collection.state().items)).toEqual(["a", "b", "c"]);
  });
});

describe("a large collection", () => {
  it("takes 10,000 words and their vectors, one or many at a time, without delay", () => {
    const wide = space("wide", 384);
    const collection = createCollection();
    const items = Array.from({ length: 10_000 }, (_, index) => word(`word ${index}`));
    const vector = new Float32Array(384).fill(0.5);
    const before = process.cpuUsage();
    for (const item of items) collection.add([item], "Add");
    for (let at = 0; at < items.length; at += 32) {
      collection.setVectors(
        wide,
        items.slice(at, at + 32).map(({ id }) => ({ id, vector })),
      );
      collection.table(wide.id);
    }
    collection.change(() => {
      for (const { id } of items) collection.update(id, { truncated: true });
    });
    collection.remove(
      items.map(({ id }) => id),
      "Clear",
    );
    collection.undo();
    expect(collection.table(wide.id)?.matrix.rows).toBe(10_000);
    // Measured: 0.5 s alone on two cores. What grows with the square of the items would take far longer.
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(4);
  });

  it("forgets an item once it can't be redone any more", () => {
    const collection = createCollection();
    const [gone, kept] = words("gone", "kept");
    collection.add([gone], "Add");
    collection.undo();
    collection.setVectors(meaning, entries([gone]));
    const { vectorsVersion } = collection.state();
    collection.add([kept], "Add");
    collection.setVectors(meaning, entries([gone]));
    expect(collection.state().vectorsVersion).toBe(vectorsVersion);
  });

  it("forgets the vectors of items that no step refers to any more", () => {
    const wide = space("wide", 4);
    const collection = createCollection();
    const clear = () =>
      collection.remove(
        collection.state().items.map(({ id }) => id),
        "Clear",
      );
    for (let round = 0; round < 10; round++) {
      const items = Array.from({ length: 5_000 }, (_, index) => word(`${round} ${index}`));
      collection.add(items, "Add");
      collection.setVectors(
        wide,
        items.map(({ id }) => ({ id, vector: new Float32Array(4).fill(round) })),
      );
      clear();
    }
    let undone = 0;
    while (collection.state().undoLabel !== undefined) {
      collection.undo();
      undone += 1;
    }
    // 20,000 removed items are kept: the last four rounds, and with them at least their clearing.
    expect(undone).toBeGreaterThanOrEqual(4 * 2 - 1);
    expect(undone).toBeLessThan(10 * 2);
  });
});
