import type { Rows } from "../../collection/rows";
import type { ItemId } from "../../collection/types";
import type { Scatter } from "../../scatter/types";
import type { AppModel } from "../context";
import { manyItems, type Steps } from "../steps";
import { SLICE } from "../workbench/in-slices";
import type { MapFrame } from "../workbench/types";
import { type Direction, DirectionSearch, directionOf, type Place } from "./direction";
import type { RowItems } from "./drawing";

/** What walking needs of the map. */
export interface Walk {
  readonly scatter: Scatter;
  readonly container: HTMLElement;
  readonly app: AppModel;
  readonly frame: MapFrame;
  readonly rows: Rows;
  readonly items: RowItems;
  /** Where a step among many points is looked for, task by task. */
  readonly steps: Steps;
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

/** Points looked at between two looks at the clock. */
const batch = 512;

/** Walks one step. Among many points it is looked for in several tasks; until it is found, keys that repeat go unheard. */
function step(walk: Walk, direction: Direction, extend: boolean): void {
  const { scatter, app, rows, items, steps } = walk;
  if (steps.isRunning) return;
  const start = app.view.getState().cursor ?? app.workbench.state.getState().selection[0];
  const row = start === undefined ? undefined : rows.get(start);
  const { clientWidth: width, clientHeight: height } = walk.container;
  const from = (row === undefined ? null : scatter.locate(row)) ?? { x: width / 2, y: height / 2 };
  const search = new DirectionSearch(from, direction);
  let next = 0;
  const look = (milliseconds: number) => {
    const until = performance.now() + milliseconds;
    while (next < items.length && (next % batch !== 0 || performance.now() < until)) {
      // A point that is hidden or out of view has no place.
      const place = items[next] && scatter.locate(next);
      if (place) search.offer(next, place);
      next++;
    }
    return next === items.length;
  };
  const arrive = () => {
    if (search.best !== undefined) stepTo(walk, search.best, extend);
  };
  if (items.length > manyItems) steps.run([() => look(SLICE), arrive]);
  else if (look(Number.POSITIVE_INFINITY)) arrive();
}

function stepTo({ scatter, container, app, frame, point }: Walk, row: number, extend: boolean): void {
  const place = scatter.locate(row);
  if (!place) return;
  keepInView(scatter, place, container.clientWidth, container.clientHeight);
  const id = frame.ids[row];
  app.view.setState({ cursor: id });
  if (extend) app.workbench.select([id], "add");
  point(id);
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
