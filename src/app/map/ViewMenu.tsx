import { Check, Eye } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { commandNamed } from "../commands/registry";
import { formatShortcut } from "../commands/shortcuts";
import { onApple, useRun } from "../commands/useShortcuts";
import { useBench, useView } from "../context";
import { CommandItem } from "../ui/CommandItem";
import controls from "../ui/controls.module.css";
import { Menu } from "../ui/Menu";
import menu from "../ui/menu.module.css";
import { phoneQuery, useMedia } from "../ui/useMedia";
import styles from "./MapPanel.module.css";

/** Narrower maps have no minimap (`Scatter.setMinimap`). */
const minimapQuery = "(min-width: 520px)";

/** What the map shows, and what of it; on a phone also the tools that have no room beside it. */
export default function ViewMenu() {
  const isPhone = useMedia(phoneQuery);
  const hasMinimap = useMedia(minimapQuery);
  return (
    <Menu
      sideOffset={6}
      trigger={
        <button
          type="button"
          className={styles.tool}
          aria-label="What the map shows"
          title="What the map shows"
        >
          <Eye size={14} aria-hidden />
        </button>
      }
    >
      <ToggleItem name="map.thumbnails" />
      <ToggleItem name="map.regionNames" />
      {hasMinimap && <ToggleItem name="map.minimap" />}
      <DropdownMenu.Separator className={menu.separator} />
      <CommandItem name="map.fitSelection" />
      <CommandItem name="map.isolate" />
      <CommandItem name="map.showAll" />
      <DropdownMenu.Separator className={menu.separator} />
      {isPhone && (
        <>
          <CommandItem name="map.lasso" />
          <CommandItem name="map.box" />
        </>
      )}
      <CommandItem name="edit.selectAll" />
      <CommandItem name="edit.invertSelection" />
      <CommandItem name="edit.clearSelection" />
    </Menu>
  );
}

/** A command that is on or off; the menu stays open, so that several can be changed. */
function ToggleItem({ name }: { readonly name: string }) {
  const command = commandNamed(name);
  const run = useRun();
  const view = useView((state) => state);
  const checked = useBench((state) => command.current?.(state, view) ?? false);
  return (
    <DropdownMenu.CheckboxItem
      className={menu.item}
      checked={checked}
      onSelect={(event) => event.preventDefault()}
      onCheckedChange={() => run(name)}
    >
      <span>
        <DropdownMenu.ItemIndicator>
          <Check size={14} aria-hidden />
        </DropdownMenu.ItemIndicator>
      </span>
      {command.label}
      {command.shortcut && <kbd className={controls.kbd}>{formatShortcut(command.shortcut, onApple)}</kbd>}
    </DropdownMenu.CheckboxItem>
  );
}
