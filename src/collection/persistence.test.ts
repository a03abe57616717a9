import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { NamedError } from "../core/errors";
import { type Space, spaceId } from "../core/space";
import { createCollection, type Item, newItemId, openPersistence, type Persistence } from ".";

const space = (id: string, dimension = 384): Space => ({
  id: spaceId(id),
  title: id,
  dimension,
  metric: "cosine",
  modalities: ["text"],
});

const meaning = space("meaning");

const word = (text: string): Item => ({ id: newItemId(), kind: "text", label: text, text });

const words = (count: number, start = 0) =>
  Array.from({ length: count }, (_, index) => word(`word ${start + index}`));

const picture = (content: string): Item => ({
  id: newItemId(),
  kind: "image",
  label: content,
  image: {
    file: new File([content], `${content}.png`, { type: "image/png" }),
    thumbnail: new Blob([`small ${content}`], { type: "image/webp" }),
    width: 640,
    height: 480,
  },
});

const entries = (items: readonly Item[], dimension = 384) =>
  items.map(({ id }, row) => ({
    id,
    vector: Float32Array.from({ length: dimension }, (_, axis) => Math.sin(row * 31 + axis)),
  }));

const opened: Persistence[] = [];
const problems: NamedError[] = [];
/** Second tabs that were told that they are kept from now on. */
const takenOver: Persistence[] = [];

async function open() {
  const persistence: Persistence = await openPersistence({
    name: "nearfield",
    onProblem: (error) => problems.push(error),
    onPersisted: () => takenOver.push(persistence),
  });
  opened.push(persistence);
  return persistence;
}

const close = () => Promise.all(opened.splice(0).map((persistence) => persistence.close()));

/** What the next visit finds: everything is closed and opened again. */
async function nextVisit() {
  await close();
  const persistence = await open();
  return { persistence, saved: await persistence.restore() };
}

/** Vitest compares large arrays number by number, which takes seconds. */
const sameBits = (a: Float32Array, b: Float32Array) =>
  Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));

const raw = () => openDB("nearfield", 1);

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  problems.length = 0;
  takenOver.length = 0;
});

