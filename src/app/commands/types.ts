import type { AppModel } from "../context";
import type { ViewState } from "../view";
import type { WorkbenchState } from "../workbench/types";

/** Where a command stands in menus, in the palette and in the list of shortcuts. */
export type CommandGroup = "Add" | "Edit" | "Map" | "Space" | "Export" | "Page";

/** What a command works on. */
export type CommandTarget = Pick<AppModel, "workbench" | "view" | "colouring" | "regions">;

/** One thing the user can have done, from a menu, by a shortcut or from the palette. */
export interface Command {
  /** Stable: "items.remove". */
  readonly name: string;
  readonly label: string;
  readonly group: CommandGroup;
  /** "Mod+Z", "Delete", "?"; Mod is ⌘ on Apple's systems and Ctrl elsewhere. The default is no shortcut. */
  readonly shortcut?: string;
  /** Other keys that do the same and are not shown. The default is none. */
  readonly alsoShortcuts?: readonly string[];
  /** More words the palette finds it by. The default is none. */
  readonly keywords?: string;
  enabled(state: WorkbenchState, view: ViewState): boolean;
  /** True while the choice the command stands for is the current one. The default is that it is no choice. */
  current?(state: WorkbenchState, view: ViewState): boolean;
  perform(target: CommandTarget): void;
}

/** For commands that can always be performed. */
export const always = () => true;
