import { type Rows, rowFinder } from "../../collection/rows";
import type { Item, ItemId } from "../../collection/types";
import type { ItemKind, Metric } from "../../core/space";
import type { ScatterLine, ScatterPoints, ScatterRegion } from "../../scatter/types";
import type { Colours } from "../colours/types";
import { barFraction } from "../ui/numbers";
import { shortNeighbourCount } from "../view";
import type { MapFrame, NeighbourItem } from "../workbench/types";
import type { RegionsState } from "./regions";
import { thumbnailOf } from "./thumbnail";
import { type Filter, isVisible } from "./visible";

/** The item of every row; undefined where it is gone. Looked up once: a map of a million rows asks for them again and again. */
export type RowItems = readonly (Item | undefined)[];

/** The items of a frame's rows, from the list of all items. */
export function itemsOfRows(frame: MapFrame, items: readonly Item[]): RowItems {
  const found = new Array<Item | undefined>(frame.ids.length).fill(undefined);
  const rowOf = rowFinder(frame.ids);
  let left = frame.ids.length;
  // While a million more wait for their places, all that have one come first.
  for (let at = 0; at < items.length && left > 0; at++) {
    const row = rowOf(items[at].id);
    if (row === undefined) continue;
    found[row] = items[at];
    left -= 1;
  }
  return found;
}

/** The palette slot of every row. */
export function slotsOf(rows: RowItems, colours: Colours): Uint8Array {
  const slots = new Uint8Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    const item = rows[row];
    if (item) slots[row] = colours.slot(item);
  }
  return slots;
}

/**
 * True when colours tell images apart: at least two of those that are drawn as pictures have another colour each. Where all
 * have one (by kind, or images without a category), frames in it would only be noise.
 */
export function imagesDiffer(rows: RowItems, slots: Uint8Array): boolean {
  let first: number | undefined;
  for (let row = 0; row < rows.length; row++) {
    const kind = rows[row]?.kind;
    if (kind !== "image" && kind !== "patch") continue;
    first ??= slots[row];
    if (slots[row] !== first) return true;
  }
  return false;
}

/** The places of the kinds in the scatter's `PointKind`. */
const kindNumbers: Record<ItemKind, number> = { text: 0, image: 1, row: 2, token: 3, patch: 4 };

/**
 * A frame as the scatter draws it. `items` is asked whenever a label or a picture is needed, `whole` for the item that a
 * patch is a part of.
 */
export function pointsOf(
  frame: MapFrame,
  items: () => RowItems,
  whole: (id: ItemId) => Item | undefined,
  slots: Uint8Array,
): ScatterPoints {
  const kinds = new Uint8Array(slots.length);
  items().forEach((item, row) => {
    if (item) kinds[row] = kindNumbers[item.kind];
  });
  return {
    count: frame.ids.length,
    dimensions: frame.dimensions,
    positions: frame.positions,
    colours: slots,
    kinds,
    label: (row) => items()[row]?.label ?? "",
    thumbnail: (row) => {
      const item = items()[row];
      return item && thumbnailOf(item, item.of === undefined ? undefined : whole(item.of));
    },
    key: (row) => frame.ids[row],
  };
}

/** Members a name moves with: it rides on them while a layout travels, and needs no more than a fair part of them. */
const mostMembers = 500;
/** A region of which less is shown goes without its name: that speaks of what is not there. */
const leastShown = 0.1;

/**
 * The regions of a frame's items as the scatter names them. `shown` holds for each row whether it is drawn (null: all are): a
 * region is named where its shown rows are, and not at all with hardly any.
 */
export function regionsOf(
  { of, regions }: Pick<RegionsState, "of" | "regions">,
  frame: MapFrame,
  shown: Uint8Array | null,
): readonly ScatterRegion[] {
  const counts = shown ? new Uint32Array(regions.length) : Uint32Array.from(regions, ({ size }) => size);
  // Plain loops: of a million rows, each is met twice.
  if (shown) {
    for (let row = 0; row < of.length; row++) if (of[row] >= 0 && shown[row] !== 0) counts[of[row]]++;
  }
  const members = regions.map((): number[] => []);
  const steps = counts.map((count) => Math.max(1, Math.ceil(count / mostMembers)));
  /** Rows of each region to be passed over until the next member. */
  const wait = new Uint32Array(regions.length);
  for (let row = 0; row < of.length; row++) {
    const region = of[row];
    if (region < 0 || (shown !== null && shown[row] === 0)) continue;
    if (wait[region] === 0) {
      members[region].push(row);
      wait[region] = steps[region];
    }
    wait[region]--;
  }
  return regions.flatMap(({ name, size, centre }, region) => {
    const weight = counts[region];
    if (name === "" || weight < size * leastShown) return [];
    const [x, y, z] = shown ? meanOf(frame, members[region]) : centre;
    return [{ text: name, x, y, z, weight, members: members[region] }];
  });
}

/** The mean place of some rows of a frame; the third number is 0 in a plane. */
function meanOf({ positions, dimensions }: MapFrame, rows: readonly number[]): readonly number[] {
  const mean = [0, 0, 0];
  for (const row of rows) {
    for (let axis = 0; axis < dimensions; axis++)
      mean[axis] += positions[row * dimensions + axis] / rows.length;
  }
  return mean;
}

/** Lines from an item to its true neighbours, as far as they are on the map; at most as many as the list shows. */
export function linesOf(
  from: number | undefined,
  neighbours: readonly NeighbourItem[],
  metric: Metric,
  rows: Rows,
): readonly ScatterLine[] {
  if (from === undefined) return [];
  const similarities = neighbours.map((neighbour) => neighbour.similarity);
  return neighbours.slice(0, shortNeighbourCount).flatMap(({ item, similarity }) => {
    const to = rows.get(item.id);
    return to === undefined ? [] : [{ from, to, weight: barFraction(similarity, metric, similarities) }];
  });
}

/** The rows of the items that a test picks out. */
export function rowsWhere(items: RowItems, test: (item: Item) => boolean): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row < items.length; row++) {
    const item = items[row];
    if (item && test(item)) rows.push(row);
  }
  return rows;
}

/** For each row whether its item is there and shown: 1 or 0. */
export function visibleRows(items: RowItems, filter: Filter, colours: Colours): Uint8Array {
  const shown = new Uint8Array(items.length);
  for (let row = 0; row < items.length; row++) {
    const item = items[row];
    if (item && isVisible(item, filter, colours)) shown[row] = 1;
  }
  return shown;
}

/** What a screen reader is told of an item: "football, sport, upper left; nearest: soccer 0.845, basketball 0.679." */
export function describeItem(
  item: Item,
  { where, nearest }: { readonly where: string; readonly nearest: readonly string[] },
): string {
  const kind = item.kind === "text" ? undefined : item.kind;
  const what = [item.label, kind, item.category, where].filter(Boolean).join(", ");
  return nearest.length > 0 ? `${what}; nearest: ${nearest.join(", ")}.` : `${what}.`;
}