afterEach(async () => {
  await close();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("what the next visit finds", () => {
  it("is nothing at first", async () => {
    expect(await (await open()).restore()).toBeUndefined();
    expect(problems).toEqual([]);
  });

  it("gives classes that an earlier page wrote to the only encoder that read images, or to nobody", async () => {
    const ranked = [{ index: 3, name: "ball", probability: 0.9 }];
    const image = { ...meaning, id: spaceId("lite#2"), modalities: ["image" as const] };
    const collection = createCollection();
    const written = { ...picture("ball"), classes: ranked as unknown as Item["classes"] };
    collection.add([written], "Add");
    collection.setVectors(image, entries([written]));
    (await open()).save(collection, {});
    const visit = await nextVisit();
    expect(visit.saved!.items[0].classes).toEqual([{ by: "lite#2", ranked }]);
    collection.setVectors({ ...image, id: spaceId("digits") }, entries([written]));
    visit.persistence.save(collection, {});
    expect((await nextVisit()).saved!.items[0].classes).toBeUndefined();
  });

  it("is the items in order, with vectors, places, pictures and settings, bit for bit", async () => {
    const persistence = await open();
    const collection = createCollection();
    const items = [
      ...words(1_000),
      picture("ball"),
      { ...word("shoe"), category: "clothes", truncated: true },
    ];
    collection.add(items, "Add");
    collection.setVectors(meaning, entries(items.slice(0, 900)));
    const places = {
      dimensions: 3 as const,
      ids: items.slice(0, 900).map(({ id }) => id),
      positions: Float32Array.from({ length: 2_700 }, (_, index) => index / 7),
      trust: Float32Array.from({ length: 900 }, (_, index) => index / 900),
      made: {
        options: "{}",
        method: "umap",
        trustworthiness: 0.9,
        continuity: 0.8,
        preservation: 0.5,
        qualityNeighbours: 10,
        qualityError: 0,
      },
    };
    collection.setPlaces(meaning.id, places);
    persistence.save(collection, { theme: "dark" });

    const { saved } = await nextVisit();
    const withoutImages = (list: readonly Item[]) => list.map(({ image: _, ...item }) => item);
    expect(withoutImages(saved!.items)).toEqual(withoutImages(items));
    expect(await saved!.items[1_000].image!.file.text()).toBe("ball");
    expect(await saved!.items[1_000].image!.thumbnail!.text()).toBe("small ball");
    expect(saved!.items[1_000].image).toMatchObject({ width: 640, height: 480 });
    expect(saved!.settings).toEqual({ theme: "dark" });
    expect(saved!.places).toEqual([{ space: meaning.id, places }]);
    expect(saved!.tables[0].ids).toEqual(collection.table(meaning.id)!.ids);
    expect(sameBits(saved!.tables[0].matrix.data, collection.table(meaning.id)!.matrix.data)).toBe(true);
    expect(saved!.tables[0].space).toEqual(meaning);
    expect(problems).toEqual([]);
  });

  it("is what a chain of changes and visits led to", async () => {
    let { persistence, saved } = await nextVisit();
    let collection = createCollection(saved);
    const items = () => collection.state().items;
    const first = words(1_200);
    for (const step of [
      () => {
        collection.add([...first, picture("a"), picture("b")], "Add");
        collection.setVectors(meaning, entries(first));
      },
      () => collection.remove([first[3].id, first[700].id, items()[1_200].id], "Remove"),
      () => collection.setVectors(space("letters", 64), entries(first.slice(0, 10), 64)),
      () =>
        collection.setVectors(
          meaning,
          entries(first.slice(600, 601)).map(({ id }) => ({ id, vector: new Float32Array(384) })),
        ),
      () => collection.update(first[900].id, { label: "renamed" }),
      () =>
        collection.remove(
          first.slice(0, 1_000).map(({ id }) => id),
          "Remove",
        ),
      () =>
        collection.remove(
          collection.state().items.map(({ id }) => id),
          "Clear",
        ),
      () => collection.add(words(2, 5_000), "Add"),
    ]) {
      step();
      persistence.save(collection, {});
      await persistence.flush();
      const before = collection;
      ({ persistence, saved } = await nextVisit());
      collection = createCollection(saved);
      const plain = (items: readonly Item[]) =>
        items.map(({ image, ...item }) => ({ ...item, has: image !== undefined }));
      expect(plain(collection.state().items)).toEqual(plain(before.state().items));
      expect(collection.spaces()).toEqual(before.spaces());
      for (const { id } of before.spaces()) {
        expect(collection.table(id)!.ids).toEqual(before.table(id)!.ids);
        expect(sameBits(collection.table(id)!.matrix.data, before.table(id)!.matrix.data)).toBe(true);
      }
    }
    const database = await raw();
    expect(await database.count("vectors")).toBe(0);
    expect(await database.count("images")).toBe(0);
    expect(await database.count("items")).toBe(1);
    database.close();
    expect(problems).toEqual([]);
  });

  it("leaves out what is damaged, and mends it with the next write", async () => {
    const persistence = await open();
    const collection = createCollection();
    const items = [...words(1_100), picture("ball")];
    collection.add(items, "Add");
    collection.setVectors(meaning, entries(items.slice(0, 1_100)));
    persistence.save(collection, {});
    await close();
    const database = await raw();
    await database.delete("items", 1);
    await database.delete("images", items[1_100].id);
    await database.put("vectors", { ids: [items[0].id], data: new Float32Array(3) }, ["meaning", 0]);
    database.close();

    const found = await nextVisit();
    expect(found.saved!.items.map(({ label }) => label)).toEqual([
      ...items.slice(0, 512).map(({ label }) => label),
      ...items.slice(1_024, 1_100).map(({ label }) => label),
    ]);
    const restored = createCollection(found.saved);
    expect(restored.table(meaning.id)!.matrix.rows).toBeLessThan(588);
    restored.setVectors(meaning, entries(restored.state().items));
    found.persistence.save(restored, {});
    const again = await nextVisit();
    expect(again.saved!.items).toEqual(restored.state().items);
    expect(sameBits(again.saved!.tables[0].matrix.data, restored.table(meaning.id)!.matrix.data)).toBe(true);
  });

  it("is nothing where another schema wrote, and that does not come back", async () => {
    await open();
    await close();
    const database = await raw();
    await database.put("session", { schema: 99, items: "?" }, "session");
    await database.put("items", ["old"], 7);
    database.close();
    const { persistence, saved } = await nextVisit();
    expect(saved).toBeUndefined();
    persistence.save(createCollection(), {});
    expect((await nextVisit()).saved).toMatchObject({ items: [], tables: [] });
    const after = await raw();
    expect(await after.getAllKeys("items")).toEqual([]);
    after.close();
  });
});

describe("writing", () => {
  /** Counts the records put into the database. */
  const puts = () => vi.spyOn(IDBObjectStore.prototype, "put");

  it("writes again only the records that changed", async () => {
    const persistence = await open();
    const collection = createCollection();
    const items = [...words(3_000), picture("a"), picture("b")];
    collection.add(items, "Add");
    collection.setVectors(meaning, entries(items.slice(0, 3_000)));
    persistence.save(collection, {});
    await persistence.flush();

    const put = puts();
    persistence.save(collection, { theme: "dark" });
    await persistence.flush();
    expect(put).toHaveBeenCalledTimes(1);
    put.mockClear();
    collection.update(items[5].id, { label: "renamed" });
    persistence.save(collection, {});
    await persistence.flush();
    expect(put).toHaveBeenCalledTimes(2);
    put.mockClear();
    const [late] = words(1);
    collection.add([late], "Add");
    collection.setVectors(meaning, entries([late]));
    persistence.save(collection, {});
    await persistence.flush();
    expect(put).toHaveBeenCalledTimes(3);

    const { persistence: next, saved } = await nextVisit();
    put.mockClear();
    next.save(createCollection(saved), {});
    await next.flush();
    expect(put).toHaveBeenCalledTimes(1);
  });

  it("waits for a burst of changes to end, but not for ever", async () => {
    const persistence = await open();
    const collection = createCollection();
    const put = puts();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    for (let change = 0; change < 10; change++) {
      persistence.save(collection, change);
      await vi.advanceTimersByTimeAsync(100);
    }
    const early = put.mock.calls.length;
    for (let change = 0; change < 100; change++) {
      persistence.save(collection, change);
      await vi.advanceTimersByTimeAsync(100);
    }
    vi.useRealTimers();
    await persistence.flush();
    expect(early).toBe(0);
    expect(put.mock.calls.length).toBeGreaterThanOrEqual(1);
    expect(put.mock.calls.length).toBeLessThanOrEqual(3);
  });

  it("starts anew when somebody else has written in between", async () => {
    const first = await open();
    const second = await open();
    const one = createCollection();
    one.add(words(600), "Add");
    first.save(one, {});
    await first.flush();
    const two = createCollection();
    two.add(words(3, 9_000), "Add");
    second.save(two, {});
    await second.flush();
    one.add(words(1, 7_000), "Add");
    first.save(one, {});
    await first.flush();
    expect((await nextVisit()).saved!.items).toEqual(one.state().items);
  });

  it("says once that it failed, keeps what was there, and recovers", async () => {
    const persistence = await open();
    const collection = createCollection();
    collection.add(words(3), "Add");
    persistence.save(collection, "before");
    await persistence.flush();

    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    collection.add([picture("large")], "Add");
    for (let attempt = 0; attempt < 3; attempt++) {
      persistence.save(collection, "after");
      await persistence.flush();
    }
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ name: "StorageFailed", message: expect.stringContaining("full") });
    put.mockRestore();
    const copy = await open();
    expect((await copy.restore())?.settings).toBe("before");

    persistence.save(collection, "after");
    await persistence.flush();
    const { saved } = await nextVisit();
    expect(saved).toMatchObject({ settings: "after" });
    expect(saved!.items).toHaveLength(4);
    expect(problems).toHaveLength(1);
  });
});

