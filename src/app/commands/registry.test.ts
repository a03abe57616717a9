import { describe, expect, it } from "vitest";
import { commandNamed, commands } from "./registry";
import { commandFor, formatShortcut, type KeyPress, matches } from "./shortcuts";

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe("the registry", () => {
  it("names every command once", () => {
    const names = commands.map((command) => command.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("gives no key to two commands", () => {
    const keys = commands.flatMap((command) => [command.shortcut ?? [], command.alsoShortcuts ?? []].flat());
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("finds commands by name and throws for a name nobody has", () => {
    expect(commandNamed("edit.undo").label).toBe("Undo");
    expect(() => commandNamed("edit.nothing")).toThrow(RangeError);
  });
});

describe("shortcuts", () => {
  it("takes Ctrl for Mod, and ⌘ on Apple's systems", () => {
    expect(matches("Mod+K", press("k", { ctrlKey: true }), false)).toBe(true);
    expect(matches("Mod+K", press("k", { metaKey: true }), false)).toBe(false);
    expect(matches("Mod+K", press("k", { metaKey: true }), true)).toBe(true);
    expect(matches("Mod+K", press("k"), false)).toBe(false);
  });

  it("tells undo from redo", () => {
    const find = (held: Partial<KeyPress>) => commandFor(press("z", held), commands, false)?.name;
    expect(find({ ctrlKey: true })).toBe("edit.undo");
    expect(find({ ctrlKey: true, shiftKey: true })).toBe("edit.redo");
    expect(find({})).toBeUndefined();
  });

  it("accepts signs with or without Shift, as keyboards differ", () => {
    expect(matches("?", press("?", { shiftKey: true }), false)).toBe(true);
    expect(matches("+", press("+", { shiftKey: true }), false)).toBe(true);
    expect(matches("+", press("+"), false)).toBe(true);
    expect(matches("+", press("+", { altKey: true }), false)).toBe(false);
  });

  it("is written as each system's people write it", () => {
    expect(formatShortcut("Mod+Shift+Z", false)).toBe("Ctrl+Shift+Z");
    expect(formatShortcut("Mod+Shift+Z", true)).toBe("⇧⌘Z");
    expect(formatShortcut("+", false)).toBe("+");
  });
});
