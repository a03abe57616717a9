import type { Item, ItemId } from "../../collection/types";
import type { Metric } from "../../core/space";
import type { ScatterLine, ScatterPoints } from "../../scatter/types";
import type { Colours } from "../colours/useColours";
import { barFraction } from "../ui/numbers";
import { shortNeighbourCount } from "../view";
import type { MapFrame, NeighbourItem } from "../workbench/types";

/** The row of every item on the map. */
export type Rows = ReadonlyMap<ItemId, number>;

export function rowsOf(frame: MapFrame): Rows {
  return new Map(frame.ids.map((id, row) => [id, row]));
}

/** The palette slot of every row. */
export function slotsOf(frame: MapFrame, items: ReadonlyMap<ItemId, Item>, colours: Colours): Uint8Array {
  return Uint8Array.from(frame.ids, (id) => {
    const item = items.get(id);
    return item ? colours.slot(item) : 0;
  });
}

/** A frame as the scatter draws it. `items` is asked whenever a label or a picture is needed. */
export function pointsOf(
  frame: MapFrame,
  items: () => ReadonlyMap<ItemId, Item>,
  slots: Uint8Array,
): ScatterPoints {
  const item = (row: number) => items().get(frame.ids[row]);
  return {
    count: frame.ids.length,
    dimensions: frame.dimensions,
    positions: frame.positions,
    colours: slots,
    kinds: Uint8Array.from(frame.ids, (_, row) => (item(row)?.kind === "image" ? 1 : 0)),
    label: (row) => item(row)?.label ?? "",
    thumbnail: (row) => {
      const picture = item(row)?.image?.thumbnail;
      return picture && createImageBitmap(picture);
    },
    key: (row) => frame.ids[row],
  };
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

/** The rows of one legend entry; null when none is emphasised. */
export function emphasisOf(
  key: string | null,
  frame: MapFrame,
  items: ReadonlyMap<ItemId, Item>,
  colours: Colours,
): readonly number[] | null {
  if (key === null) return null;
  return frame.ids.flatMap((id, row) => {
    const item = items.get(id);
    return item && colours.key(item) === key ? [row] : [];
  });
}

/** What a screen reader is told of a selected item: "football, sport; nearest: soccer 0.845, basketball 0.679." */
export function describeItem(item: Item, nearest: readonly string[]): string {
  const kind = item.kind === "text" ? undefined : item.kind;
  const what = [item.label, kind, item.category].filter(Boolean).join(", ");
  return nearest.length > 0 ? `${what}; nearest: ${nearest.join(", ")}.` : `${what}.`;
}
