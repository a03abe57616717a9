import { projectionCommands } from "./projections";
import { always, type Command } from "./types";

/** What changes the drawing and the layout, but no item and no vector. */
export const mapCommands: readonly Command[] = [
  {
    name: "map.fit",
    label: "Fit the map",
    group: "Map",
    shortcut: "0",
    keywords: "zoom all centre reset view",
    enabled: (_, view) => view.map !== null,
    perform: ({ view }) => view.getState().map?.fit(),
  },
  {
    name: "map.zoomIn",
    label: "Zoom in",
    group: "Map",
    shortcut: "+",
    alsoShortcuts: ["="],
    enabled: (_, view) => view.map !== null,
    perform: ({ view }) => view.getState().map?.zoomBy(1.4),
  },
  {
    name: "map.zoomOut",
    label: "Zoom out",
    group: "Map",
    shortcut: "-",
    enabled: (_, view) => view.map !== null,
    perform: ({ view }) => view.getState().map?.zoomBy(1 / 1.4),
  },
  {
    name: "map.lasso",
    label: "Lasso: select by drawing around points",
    group: "Map",
    shortcut: "L",
    keywords: "select area",
    enabled: (state, view) => view.map !== null && state.projection.dimensions === 2,
    current: (_, view) => view.tool === "lasso",
    perform: ({ view }) => view.setState(({ tool }) => ({ tool: tool === "lasso" ? "pan" : "lasso" })),
  },
  {
    name: "map.2d",
    label: "Two dimensions",
    group: "Map",
    shortcut: "2",
    keywords: "2-D flat",
    enabled: always,
    current: (state) => state.projection.dimensions === 2,
    perform: ({ workbench }) => workbench.setProjection({ dimensions: 2 }),
  },
  {
    name: "map.3d",
    label: "Three dimensions",
    group: "Map",
    shortcut: "3",
    keywords: "3-D orbit",
    enabled: always,
    current: (state) => state.projection.dimensions === 3,
    perform: ({ workbench, view }) => {
      view.setState({ tool: "pan" });
      workbench.setProjection({ dimensions: 3 });
    },
  },
  ...projectionCommands,
  {
    name: "map.pauseLayout",
    label: "Pause or resume the layout",
    group: "Map",
    shortcut: "P",
    keywords: "projection hold freeze continue go on",
    enabled: ({ layout }) => layout.status === "running",
    current: ({ layout }) => layout.isPaused === true,
    perform: ({ workbench }) => {
      if (workbench.state.getState().layout.isPaused) workbench.resumeLayout();
      else workbench.pauseLayout();
    },
  },
  {
    name: "map.stopLayout",
    label: "Stop the layout where it is",
    group: "Map",
    keywords: "projection cancel end",
    enabled: ({ layout }) => layout.status === "running",
    perform: ({ workbench }) => workbench.stopLayout(),
  },
  {
    name: "map.layOutAgain",
    label: "Lay out again",
    group: "Map",
    keywords: "projection restart redo",
    enabled: (state) => state.items.length > 0,
    perform: ({ workbench }) => workbench.layOutAgain(),
  },
];
