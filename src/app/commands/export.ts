import type { Command } from "./types";

/** Sizes a PNG can have, as multiples of the map on the screen. */
export type PictureScale = 1 | 2 | 3 | 4;

function picture(format: "png" | "svg", scale?: PictureScale): Command {
  return {
    name: scale ? `export.${format}.${scale}` : `export.${format}`,
    label: scale ? `Export the map as PNG, ${scale}×` : "Export the map as SVG",
    group: "Export",
    keywords: "save download picture image screenshot paper slide",
    enabled: (state, view) => view.map !== null && state.items.length > 0,
    perform: (target) =>
      // Whatever makes pictures is loaded with the first one.
      void import("../map/savePicture").then(({ savePicture }) => savePicture(target, { format, scale })),
  };
}

/** Files made from items, vectors and places. */
export const exportCommands: readonly Command[] = [
  {
    name: "export.csv.all",
    label: "Export everything as CSV",
    group: "Export",
    keywords: "save download vectors coordinates spreadsheet",
    enabled: (state) => state.items.length > 0,
    perform: ({ workbench }) => void workbench.download("csv", { items: "all" }),
  },
  {
    name: "export.csv.selection",
    label: "Export the selection as CSV",
    group: "Export",
    keywords: "save download vectors coordinates spreadsheet",
    enabled: (state) => state.selection.length > 0,
    perform: ({ workbench }) => void workbench.download("csv", { items: "selection" }),
  },
  ...([1, 2, 3, 4] as const).map((scale) => picture("png", scale)),
  picture("svg"),
];
