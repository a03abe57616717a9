import type { Matrix } from "../core/matrix";
import type { ItemKind, Space, SpaceId } from "../core/space";

/** Names one item for as long as it exists; never used again. */
export type ItemId = string & { readonly __item: unique symbol };

/** What the user put on the map. Immutable: a change makes a new object. */
export interface Item {
  readonly id: ItemId;
  readonly kind: ItemKind;
  /** What the map writes beside the point. */
  readonly label: string;
  /** The whole text of a text item. */
  readonly text?: string;
  /** The picture of an image item. */
  readonly image?: ItemImage;
  /** Named group, from a sample or a table's column; drawn as colour. */
  readonly category?: string;
  /** What a table says of a row beside its vector, by column. */
  readonly columns?: Readonly<Record<string, string | number>>;
  /** True when the encoder read only the beginning of the text. */
  readonly truncated?: boolean;
  /** What classifiers said of an image, one entry each. */
  readonly classes?: readonly ItemClasses[];
  /** Who made the picture and under which licence, where known. */
  readonly credit?: string;
  /** The item this one is a part of; it leaves the list and comes back with it. */
  readonly of?: ItemId;
  /** Which part of that item it is. */
  readonly part?: TokenPart | PatchPart;
}

/** What one classifier said of an image. */
export interface ItemClasses {
  /** The encoder, by its space's id, which holds its edition: another one's classes mean other things. */
  readonly by: SpaceId;
  /** Best first. */
  readonly ranked: readonly {
    readonly index: number;
    readonly name: string;
    readonly probability: number;
  }[];
}

/** One token of a text, as the encoder reads it. */
export interface TokenPart {
  /** From 0, special tokens included. */
  readonly place: number;
  readonly token: string;
  /** True for tokens that stand for no part of the text, such as [CLS]. */
  readonly special: boolean;
  /** Characters of the text it stands for: from `start` up to `end`; both 0 for special tokens. */
  readonly start: number;
  readonly end: number;
}

/** One patch or cell of an image. */
export interface PatchPart {
  /** From 0, row by row. */
  readonly place: number;
  readonly row: number;
  readonly column: number;
  /** Patches of the whole image. */
  readonly rows: number;
  readonly columns: number;
  /** Left, top, width and height as shares of the upright picture; it may lie partly outside. */
  readonly box: readonly [number, number, number, number];
}

export interface ItemImage {
  /** The file as it was given. */
  readonly file: Blob;
  /** At most 128 px on the longer side, upright, for map and lists; absent until the picture is decoded. */
  readonly thumbnail?: Blob;
  /** Pixels, upright; 0 until the picture is decoded. */
  readonly width: number;
  readonly height: number;
}

/** A row of a space: one item's vector. */
export interface VectorEntry {
  readonly id: ItemId;
  readonly vector: Float32Array;
}

/**
 * The vectors of one space, in the order of the collection's items; items without a vector are left out. The matrix is
 * a view of the collection's own memory and keeps its numbers for as long as it is held: slice it to send it to a
 * worker (a view would drag its whole buffer along), and never transfer its buffer.
 */
export interface SavedTable {
  readonly space: Space;
  readonly ids: readonly ItemId[];
  readonly matrix: Matrix;
  /** Changes whenever `ids` or `matrix` do; a new table object each time. */
  readonly version: number;
}

/** A table of the collection as it is now. */
export interface VectorTable extends SavedTable {
  /**
   * After a removal the matrix is put together when it is first asked for, which takes a while for many rows. This does that
   * part by part: goes on for some milliseconds, and returns false when more is left.
   */
  prepare(milliseconds: number): boolean;
}

/** Where items stood when they were last laid out in a space; the start of the next layout. */
export interface Places {
  readonly dimensions: 2 | 3;
  readonly ids: readonly ItemId[];
  /** `ids.length × dimensions` */
  readonly positions: Float32Array;
  /** How far to trust each place, in [0, 1]; absent where it was not measured. */
  readonly trust?: Float32Array;
  /** How the places came about, and how far to trust them. */
  readonly made: PlacesMade;
}

