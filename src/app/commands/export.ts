import type { Command } from "./types";

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
];
