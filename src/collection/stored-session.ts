import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Space, SpaceId } from "../core/space";
import type { Item, ItemId, ItemImage, Places, SavedCollection, SavedTable } from "./types";

/** Raised whenever what is written below changes its meaning; what an older page wrote is then not read. */
export const schema = 1;

/** Items described in one record: a record takes a fraction of a millisecond to copy. */
const recordItems = 512;

/** Numbers of vectors in one record, half a megabyte: small enough to copy unnoticed, and few enough records. */
const recordNumbers = 1 << 17;

/** The page gives way to its user after this many milliseconds of work at a stretch; 50 would be felt. */
const stretch = 8;

export interface SessionRecord {
  readonly schema: number;
  /** Who wrote last, and how often: another page's writing makes ours start anew. */
  readonly writer: string;
  readonly revision: number;
  readonly itemRecords: number;
  readonly tables: readonly { readonly space: Space; readonly records: number }[];
  readonly places: readonly SpaceId[];
  readonly settings: unknown;
}

interface VectorRecord {
  readonly ids: readonly ItemId[];
  readonly data: Float32Array;
}

interface SessionSchema extends DBSchema {
  session: { key: string; value: SessionRecord };
  items: { key: number; value: readonly Item[] };
  images: { key: string; value: ItemImage };
  vectors: { key: [string, number]; value: VectorRecord };
  places: { key: string; value: Places };
}

export type SessionDatabase = IDBPDatabase<SessionSchema>;

export const stores = ["session", "items", "images", "vectors", "places"] as const;

/** What stands in the database, so that only the rest need be written. */
export interface Written {
  readonly writer: string;
  readonly revision: number;
  readonly items: readonly (readonly Item[])[];
  readonly images: ReadonlyMap<ItemId, ItemImage>;
  readonly vectors: ReadonlyMap<SpaceId, readonly WrittenVectors[]>;
  readonly places: ReadonlyMap<SpaceId, Places>;
}

interface WrittenVectors {
  readonly ids: readonly ItemId[];
  readonly fingerprint: number;
}

/**
 * Opens the database; what an older page left in it is deleted. `onClose`: it can't be used any more. Rejects, and never
 * throws, where the browser has no databases or refuses to open one.
 */
export async function openSessionDatabase(name: string, onClose: () => void): Promise<SessionDatabase> {
  return openDB<SessionSchema>(name, schema, {
    upgrade(database) {
      for (const store of [...database.objectStoreNames]) database.deleteObjectStore(store);
      for (const store of stores) database.createObjectStore(store);
    },
    // A newer page wants to upgrade: give way to it.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      onClose();
    },
    terminated: onClose,
  });
}

/** Gives way to the page's other work when a stretch is over. */
export function pacer() {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < stretch) return;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  };
}

/** 53 bits that tell one block of numbers from another (two multiplicative hashes over the 32-bit words). */
function fingerprint(data: Float32Array): number {
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length);
  let high = 0x811c9dc5;
  let low = 0x9e3779b9;
  for (const word of words) {
    high = Math.imul(high ^ word, 0x01000193);
    low = Math.imul((low ^ (low >>> 15)) + word, 0x85ebca6b);
  }
  return (high >>> 11) * 2 ** 32 + ((low ^ (low >>> 16)) >>> 0);
}

const rowsPerRecord = (dimension: number) => Math.max(1, Math.floor(recordNumbers / Math.max(1, dimension)));

function cut<T>(list: readonly T[], length: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / length) }, (_, index) =>
    list.slice(index * length, (index + 1) * length),
  );
}

/** The numbers of one vector record of a table; a view. */
export function recordData({ matrix }: SavedTable, record: number): Float32Array {
  const numbers = rowsPerRecord(matrix.dimension) * matrix.dimension;
  return matrix.data.subarray(record * numbers, (record + 1) * numbers);
}

/** What the database will hold once `saved` is written. */
export async function outline(saved: SavedCollection, writer: string, revision: number): Promise<Written> {
  const pace = pacer();
  const vectors = new Map<SpaceId, WrittenVectors[]>();
  for (const table of saved.tables) {
    const records: WrittenVectors[] = [];
    for (const ids of cut(table.ids, rowsPerRecord(table.matrix.dimension))) {
      records.push({ ids, fingerprint: fingerprint(recordData(table, records.length)) });
      await pace();
    }
    vectors.set(table.space.id, records);
  }
  return {
    writer,
    revision,
    items: cut(saved.items, recordItems),
    images: new Map(saved.items.flatMap(({ id, image }) => (image ? [[id, image] as const] : []))),
    vectors,
    places: new Map(saved.places.map(({ space, places }) => [space, places])),
  };
}
