import { type ItemKind, type SpaceId, wholeSpaceId } from "../core/space";
import { outline, pacer, type SessionDatabase, schema, type Written } from "./stored-session";
import type { Item, ItemClasses, ItemId, Places, SavedCollection, SavedTable } from "./types";

const kinds: readonly ItemKind[] = ["text", "image", "row", "token", "patch"];

const isItem = (value: Item) =>
  typeof value?.id === "string" &&
  typeof value.label === "string" &&
  kinds.includes(value.kind) &&
  (value.text === undefined || typeof value.text === "string");

/**
 * Classes without an owner, as an earlier page wrote them: they are of the only encoder that read images, or nobody knows whose,
 * and are forgotten.
 */
function withOwner(item: Item, imageSpaces: readonly SpaceId[]): Item {
  const classes: readonly (ItemClasses | ItemClasses["ranked"][number])[] = item.classes ?? [];
  const ranked = classes.flatMap((each) => ("by" in each ? [] : [each]));
  if (ranked.length === 0) return item;
  const [by, ...others] = new Set(imageSpaces.map(wholeSpaceId));
  return { ...item, classes: by !== undefined && others.length === 0 ? [{ by, ranked }] : undefined };
}

const isPlaces = (value: Places | undefined): value is Places =>
  value !== undefined &&
  (value.dimensions === 2 || value.dimensions === 3) &&
  value.positions instanceof Float32Array &&
  Array.isArray(value.ids) &&
  value.positions.length === value.ids.length * value.dimensions &&
  (value.trust === undefined ||
    (value.trust instanceof Float32Array && value.trust.length === value.ids.length));

/**
 * Reads what was written. Parts that are damaged are left out: an item without its picture, vectors whose numbers are
 * not all there (they will be encoded again); `written` is undefined then, so that the next write mends all. Undefined
 * when there is nothing, or only what another schema wrote.
 */
export async function readSession(
  database: SessionDatabase,
): Promise<{ saved: SavedCollection; written: Written | undefined } | undefined> {
  const pace = pacer();
  const record = await database.get("session", "session");
  if (record?.schema !== schema) return undefined;

  let damaged = false;
  const imageSpaces = record.tables
    .filter(({ space }) => space.modalities.every((kind) => kind === "image" || kind === "patch"))
    .map(({ space }) => space.id);
  const items: Item[] = [];
  const seen = new Set<ItemId>();
  for (let index = 0; index < record.itemRecords; index++) {
    const list = await database.get("items", index);
    damaged ||= list === undefined;
    for (const item of list ?? []) {
      const image = item?.kind === "image" ? await database.get("images", item.id) : undefined;
      const whole = item?.of === undefined || seen.has(item.of);
      const readable = item?.kind !== "image" || image?.file instanceof Blob;
      if (!isItem(item) || seen.has(item.id) || !whole || !readable) {
        damaged = true;
        continue;
      }
      seen.add(item.id);
      items.push(withOwner(image ? { ...item, image } : item, imageSpaces));
    }
    await pace();
  }

  const tables: SavedTable[] = [];
  for (const { space, records } of record.tables) {
    const ids: ItemId[] = [];
    const blocks: Float32Array[] = [];
    for (let index = 0; index < records; index++) {
      const block = await database.get("vectors", [space.id, index]);
      const whole =
        block &&
        block.data instanceof Float32Array &&
        block.data.length === block.ids.length * space.dimension;
      if (!whole) {
        damaged = true;
        continue;
      }
      for (const id of block.ids) ids.push(id);
      blocks.push(block.data);
    }
    if (ids.length === 0 || new Set(ids).size < ids.length) {
      damaged = true;
      continue;
    }
    const data = new Float32Array(ids.length * space.dimension);
    let filled = 0;
    for (const block of blocks) {
      data.set(block, filled);
      filled += block.length;
      await pace();
    }
    tables.push({ space, ids, matrix: { data, rows: ids.length, dimension: space.dimension }, version: 0 });
  }

  const places: { space: SpaceId; places: Places }[] = [];
  for (const space of record.places) {
    const entry = await database.get("places", space);
    if (isPlaces(entry)) places.push({ space, places: entry });
    else damaged = true;
  }

  const saved = { items, tables, places, settings: record.settings };
  return { saved, written: damaged ? undefined : await outline(saved, record.writer, record.revision) };
}
