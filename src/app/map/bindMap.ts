import { indexRows, type Rows, rowsOfIds } from "../../collection/rows";
import type { Item, ItemId } from "../../collection/types";
import type { Scatter } from "../../scatter/types";
import type { AppModel } from "../context";
import { createSteps, manyItems } from "../steps";
import { readScatterTheme } from "../theme/readColours";
import { onSystemTheme } from "../theme/theme";
import { SLICE } from "../workbench/in-slices";
import type { MapFrame } from "../workbench/types";
import { watchCovers } from "./covers";
import {
  imagesDiffer,
  itemsOfRows,
  linesOf,
  pointsOf,
  type RowItems,
  regionsOf,
  rowsWhere,
  slotsOf,
  visibleRows,
} from "./drawing";
import { areNamed } from "./regions";
import { isFiltering } from "./visible";
import { nearestCount, pressOnMap } from "./walking";

/** What the React side wants to know of a bound map. */
export interface MapEvents {
  hover(place: { item: Item; x: number; y: number } | null): void;
  /** Whether any of the items that are shown is in view. */
  inView(any: boolean): void;
  /** What was drawn is gone for now, and why; null when it came back. */
  lost(because: "lost" | "stopped" | null): void;
  /** No map can be drawn here: there is no WebGL 2, or what draws has failed too often. */
  unavailable(because: "missing" | "failed"): void;
}

/** A map in step with the page. */
export interface BoundMap {
  /** Does what a key pressed on the map means there. */
  press(event: KeyboardEvent): void;
  dispose(): void;
}

/** Frames of a running layout come in quicker than this, so that points glide between them. */
const frameMilliseconds = 140;

