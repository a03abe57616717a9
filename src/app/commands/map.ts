import type { Item } from "../../collection/types";
import { columnsOf } from "../colours/columns";
import type { ColourBy } from "../colours/types";
import { isFiltering } from "../map/visible";
import type { ViewState } from "../view";
import { projectionCommands } from "./projections";
import { always, type Command } from "./types";

/** A tool that draws a shape around points to select them; performed again, dragging moves the map as before. */
function tool(name: Exclude<ViewState["tool"], "pan">, label: string, shortcut: string): Command {
  return {
    name: `map.${name}`,
    label,
    group: "Map",
    shortcut,
    keywords: "select area",
    enabled: (_, view) => view.map !== null,
    current: (_, view) => view.tool === name,
    perform: ({ view }) => view.setState(({ tool }) => ({ tool: tool === name ? "pan" : name })),
  };
}

interface Colouring {
  readonly by: ColourBy;
  readonly title: string;
  /** More words the palette finds it by. */
  readonly keywords: string;
}

/** What colours can tell of any item. */
const colourings: readonly Colouring[] = [
  { by: "category", title: "category", keywords: "group class" },
  { by: "kind", title: "kind", keywords: "words images rows" },
  { by: "encoder", title: "encoder", keywords: "space model" },
  { by: "cluster", title: "cluster", keywords: "region topic density" },
  { by: "similarity", title: "similarity to the selection", keywords: "cosine nearest" },
  { by: "trust", title: "trust", keywords: "quality projection" },
];

function colouring({ by, title, keywords }: Colouring): Command {
  return {
    name: `map.colour.${by}`,
    label: `Colour by ${title}`,
    group: "Map",
    keywords: `legend ${keywords}`,
    enabled: (state) => state.items.length > 0,
    current: (_, view) => view.colourBy === by,
    perform: ({ view }) => view.setState({ colourBy: by, hidden: new Set(), emphasised: null }),
  };
}

/** One command for each column that the items' tables brought along. */
export function columnCommands(items: readonly Item[]): readonly Command[] {
  return columnsOf(items).map(({ name, holds }) =>
    colouring({ by: `column:${name}`, title: name, keywords: `column ${holds}` }),
  );
}

/** Something that is drawn on the map or not. */
function toggle(
  field: "thumbnails" | "regionNames" | "minimap",
  label: string,
  shortcut: string,
  keywords: string,
): Command {
  return {
    name: `map.${field}`,
    label,
    group: "Map",
    shortcut,
    keywords: `show hide ${keywords}`,
    enabled: (_, view) => view.map !== null,
    current: (_, view) => view[field],
    perform: ({ view }) => view.setState((state): Partial<ViewState> => ({ [field]: !state[field] })),
  };
}

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
    name: "map.fitSelection",
    label: "Fly to the selection",
    group: "Map",
    shortcut: "F",
    keywords: "zoom fit centre neighbours",
    enabled: (state, view) => view.map !== null && state.selection.length > 0,
    perform({ workbench, view }) {
      const { selection } = workbench.state.getState();
      const { map } = view.getState();
      if (selection.length === 1) void map?.flyTo(selection[0]);
      else map?.fit(selection);
    },
  },
  {
    name: "map.isolate",
    label: "Isolate the selection, or show all again",
    group: "Map",
    shortcut: "I",
    keywords: "only hide others focus back",
    enabled: (state, view) => view.isolated !== null || state.selection.length > 0,
    current: (_, view) => view.isolated !== null,
    perform({ workbench, view }) {
      const { selection } = workbench.state.getState();
      view.setState(({ isolated }) => ({ isolated: isolated ? null : new Set(selection) }));
      view.getState().map?.fit();
    },
  },
  {
    name: "map.showAll",
    label: "Show all items",
    group: "Map",
    keywords: "legend filter isolate hidden back",
    enabled: (_, view) => isFiltering(view),
    perform({ view }) {
      view.setState({ hidden: new Set(), isolated: null });
      view.getState().map?.fit();
    },
  },
  toggle("thumbnails", "Images as pictures", "T", "thumbnails photos patches pieces"),
  toggle("regionNames", "Names of regions", "N", "clusters labels topics"),
  toggle("minimap", "Minimap", "M", "overview"),
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
  tool("lasso", "Lasso: select by drawing around points", "L"),
  tool("box", "Box: select by drawing a rectangle", "B"),
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
    perform: ({ workbench }) => workbench.setProjection({ dimensions: 3 }),
  },
  ...projectionCommands,
  ...colourings.map(colouring),
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
