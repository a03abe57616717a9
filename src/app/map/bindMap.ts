import type { Item, ItemId } from "../../collection/types";
import type { Scatter } from "../../scatter/types";
import { noTrust, trustOf } from "../colours/trust";
import { coloursOf } from "../colours/useColours";
import type { AppModel } from "../context";
import { readScatterTheme } from "../theme/readColours";
import { onSystemTheme } from "../theme/theme";
import type { MapFrame } from "../workbench/types";
import { emphasisOf, linesOf, pointsOf, type Rows, rowsOf, slotsOf } from "./drawing";

/** What the React side wants to know of a bound map. */
export interface MapEvents {
  hover(place: { item: Item; x: number; y: number } | null): void;
  contextLost(lost: boolean): void;
}

/** What keys on the map need of it. */
export interface BoundMap {
  readonly scatter: Scatter;
  frame(): MapFrame;
  rows(): Rows;
  dispose(): void;
}

/** Frames of a running layout come in quicker than this, so that points glide between them. */
const frameMilliseconds = 140;

/** Keeps a scatter in step with the workbench and the view, and hands its events back to them. */
export function bindMap(scatter: Scatter, app: AppModel, events: MapEvents): BoundMap {
  const { workbench, view, nearest } = app;
  let frame: MapFrame = { ids: [], dimensions: 2, positions: new Float32Array() };
  let rows: Rows = new Map();
  let slots: Uint8Array = new Uint8Array();
  let items: ReadonlyMap<ItemId, Item> = new Map();

  const readItems = () => {
    items = new Map(workbench.state.getState().items.map((item) => [item.id, item]));
  };
  const colours = () => {
    const trust = view.getState().colourBy === "trust" ? (trustOf(frame) ?? noTrust) : undefined;
    return coloursOf(workbench.state.getState().items, trust);
  };
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
  const drawEmphasis = () =>
    scatter.setEmphasis(emphasisOf(view.getState().emphasised, frame, items, colours()));
  const drawPoints = () => {
    slots = slotsOf(frame, items, colours());
    scatter.setPoints(pointsOf(frame, () => items, slots));
    drawSelection();
    drawLines();
    drawHover();
    drawEmphasis();
  };
  /** Draws anew where a point's colour changed. */
  const repaint = () => {
    const repainted = slotsOf(frame, items, colours());
    if (repainted.some((slot, row) => slot !== slots[row])) drawPoints();
  };

  const onFrame = (next: MapFrame) => {
    const same = next.ids === frame.ids && next.dimensions === frame.dimensions;
    const isJudged = next.trust !== frame.trust;
    frame = next;
    if (same) {
      scatter.setPositions(next.positions, frameMilliseconds);
      if (isJudged) repaint();
    } else {
      rows = rowsOf(next);
      readItems();
      drawPoints();
    }
  };

  readItems();
  scatter.setTool(view.getState().tool);
  const stops = [
    workbench.onFrame(onFrame),
    workbench.state.subscribe((state, previous) => {
      if (state.items !== previous.items) {
        readItems();
        repaint();
      }
      if (state.selection !== previous.selection) drawSelection();
      if (state.hovered !== previous.hovered) drawHover();
      if (state.shown.space.id !== previous.shown.space.id) scatter.fit();
    }),
    nearest.subscribe(drawLines),
    view.subscribe((state, previous) => {
      if (state.colourBy !== previous.colourBy) repaint();
      if (state.emphasised !== previous.emphasised) drawEmphasis();
      if (state.tool !== previous.tool) scatter.setTool(state.tool);
      if (state.theme !== previous.theme) scatter.setTheme(readScatterTheme());
    }),
    onSystemTheme(() => scatter.setTheme(readScatterTheme())),
    scatter.on("hover", ({ index, x, y }) => {
      const item = index === null ? undefined : items.get(frame.ids[index]);
      workbench.hover(item?.id ?? null);
      events.hover(item ? { item, x, y } : null);
    }),
    scatter.on("pick", ({ index, extend }) => {
      if (index !== null) workbench.select([frame.ids[index]], extend ? "toggle" : "replace");
      else if (!extend) workbench.select([]);
    }),
    scatter.on("enclose", ({ indices, extend }) =>
      workbench.select(
        indices.map((index) => frame.ids[index]),
        extend ? "add" : "replace",
      ),
    ),
    scatter.on("context", ({ lost }) => events.contextLost(lost)),
  ];

  const bound: BoundMap = {
    scatter,
    frame: () => frame,
    rows: () => rows,
    dispose() {
      for (const stop of stops) stop();
      view.setState({ map: null });
      scatter.dispose();
    },
  };
  view.setState({ map: { fit: () => scatter.fit(), zoomBy: (factor) => scatter.zoomBy(factor) } });
  return bound;
}