describe("a browser that does not store", () => {
  it.each<[string, () => void]>([
    ["has no database", () => vi.stubGlobal("indexedDB", undefined)],
    [
      "refuses to open one",
      () => {
        vi.spyOn(IDBFactory.prototype, "open").mockImplementation(() => {
          throw new DOMException("private", "SecurityError");
        });
      },
    ],
  ])("is worked without when it %s", async (_, arrange) => {
    arrange();
    const persistence = await open();
    expect(persistence.persisted).toBe(false);
    expect(await persistence.restore()).toBeUndefined();
    persistence.save(createCollection(), {});
    await persistence.flush();
    expect(problems.map(({ name }) => name)).toEqual(["StorageFailed"]);
  });

  it("is worked without when a newer page has upgraded the database", async () => {
    (await openDB("nearfield", 2)).close();
    const persistence = await open();
    expect(persistence.persisted).toBe(false);
    expect(problems.map(({ name }) => name)).toEqual(["StorageFailed"]);
  });
});

describe("a second tab", () => {
  /** Locks as the browser keeps them, for one name: Node 20 has none. */
  const stubLocks = () => {
    let tail = Promise.resolve();
    vi.stubGlobal("navigator", {
      locks: {
        request(_: string, { signal }: { signal: AbortSignal }, work: () => Promise<void>) {
          const turn = tail.then(() => (signal.aborted ? Promise.reject(signal.reason) : work()));
          tail = turn.catch(() => undefined);
          const given = new Promise<never>((_resolve, reject) => {
            signal.addEventListener("abort", () => reject(signal.reason));
          });
          return Promise.race([turn, given]);
        },
      },
    });
  };

  it("is kept once the first is closed, when nothing of that would be lost", async () => {
    stubLocks();
    const first = await open();
    first.save(createCollection(), {});
    await first.flush();
    const second = await open();
    const copy = createCollection(await second.restore());
    await first.close();
    await vi.waitFor(() => expect(takenOver).toEqual([second]));
    expect(second.persisted).toBe(true);
    copy.add(words(2), "Add");
    second.save(copy, {});
    await second.flush();
    expect((await nextVisit()).saved!.items).toHaveLength(2);
  });

  it("does not write over what the first kept after it had read", async () => {
    stubLocks();
    const first = await open();
    const collection = createCollection();
    first.save(collection, {});
    await first.flush();
    const second = await open();
    const copy = createCollection(await second.restore());
    collection.add(words(3), "Add");
    first.save(collection, {});
    await first.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    copy.add(words(1), "Add");
    second.save(copy, {});
    await second.flush();
    expect([second.persisted, takenOver]).toEqual([false, []]);
    expect((await nextVisit()).saved!.items).toHaveLength(3);
  });

  it("finds a copy and keeps nothing, until the first is closed", async () => {
    stubLocks();
    const first = await open();
    const collection = createCollection();
    collection.add(words(3), "Add");
    first.save(collection, {});
    await first.flush();

    const second = await open();
    expect([first.persisted, second.persisted]).toEqual([true, false]);
    const copy = createCollection(await second.restore());
    expect(copy.state().items).toEqual(collection.state().items);
    copy.remove([copy.state().items[0].id], "Remove");
    second.save(copy, {});
    await second.flush();

    const { persistence, saved } = await nextVisit();
    expect(persistence.persisted).toBe(true);
    expect(saved!.items).toHaveLength(3);
    expect(problems).toEqual([]);
  });
});
