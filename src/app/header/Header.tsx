import { Ellipsis, Moon, Search, SlidersHorizontal, Sun } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useSyncExternalStore } from "react";
import { formatShortcut } from "../commands/shortcuts";
import { onApple, useRun } from "../commands/useShortcuts";
import { useApp, useBench, useView } from "../context";
import { onSystemTheme, resolveTheme } from "../theme/theme";
import { CommandItem } from "../ui/CommandItem";
import controls from "../ui/controls.module.css";
import { Menu } from "../ui/Menu";
import menu from "../ui/menu.module.css";
import { sheetQuery, useMedia } from "../ui/useMedia";
import { EncoderSelects, ProjectionControls, SpaceToggle } from "./Choices";
import { ExportMenu } from "./ExportMenu";
import styles from "./Header.module.css";

/** The bar on top: what the map is made with, and what can be done to the page as a whole. */
export function Header() {
  const compact = useMedia(sheetQuery);
  const { view } = useApp();
  return (
    <header className={styles.header}>
      <h1 className={styles.mark}>
        <Logo />
        Nearfield
      </h1>
      {!compact && (
        <>
          <EncoderSelects />
          <SpaceToggle />
          <ProjectionControls />
        </>
      )}
      <div className={styles.grow} />
      <SearchButton />
      {compact && (
        <button
          type="button"
          className={`${controls.button} ${controls.icon}`}
          aria-label="Encoders, space and projection"
          aria-haspopup="dialog"
          onClick={() => view.setState({ dialog: "settings" })}
        >
          <SlidersHorizontal size={16} aria-hidden />
        </button>
      )}
      <ThemeButton />
      <MoreMenu />
      <ExportMenu />
    </header>
  );
}

function Logo() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <circle cx="6" cy="7" r="3.2" fill="var(--accent)" />
      <circle cx="12" cy="9" r="2.2" fill="none" stroke="var(--accent)" strokeWidth="1.5" />
      <circle cx="14.5" cy="3.5" r="1.4" fill="var(--faint)" />
    </svg>
  );
}

function SearchButton() {
  const run = useRun();
  return (
    <button
      type="button"
      className={`${controls.button} ${styles.search}`}
      aria-label="Search or run a command"
      onClick={() => run("page.palette")}
    >
      <Search size={16} aria-hidden className={styles.searchIcon} />
      <span className={styles.searchText}>Search or run</span>
      <kbd className={controls.kbd}>{formatShortcut("Mod+K", onApple)}</kbd>
    </button>
  );
}

function ThemeButton() {
  const run = useRun();
  const choice = useView((state) => state.theme);
  const dark = useSyncExternalStore(onSystemTheme, () => resolveTheme(choice)) === "dark";
  const Icon = dark ? Sun : Moon;
  return (
    <button
      type="button"
      className={`${controls.button} ${controls.icon} ${styles.theme}`}
      aria-label={dark ? "Switch to light" : "Switch to dark"}
      title={dark ? "Switch to light" : "Switch to dark"}
      onClick={() => run("page.theme")}
    >
      <Icon size={16} aria-hidden />
    </button>
  );
}

function MoreMenu() {
  const undo = useBench((state) => state.undoLabel);
  const redo = useBench((state) => state.redoLabel);
  return (
    <Menu
      trigger={
        <button type="button" className={`${controls.button} ${controls.icon}`} aria-label="More">
          <Ellipsis size={16} aria-hidden />
        </button>
      }
    >
      <CommandItem name="edit.undo" note={undo} />
      <CommandItem name="edit.redo" note={redo} />
      <DropdownMenu.Separator className={menu.separator} />
      <CommandItem name="edit.selectAll" />
      <CommandItem name="edit.compareSelection" />
      <CommandItem name="edit.removeSelection" />
      <DropdownMenu.Separator className={menu.separator} />
      <CommandItem name="map.fit" />
      <CommandItem name="map.layOutAgain" />
      <DropdownMenu.Separator className={menu.separator} />
      <CommandItem name="add.startEmpty" />
      <CommandItem name="page.theme" />
      <CommandItem name="page.systemTheme" />
      <CommandItem name="page.help" />
    </Menu>
  );
}
