import { useEffect } from "react";
import { useApp } from "../context";
import { commands, perform } from "./registry";
import { commandFor, isApple } from "./shortcuts";

/** True where Mod is ⌘ on this machine. */
export const onApple = isApple(navigator.platform);

/**
 * Listens to the whole page's keys. Inside a field only ⌘K acts, so that undo, delete and plain letters keep their
 * meaning for the text; inside an open dialog or menu nothing does, those have keys of their own.
 */
export function useShortcuts(): void {
  const app = useApp();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const command = commandFor(event, commands, onApple);
      if (!command) return;
      const target = event.target instanceof Element ? event.target : null;
      const palette = command.name === "page.palette";
      if (!palette && target?.closest("input, textarea, select, [contenteditable]")) return;
      if (!palette && target?.closest("[role=dialog], [data-radix-popper-content-wrapper]")) return;
      if (perform(command, app)) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [app]);
}

/** A command bound to the page, for a button or a menu entry. */
export function useRun(): (name: string) => void {
  const app = useApp();
  return (name) => {
    const command = commands.find((each) => each.name === name);
    if (command) perform(command, app);
  };
}