/** The projection behind some places. */
export interface PlacesMade {
  /** The projection's options, as one comparable text. */
  readonly options: string;
  readonly method: string;
  readonly note?: string;
  readonly trustworthiness: number;
  readonly continuity: number;
  readonly preservation: number;
  readonly qualityNeighbours: number;
  readonly qualityError: number;
  /** How many items that was measured of, drawn at random; absent where it was all. */
  readonly qualityMeasured?: number;
  readonly explained?: readonly number[];
}

export interface CollectionState {
  readonly items: readonly Item[];
  readonly selection: readonly ItemId[];
  readonly undoLabel?: string;
  readonly redoLabel?: string;
  /** Changes whenever an item gets a vector or loses one, in any space. */
  readonly vectorsVersion: number;
}

/** Many items on their way to the list, with their vectors in one space. Each step is short, and the page lives in between. */
export interface Staging {
  /**
   * Takes some more in, with their vectors, `items.length × space.dimension`, copied; nothing shows yet. Throws `RangeError`
   * when an id is there already or the length does not fit.
   */
  put(items: readonly Item[], vectors: Float32Array): void;
  /** Puts all of them on the list at once, as one undoable step. To be called once. */
  show(label: string): void;
}

/** All items with their vectors and metadata: the one source of truth. */
export interface Collection {
  /** The current state; the same object until something changes. */
  state(): CollectionState;
  subscribe(listener: (state: CollectionState, previous: CollectionState) => void): () => void;

  /** Makes several changes and tells listeners once, when the outermost `change` returns. Returns what `work` does. */
  change<T>(work: () => T): T;

  get(id: ItemId): Item | undefined;
  /** The item with this text (after the same tidying that input gets), so that a word is never added twice. */
  findText(text: string): Item | undefined;
  /** The parts of an item that are on the list, in the order in which they were attached. */
  partsOf(id: ItemId): readonly Item[];
  /** Appends items as one undoable step. Throws `RangeError` when an id is there already. */
  add(items: readonly Item[], label: string): void;
  /** As `add` and then `setVectors`, for many items: makes room for `expected` of them, which are then handed over in parts. */
  stage(space: Space, expected: number): Staging;
  /** Appends parts of items; no step of their own: they leave and come back with the item they are `of`. */
  attach(parts: readonly Item[]): void;
  /** Removes items and their parts as one undoable step; their vectors come back with undo. */
  remove(ids: readonly ItemId[], label: string): void;
  /** Replaces an item's fields that encoding found out (classes, truncated, thumbnail); not an undoable step. */
  update(id: ItemId, fields: Partial<Omit<Item, "id">>): void;
  /**
   * Drops items, and their parts, from the list and the history: items that never stood on the map because their
   * encoding failed, and parts that another encoder does not have.
   */
  discard(ids: readonly ItemId[]): void;
  undo(): void;
  redo(): void;

  select(ids: readonly ItemId[]): void;

  /**
   * Files vectors under their space, copied. Those of items that were discarded meanwhile are left out. Throws
   * `RangeError` when a length is not the space's dimension; nothing is filed then.
   */
  setVectors(space: Space, entries: readonly VectorEntry[]): void;
  /** A view of an item's vector, not a copy. Undefined when the item is not on the list or has none there. */
  vector(space: SpaceId, id: ItemId): Float32Array | undefined;
  /** Whether an item is on the list and has a vector in the space; quicker than making a view of it. */
  holds(space: SpaceId, id: ItemId): boolean;
  /** How many items have a vector in the space; cheap, unlike the first `table` after a change. */
  count(space: SpaceId): number;
  /** Cached until its space changes. Undefined when no item has a vector there. */
  table(space: SpaceId): VectorTable | undefined;
  spaces(): readonly Space[];

  /** Forgets a space: its vectors, those of removed items too, and its places. Not an undoable step. */
  dropSpace(space: SpaceId): void;

  setPlaces(space: SpaceId, places: Places): void;
  places(space: SpaceId): Places | undefined;
}

/** Makes a new, unused item id. */
export type NewItemId = () => ItemId;

/** What the next visit finds again; src/collection/persistence.ts saves and restores it. */
export interface SavedCollection {
  readonly items: readonly Item[];
  readonly tables: readonly SavedTable[];
  readonly places: readonly { readonly space: SpaceId; readonly places: Places }[];
  /** Choices of the page that go with the items (encoder ids, projection options, …), opaque to the collection. */
  readonly settings: unknown;
}
