import type { Rows } from "../../collection/rows";
import type { Item, ItemId } from "../../collection/types";
import type { Scatter } from "../../scatter/types";
import type { AppModel } from "../context";
import type { MapFrame } from "../workbench/types";
import { directionOf, nearestInDirection, type Place } from "./direction";
import type { RowItems } from "./drawing";

/** What walking needs of the map. */
export interface Walk {
  readonly scatter: Scatter;
  readonly container: HTMLElement;
  readonly app: AppModel;
  readonly frame: MapFrame;
  readonly rows: Rows;
  readonly items: RowItems;
  isShown(item: Item): boolean;
  /** Shows an item as if the pointer were on it, or none. */
  point(id: ItemId | null): void;
}

/** Neighbours that Enter on a selected item adds, and that opening an item flies to: what the panel lists. */
export const nearestCount = 8;

/**
 * Arrows walk to the next shown point in their direction, from where the last step ended or else from the selection; with
 * Shift they select on the way. Enter selects the point, with Shift beside what is selected; on a selected point it
 * selects the true neighbours as well. Escape leaves the walk and keeps the selection.
 */
export function pressOnMap(event: KeyboardEvent, walk: Walk): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { view, workbench } = walk.app;
  const { cursor } = view.getState();
  const direction = directionOf(event.key);
  if (direction) {
    event.preventDefault();
    step(walk, direction, event.shiftKey);
  } else if (event.key === "Enter") {
    const [first] = workbench.state.getState().selection;
    if (cursor === null && first === undefined) return;
    event.preventDefault();
    if (cursor !== null && cursor !== first)
      workbench.select([cursor], event.shiftKey ? "toggle" : "replace");
    else selectNeighbours(walk, cursor ?? first);
  } else if (event.key === "Escape" && cursor !== null) {
    // The page's Escape would clear the selection too.
    event.preventDefault();
    view.setState({ cursor: null });
  }
}

function selectNeighbours({ app: { workbench } }: Walk, id: ItemId): void {
  const space = workbench.state.getState().shown.space.id;
  workbench.neighbours(id, { k: nearestCount, space }).then(
    (found) => workbench.select([id, ...found.map(({ item }) => item.id)]),
    // The panel that ranks the same reports the failure.
    () => undefined,
  );
}

function step(walk: Walk, direction: NonNullable<ReturnType<typeof directionOf>>, extend: boolean): void {
  const { scatter, app, frame, rows, items } = walk;
  const { view, workbench } = app;
  const { selection } = workbench.state.getState();
  const start = view.getState().cursor ?? selection[0];
  const places = items.map((item, row): Place | undefined => {
    return item && walk.isShown(item) ? (scatter.locate(row) ?? undefined) : undefined;
  });
  const row = start === undefined ? undefined : rows.get(start);
  const { clientWidth: width, clientHeight: height } = walk.container;
  const from = (row === undefined ? undefined : places[row]) ?? { x: width / 2, y: height / 2 };
  const next = nearestInDirection(from, places, direction);
  const place = next === undefined ? undefined : places[next];
  if (next === undefined || !place) return;
  keepInView(scatter, place, width, height);
  const id = frame.ids[next];
  view.setState({ cursor: id });
  if (extend) workbench.select([id], "add");
  walk.point(id);
}

/** Points nearer to the edge than this are brought back towards the middle, with room for their label. */
const edge = 48;

function keepInView(scatter: Scatter, { x, y }: Place, width: number, height: number): void {
  const push = (at: number, size: number) =>
    at < edge ? edge - at : at > size - edge ? size - edge - at : 0;
  const across = push(x, width);
  const down = push(y, height);
  if (across !== 0 || down !== 0) scatter.panBy(across, down);
}
