import {
  type Collection,
  type Item,
  newItemId,
  type PatchPart,
  type TokenPart,
  type VectorEntry,
} from "../../collection";
import type { Space } from "../../core/space";

/** A vector of an item, or of one of its parts. */
export interface FoundVector {
  readonly index: number;
  readonly vector: Float32Array;
  readonly part?: TokenPart | PatchPart;
}

/** Colours tell apart at most this many items whose parts are on the map; more and they tell the items' categories. */
const MOST_COLOURED = 12;

/** True for spaces in which an item has a vector for each of its parts, and none of its own. */
export function isOfParts({ modalities }: Space): boolean {
  return modalities.includes("token") || modalities.includes("patch");
}

/** True when an item, or each of its parts, has its vector in a space. */
export function isFiled(collection: Collection, space: Space, item: Item): boolean {
  if (!isOfParts(space)) return collection.holds(space.id, item.id);
  return collection.partsOf(item.id).some((part) => collection.holds(space.id, part.id));
}

/**
 * Files what an encoder found under its space: vectors of items, and of their tokens or patches, which become items
 * unless they are there already from another tap of the same model.
 */
export function fileVectors(
  collection: Collection,
  space: Space,
  items: readonly Item[],
  results: readonly FoundVector[],
): void {
  const entries: VectorEntry[] = [];
  const fresh: Item[] = [];
  const coloured = new Map<Item["kind"], boolean>();
  const isColouredByItem = (kind: Item["kind"]) => {
    const known = coloured.get(kind);
    if (known !== undefined) return known;
    const few = collection.state().items.filter((item) => item.kind === kind).length <= MOST_COLOURED;
    coloured.set(kind, few);
    return few;
  };
  const byPlace = new Map<Item, Map<number, Item>>();
  for (const { index, vector, part } of results) {
    const whole = items[index];
    if (!part) {
      entries.push({ id: whole.id, vector });
      continue;
    }
    let known = byPlace.get(whole);
    if (!known) {
      known = new Map(collection.partsOf(whole.id).map((each) => [each.part?.place ?? -1, each]));
      byPlace.set(whole, known);
    }
    let item = known.get(part.place);
    if (!item) {
      item = partItem(whole, part, isColouredByItem(whole.kind));
      known.set(part.place, item);
      fresh.push(item);
    }
    entries.push({ id: item.id, vector });
  }
  if (fresh.length > 0) collection.attach(fresh);
  collection.setVectors(space, entries);
}

function partItem(whole: Item, part: TokenPart | PatchPart, isColouredByItem: boolean): Item {
  return {
    id: newItemId(),
    kind: "token" in part ? "token" : "patch",
    label: "token" in part ? part.token : `${whole.label} ${part.row + 1},${part.column + 1}`,
    category: isColouredByItem ? whole.label : whole.category,
    of: whole.id,
    part,
  };
}

/** Where a patch is, for people: "row 3, column 4", counted from 1. */
export function placeOf({ row, column }: PatchPart): string {
  return `row ${row + 1}, column ${column + 1}`;
}

/**
 * One vector for a whole input of which an encoder gave one per part: their mean, special tokens left out unless there
 * is nothing else. The vector itself where there is one. Undefined without results.
 */
export function wholeVector(results: readonly FoundVector[]): Float32Array | undefined {
  const telling = results.filter(({ part }) => !(part && "token" in part && part.special));
  const counted = telling.length > 0 ? telling : results;
  if (counted.length <= 1) return counted[0]?.vector;
  const mean = new Float32Array(counted[0].vector.length);
  for (const { vector } of counted)
    for (let i = 0; i < mean.length; i++) mean[i] += vector[i] / counted.length;
  return mean;
}
