import type { Item, ItemId, VectorTable } from "../../collection";
import { rowFinder } from "../../collection/rows";
import type { RegionsQuestion } from "../../comparison";
import type { SpaceId } from "../../core/space";
import { classesBy } from "./classes";
import type { MapFrame } from "./types";

/** Names come from at most so many points: enough for the smallest region that is named, and quick to hand over. */
const mostLookedAt = 20_000;
/** The classes of an image that speak for it: below this probability the classifier is guessing. */
const leastProbability = 0.1;

/** What an item says for the name of its region: its text, or what the classifier sees in it. */
function documentOf(item: Item, imageSpace: SpaceId): string | readonly string[] {
  const { text, label } = item;
  const classes = classesBy(item, imageSpace);
  if (text !== undefined || !classes) return text ?? label;
  return classes.filter(({ probability }) => probability >= leastProbability).map(({ name }) => name);
}

/** A map as the comparison is asked for its regions, with what its items say, pictures by the classes of the image encoder's space; evenly thinned out where there are many. */
export function regionsQuestion(
  { ids, dimensions, positions }: MapFrame,
  table: VectorTable,
  find: (id: ItemId) => Item | undefined,
  imageSpace: SpaceId,
): RegionsQuestion {
  const step = Math.max(1, Math.ceil(ids.length / mostLookedAt));
  const rowOf = rowFinder(table.ids, step);
  const looked: number[] = [];
  const rows: number[] = [];
  const documents: (string | readonly string[])[] = [];
  const labels: string[] = [];
  for (let at = 0; at < ids.length; at += step) {
    const item = find(ids[at]);
    // What is gone is in no table, and need not be looked for.
    const row = item && rowOf(item.id);
    if (!item || row === undefined) continue;
    looked.push(at);
    rows.push(row);
    documents.push(documentOf(item, imageSpace));
    labels.push(item.label);
  }
  return {
    key: table.space.id,
    positions,
    dimensions,
    looked: Uint32Array.from(looked),
    rows: Uint32Array.from(rows),
    documents,
    labels,
  };
}
