import type { Item, ItemId, VectorTable } from "../../collection";
import { rowFinder } from "../../collection/rows";
import type { RegionsQuestion } from "../../comparison";
import type { MapFrame } from "./types";

/** Names come from at most so many points: enough for the smallest region that is named, and quick to hand over. */
const mostLookedAt = 20_000;
/** The classes of an image that speak for it: below this probability the classifier is guessing. */
const leastProbability = 0.1;

/** What an item says for the name of its region: its text, or what the classifier sees in it. */
function documentOf({ text, label, classes }: Item): string | readonly string[] {
  if (text !== undefined || !classes) return text ?? label;
  return classes.filter(({ probability }) => probability >= leastProbability).map(({ name }) => name);
}

/** A map as the comparison is asked for its regions, with what its items say; evenly thinned out where there are many. */
export function regionsQuestion(
  { ids, dimensions, positions }: MapFrame,
  table: VectorTable,
  find: (id: ItemId) => Item | undefined,
): RegionsQuestion {
  const step = Math.max(1, Math.ceil(ids.length / mostLookedAt));
  const rowOf = rowFinder(table.ids);
  const looked: number[] = [];
  const rows: number[] = [];
  const documents: (string | readonly string[])[] = [];
  const labels: string[] = [];
  for (let at = 0; at < ids.length; at += step) {
    const item = find(ids[at]);
    const row = rowOf(ids[at]);
    if (!item || row === undefined) continue;
    looked.push(at);
    rows.push(row);
    documents.push(documentOf(item));
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
