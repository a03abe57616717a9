import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { commandNamed } from "../commands/registry";
import { formatShortcut } from "../commands/shortcuts";
import { onApple, useRun } from "../commands/useShortcuts";
import { useBench, useView } from "../context";
import controls from "./controls.module.css";
import menu from "./menu.module.css";

interface CommandItemProps {
  /** The command's name. */
  readonly name: string;
  /** Says it otherwise than the command's own label. The default is the label. */
  readonly children?: ReactNode;
  /** A sentence under the label. The default is none. */
  readonly note?: string;
}

/** A command as an entry of a menu, with its shortcut; disabled while it can't be performed. */
export function CommandItem({ name, children, note }: CommandItemProps) {
  const command = commandNamed(name);
  const run = useRun();
  const view = useView((state) => state);
  const enabled = useBench((state) => command.enabled(state, view));
  return (
    <DropdownMenu.Item
      className={`${menu.item} ${menu.plain}`}
      disabled={!enabled}
      onSelect={() => run(name)}
    >
      <span>{children ?? command.label}</span>
      {command.shortcut && <kbd className={controls.kbd}>{formatShortcut(command.shortcut, onApple)}</kbd>}
      {note && <span className={menu.note}>{note}</span>}
    </DropdownMenu.Item>
  );
}