/** Keeps a scatter in step with the workbench and the view, and hands its events back to them. */
export function bindMap(
  scatter: Scatter,
  container: HTMLElement,
  app: AppModel,
  events: MapEvents,
): BoundMap {
  const { workbench, view, nearest, colouring, regions } = app;
  let frame: MapFrame = { ids: [], dimensions: 2, positions: new Float32Array() };
  let rows: Rows = new Map();
  let slots: Uint8Array = new Uint8Array();
  let items: RowItems = [];

  /** What was read last, and the lists it was read from. */
  let read = { ids: frame.ids, list: [] as readonly Item[], items };
  const itemsOf = (of: MapFrame): RowItems => {
    const list = workbench.state.getState().items;
    if (read.ids !== of.ids || read.list !== list) read = { ids: of.ids, list, items: itemsOfRows(of, list) };
    return read.items;
  };
  const readItems = () => {
    items = itemsOf(frame);
  };
  const colours = () => colouring.getState().colours;
  const rowsFor = (ids: readonly ItemId[]) => ids.flatMap((id) => rows.get(id) ?? []);

  const drawSelection = () => scatter.setSelection(rowsFor(workbench.state.getState().selection));
  const drawLines = () => {
    const { query, neighbours, metric } = nearest.getState();
    const from = query && "id" in query ? rows.get(query.id) : undefined;
    scatter.setLines(linesOf(from, neighbours, metric, rows));
  };
  const drawHover = () => {
    const { hovered } = workbench.state.getState();
    scatter.setHover(hovered === null ? null : (rows.get(hovered) ?? null));
  };
  /** What is pointed at in the legend stands out, else what the search has found. */
  const drawEmphasis = () => {
    const { emphasised, found } = view.getState();
    const made = colours();
    if (emphasised !== null) scatter.setEmphasis(rowsWhere(items, (item) => made.key(item) === emphasised));
    else scatter.setEmphasis(found && rowsFor(found));
  };
  /** What the legend and "isolate" leave out is not there for the map; for each row, null when nothing is left out. */
  let shown: Uint8Array | null = null;
  const drawVisible = () => {
    shown = isFiltering(view.getState()) ? visibleRows(items, view.getState(), colours()) : null;
    scatter.setVisible(shown);
  };
  const drawRegions = () => {
    const found = regions.getState();
    // Those of an earlier frame have rows of their own; they go, and the next ones come when the map rests.
    const isOfThis = found.frame?.ids === frame.ids && found.frame.dimensions === frame.dimensions;
    scatter.setRegions(
      isOfThis && areNamed(frame.ids.length, view.getState()) ? regionsOf(found, frame, shown) : [],
    );
  };
  const drawShown = () => {
    drawVisible();
    drawRegions();
  };
  const filtering = createSteps();
  /** The filter has changed. */
  const onFilter = () => {
    if (frame.ids.length > manyItems) filtering.run([drawVisible, drawRegions]);
    else drawShown();
  };
  const selecting = createSteps();
  const onSelection = () => {
    if (workbench.state.getState().selection.length > manyItems) selecting.run([drawSelection]);
    else {
      selecting.cancel();
      drawSelection();
    }
  };
  const emphasising = createSteps();
  /** Pointing at the legend is answered once the click that may follow is. */
  const onEmphasis = () => {
    if (frame.ids.length > manyItems) emphasising.run([drawEmphasis]);
    else drawEmphasis();
  };
  const drawPoints = () => {
    slots = slotsOf(items, colours());
    scatter.setPoints(pointsOf(frame, () => items, workbench.item, slots));
  };
  const drawFrames = () => scatter.setFrames(imagesDiffer(items, slots));
  const drawMarks = () => {
    drawSelection();
    drawLines();
    drawHover();
    drawEmphasis();
    drawShown();
  };
  const repaint = () => {
    const repainted = slotsOf(items, colours());
    if (repainted.every((slot, row) => slot === slots[row])) return;
    slots = repainted;
    scatter.setColours(slots);
  };

  /** A frame of other points that is drawn in a moment. */
  let coming: MapFrame | undefined;
  const steps = createSteps();
  const adopt = (next: MapFrame) => {
    walking.cancel();
    coming = undefined;
    frame = next;
    rows = rowsOfIds(next.ids);
    readItems();
    drawPoints();
  };
  const onFrame = (next: MapFrame) => {
    const latest = coming ?? frame;
    if (next.ids === latest.ids && next.dimensions === latest.dimensions) {
      if (coming) coming = next;
      else {
        frame = next;
        scatter.setPositions(next.positions, frameMilliseconds);
      }
    } else if (next.ids.length <= manyItems) {
      steps.cancel();
      adopt(next);
      drawFrames();
      drawMarks();
    } else {
      coming = next;
      steps.run([
        () => indexRows(next.ids, SLICE),
        () => itemsOf(next),
        () => adopt(coming ?? next),
        drawFrames,
        drawMarks,
      ]);
    }
  };

  const repainting = createSteps();
  /** Items or colours have changed. */
  const onColours = () => {
    const redrawMarks = () => {
      if (view.getState().emphasised !== null) drawEmphasis();
      if (isFiltering(view.getState())) drawShown();
    };
    const work = [readItems, repaint, drawFrames, redrawMarks];
    if (frame.ids.length > manyItems) repainting.run(work);
    else for (const each of work) each();
  };

  const walking = createSteps();
  /** Shows an item's card where it is drawn, or none. */
  const showAt = (id: ItemId | null) => {
    workbench.hover(id);
    const row = id === null ? undefined : rows.get(id);
    const place = row === undefined ? null : scatter.locate(row);
    const item = row === undefined ? undefined : items[row];
    events.hover(place && item ? { item, ...place } : null);
  };

  /** Moves the camera to an item and its true neighbours. */
  const flyTo = async (id: ItemId) => {
    const space = workbench.state.getState().shown.space.id;
    // The panel that ranks the same reports a failure; the item itself is there anyhow.
    const found = await workbench.neighbours(id, { k: nearestCount, space }).catch(() => []);
    scatter.fit(rowsFor([id, ...found.map(({ item }) => item.id)]));
  };

  readItems();
  scatter.setTool(view.getState().tool);
  scatter.setThumbnails(view.getState().thumbnails);
  scatter.setMinimap(view.getState().minimap);
  const stops = [
    workbench.onFrame(onFrame),
    workbench.state.subscribe((state, previous) => {
      if (state.selection !== previous.selection) onSelection();
      if (state.hovered !== previous.hovered) drawHover();
      if (state.shown.space.id !== previous.shown.space.id) scatter.fit();
    }),
    nearest.subscribe(drawLines),
    colouring.subscribe((state, previous) => {
      if (state.colours !== previous.colours) onColours();
    }),
    regions.subscribe(drawRegions),
    view.subscribe((state, previous) => {
      if (state.emphasised !== previous.emphasised || state.found !== previous.found) onEmphasis();
      if (state.hidden !== previous.hidden || state.isolated !== previous.isolated) onFilter();
      if (state.regionNames !== previous.regionNames || state.colourBy !== previous.colourBy) drawRegions();
      if (state.thumbnails !== previous.thumbnails) scatter.setThumbnails(state.thumbnails);
      if (state.minimap !== previous.minimap) scatter.setMinimap(state.minimap);
      if (state.cursor !== previous.cursor && state.cursor === null) showAt(null);
      if (state.tool !== previous.tool) scatter.setTool(state.tool);
      if (state.theme !== previous.theme) scatter.setTheme(readScatterTheme());
    }),
    watchCovers(container, (boxes) => scatter.setCovered(boxes)),
    onSystemTheme(() => scatter.setTheme(readScatterTheme())),
    scatter.on("hover", ({ index, x, y }) => {
      const item = index === null ? undefined : items[index];
      workbench.hover(item?.id ?? null);
      events.hover(item ? { item, x, y } : null);
    }),
    scatter.on("pick", ({ index, extend }) => {
      if (index !== null) workbench.select([frame.ids[index]], extend ? "toggle" : "replace");
      else if (!extend) workbench.select([]);
    }),
    scatter.on("open", ({ index }) => void flyTo(frame.ids[index])),
    scatter.on("enclose", ({ indices, extend }) =>
      workbench.select(
        indices.map((index) => frame.ids[index]),
        extend ? "add" : "replace",
      ),
    ),
    scatter.on("inView", ({ any }) => events.inView(any)),
    scatter.on("context", ({ lost, error }) => events.lost(lost ? (error ? "stopped" : "lost") : null)),
    scatter.on("unavailable", ({ error }) =>
      events.unavailable(error.name === "DeviceUnavailable" ? "missing" : "failed"),
    ),
  ];

  const bound: BoundMap = {
    press(event) {
      pressOnMap(event, { scatter, container, app, frame, rows, items, steps: walking, point: showAt });
    },
    dispose() {
      steps.cancel();
      repainting.cancel();
      filtering.cancel();
      selecting.cancel();
      emphasising.cancel();
      walking.cancel();
      for (const stop of stops) stop();
      view.setState({ map: null });
      scatter.dispose();
    },
  };
  view.setState({
    map: {
      fit: (ids) => scatter.fit(ids && rowsFor(ids)),
      flyTo,
      picture: (options) => scatter.picture(options),
      zoomBy: (factor) => scatter.zoomBy(factor),
      place(id) {
        const row = rows.get(id);
        const at = row === undefined ? null : scatter.locate(row);
        const { clientWidth, clientHeight } = container;
        return at ? { x: at.x / clientWidth, y: at.y / clientHeight } : undefined;
      },
    },
  });
  return bound;
}
