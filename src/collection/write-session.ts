import {
  outline,
  recordData,
  type SessionDatabase,
  type SessionRecord,
  schema,
  stores,
  type Written,
} from "./stored-session";
import type { Item, SavedCollection } from "./types";

const sameList = <T>(a: readonly T[] | undefined, b: readonly T[]) =>
  a !== undefined && a.length === b.length && a.every((entry, index) => entry === b[index]);

/** The item as it is stored: pictures have records of their own, so that a changed label does not write them again. */
const withoutImage = ({ image: _, ...item }: Item): Item => item;

/**
 * Writes what differs from `before`, all or nothing; everything when `before` is undefined or somebody else has written
 * since. Rejects with what the browser throws (`QuotaExceededError`, …). Returns what stands in the database now.
 */
export async function writeSession(
  database: SessionDatabase,
  saved: SavedCollection,
  writer: string,
  before: Written | undefined,
): Promise<Written> {
  const after = await outline(saved, writer, (before?.revision ?? 0) + 1);
  const transaction = database.transaction(stores, "readwrite", { durability: "relaxed" });
  // The failure that matters is the one of the request that failed; `done` repeats it.
  transaction.done.catch(() => undefined);
  try {
    const session = transaction.objectStore("session");
    const items = transaction.objectStore("items");
    const images = transaction.objectStore("images");
    const vectors = transaction.objectStore("vectors");
    const places = transaction.objectStore("places");

    const current = await session.get("session");
    const trusted = before && current?.writer === before.writer && current.revision === before.revision;
    const old = trusted ? before : undefined;
    if (!old) for (const store of stores) await transaction.objectStore(store).clear();

    for (const [index, list] of after.items.entries()) {
      if (!sameList(old?.items[index], list)) await items.put(list.map(withoutImage), index);
    }
    if (old && old.items.length > after.items.length) {
      await items.delete(IDBKeyRange.lowerBound(after.items.length));
    }

    for (const [id, image] of after.images) if (old?.images.get(id) !== image) await images.put(image, id);
    for (const id of old?.images.keys() ?? []) if (!after.images.has(id)) await images.delete(id);

    for (const table of saved.tables) {
      const { id } = table.space;
      const records = after.vectors.get(id)!;
      const oldRecords = old?.vectors.get(id);
      for (const [index, { ids, fingerprint }] of records.entries()) {
        const there = oldRecords?.[index];
        if (there?.fingerprint === fingerprint && sameList(there.ids, ids)) continue;
        // A copy: a view would be stored with the whole of its buffer.
        await vectors.put({ ids, data: recordData(table, index).slice() }, [id, index]);
      }
      if (oldRecords && oldRecords.length > records.length) {
        await vectors.delete(IDBKeyRange.bound([id, records.length], [id, Number.POSITIVE_INFINITY]));
      }
    }
    for (const id of old?.vectors.keys() ?? []) {
      if (!after.vectors.has(id))
        await vectors.delete(IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY]));
    }

    for (const [space, entry] of after.places)
      if (old?.places.get(space) !== entry) await places.put(entry, space);
    for (const space of old?.places.keys() ?? []) if (!after.places.has(space)) await places.delete(space);

    const record: SessionRecord = {
      schema,
      writer,
      revision: after.revision,
      itemRecords: after.items.length,
      tables: saved.tables.map(({ space }) => ({ space, records: after.vectors.get(space.id)!.length })),
      places: [...after.places.keys()],
      settings: saved.settings,
    };
    await session.put(record, "session");
    await transaction.done;
    return after;
  } catch (thrown) {
    try {
      transaction.abort();
    } catch {
      // It has been aborted already: by the failure itself.
    }
    throw thrown;
  }
}
