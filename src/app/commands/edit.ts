import type { Command } from "./types";

/** Undo, selection and removal. */
export const editCommands: readonly Command[] = [
  {
    name: "edit.undo",
    label: "Undo",
    group: "Edit",
    shortcut: "Mod+Z",
    enabled: (state) => state.canUndo,
    perform: ({ workbench }) => workbench.undo(),
  },
  {
    name: "edit.redo",
    label: "Redo",
    group: "Edit",
    shortcut: "Mod+Shift+Z",
    alsoShortcuts: ["Mod+Y"],
    enabled: (state) => state.canRedo,
    perform: ({ workbench }) => workbench.redo(),
  },
  {
    name: "edit.selectAll",
    label: "Select all",
    group: "Edit",
    shortcut: "Mod+A",
    enabled: (state) => state.items.length > 0,
    perform: ({ workbench }) => workbench.select(workbench.state.getState().items.map((item) => item.id)),
  },
  {
    name: "edit.clearSelection",
    label: "Clear the selection",
    group: "Edit",
    shortcut: "Escape",
    keywords: "deselect none",
    enabled: (state, view) =>
      state.selection.length > 0 || view.typedQuery !== "" || view.emphasised !== null,
    perform: ({ workbench, view }) => {
      view.setState({ typedQuery: "", emphasised: null });
      workbench.select([]);
    },
  },
  {
    name: "edit.compareSelection",
    label: "Compare the selection",
    group: "Edit",
    keywords: "anchor candidates ranking",
    enabled: (state) => selectedTexts(state).length > 1,
    perform: ({ workbench, view }) => {
      const [anchor, ...candidates] = selectedTexts(workbench.state.getState());
      view.setState({ comparison: { anchor, candidates: candidates.slice(0, 7) }, sheetTab: "compare" });
    },
  },
  {
    name: "edit.removeSelection",
    label: "Remove the selection",
    group: "Edit",
    shortcut: "Delete",
    alsoShortcuts: ["Backspace"],
    enabled: (state) => state.selection.length > 0,
    perform: ({ workbench }) => workbench.remove(workbench.state.getState().selection),
  },
  {
    name: "edit.clear",
    label: "Clear everything",
    group: "Edit",
    keywords: "remove all empty",
    enabled: (state) => state.items.length > 0,
    perform: ({ workbench }) => workbench.clear(),
  },
];

/** The texts of the selected words, first the one whose neighbours are shown: what a comparison can be made of. */
function selectedTexts({ items, selection }: Parameters<Command["enabled"]>[0]): string[] {
  if (selection.length < 2) return [];
  const byId = new Map(items.map((item) => [item.id, item]));
  return selection.flatMap((id) => byId.get(id)?.text ?? []);
}
