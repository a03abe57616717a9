import type { Command } from "./types";

/** The parts of a keyboard event that a shortcut looks at. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** True on Apple's systems, where Mod is ⌘. */
export function isApple(platform: string): boolean {
  return /mac|iphone|ipad/i.test(platform);
}

/**
 * True when the key press is the shortcut. Shift counts only where the shortcut names it or a letter is pressed with
 * Mod: "?" and "+" need Shift on some keyboards and not on others.
 */
export function matches(shortcut: string, press: KeyPress, apple: boolean): boolean {
  const parts = shortcut.split(/\+(?=.)/);
  const key = parts[parts.length - 1];
  const wantsMod = parts.includes("Mod");
  const mod = apple ? press.metaKey : press.ctrlKey;
  const other = apple ? press.ctrlKey : press.metaKey;
  if (press.altKey || other || mod !== wantsMod) return false;
  if (press.key.toLowerCase() !== key.toLowerCase()) return false;
  return wantsMod || key.length > 1 ? press.shiftKey === parts.includes("Shift") : true;
}

/** The command a key press asks for, if any. */
export function commandFor(
  press: KeyPress,
  commands: readonly Command[],
  apple: boolean,
): Command | undefined {
  return commands.find((command) =>
    [command.shortcut, ...(command.alsoShortcuts ?? [])].some(
      (shortcut) => shortcut !== undefined && matches(shortcut, press, apple),
    ),
  );
}

/** How a shortcut is written for people: "⇧⌘Z" on Apple's systems, "Ctrl+Shift+Z" elsewhere. */
export function formatShortcut(shortcut: string, apple: boolean): string {
  const names: Record<string, string> = apple
    ? { Mod: "⌘", Shift: "⇧", Delete: "⌫", Escape: "esc" }
    : { Mod: "Ctrl", Delete: "Del", Escape: "Esc" };
  const parts = shortcut.split(/\+(?=.)/).map((part) => names[part] ?? part);
  if (!apple) return parts.join("+");
  const marks = ["⇧", "⌘"].filter((mark) => parts.includes(mark));
  return [...marks, ...parts.filter((part) => !marks.includes(part))].join("");
}
