import { focusFilter } from "../items/focusFilter";
import { visibleOf } from "../map/visible";
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
    perform({ workbench, view, colouring }) {
      const { items } = workbench.state.getState();
      const shown = visibleOf(items, view.getState(), colouring.getState().colours);
      workbench.select(shown.map(({ id }) => id));
    },
  },
  {
    name: "edit.clearSelection",
    label: "Clear the selection",
    group: "Edit",
    shortcut: "Escape",
    keywords: "deselect none",
    enabled: (state, view) => state.selection.length > 0 || view.typedQuery !== "",
    perform: ({ workbench, view }) => {
      view.setState({ typedQuery: "" });
      workbench.select([]);
    },
  },
  {
    name: "edit.invertSelection",
    label: "Invert the selection",
    group: "Edit",
    shortcut: "Mod+I",
    keywords: "select others rest",
    enabled: (state) => state.items.length > 0,
    perform({ workbench, view, colouring }) {
      const { items, selection } = workbench.state.getState();
      const selected = new Set(selection);
      const shown = visibleOf(items, view.getState(), colouring.getState().colours);
      workbench.select(shown.filter(({ id }) => !selected.has(id)).map(({ id }) => id));
    },
  },
  {
    name: "edit.find",
    label: "Find items",
    group: "Edit",
    shortcut: "Mod+F",
    keywords: "search filter regular expression regex field category column",
    enabled: (state) => state.items.length > 0,
    perform({ view }) {
      view.setState({ sheetTab: "items" });
      // On a small screen the list is there only once its tab is shown.
      setTimeout(focusFilter, 0);
    },
  },
  {
    name: "edit.selectFound",
    label: "Select what was found",
    group: "Edit",
    keywords: "search filter results matches",
    enabled: (_, view) => (view.found?.length ?? 0) > 0,
    perform: ({ workbench, view }) => workbench.select(view.getState().found ?? []),
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
