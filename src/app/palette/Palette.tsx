import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { useColours } from "../colours/useColours";
import { sampleCommands } from "../commands/add";
import { encoderCommands } from "../commands/encoders";
import { columnCommands } from "../commands/map";
import { commands, perform } from "../commands/registry";
import { formatShortcut } from "../commands/shortcuts";
import type { Command as PageCommand } from "../commands/types";
import { onApple } from "../commands/useShortcuts";
import { useApp, useBench } from "../context";
import { useSamples } from "../input/useSamples";
import { filterItems } from "../items/filter";
import controls from "../ui/controls.module.css";
import dialog from "../ui/dialog.module.css";
import { Mark } from "../ui/Mark";
import { findCommands } from "./find";
import styles from "./Palette.module.css";

/** More items than this are found sooner by typing another letter. */
const mostItems = 20;

function groupsOf(found: readonly PageCommand[]): ReadonlyMap<string, readonly PageCommand[]> {
  const groups = new Map<string, PageCommand[]>();
  for (const command of found) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return groups;
}

/** One field that runs any command and finds any item. */
export default function Palette() {
  const app = useApp();
  const { workbench, view } = app;
  const [query, setQuery] = useState("");
  const deferred = useDeferredValue(query);
  const samples = useSamples();
  const items = useBench((state) => state.items);
  const colours = useColours();
  const all = useMemo(
    () => [...commands, ...sampleCommands(samples), ...encoderCommands(workbench), ...columnCommands(items)],
    [samples, workbench, items],
  );
  const found = findCommands(all, deferred).filter(
    (command) =>
      command.name !== "page.palette" && command.enabled(workbench.state.getState(), view.getState()),
  );
  const groups = groupsOf(found);
  const foundItems = deferred.trim() ? filterItems(items, deferred).slice(0, mostItems) : [];
  const close = () => view.setState({ dialog: null });
  const run = (command: PageCommand) => {
    close();
    // After the dialog gave the focus back, so that a command which moves it has the last word.
    setTimeout(() => perform(command, app), 0);
  };

  return (
    <Command.Dialog
      open
      onOpenChange={(open) => !open && close()}
      label="Search or run a command"
      shouldFilter={false}
      loop
      overlayClassName={dialog.scrim}
      contentClassName={dialog.dialog}
    >
      <div className={styles.top}>
        <Search size={16} aria-hidden />
        <Command.Input
          className={styles.input}
          placeholder="Search items or run a command"
          value={query}
          onValueChange={setQuery}
        />
        <kbd className={controls.kbd}>{formatShortcut("Escape", onApple)}</kbd>
      </div>
      <Command.List className={styles.list}>
        {found.length === 0 && foundItems.length === 0 && (
          <p className={styles.none}>Nothing is called “{deferred.trim()}”.</p>
        )}
        {foundItems.length > 0 && (
          <Command.Group heading="Items" className={styles.group}>
            {foundItems.map((item) => (
              <Command.Item
                key={item.id}
                value={`item ${item.id}`}
                className={styles.item}
                onSelect={() => {
                  close();
                  workbench.select([item.id]);
                }}
              >
                <span className={styles.mark}>
                  <Mark item={item} colour={colours.css(item)} />
                </span>
                <span className={styles.label}>{item.label}</span>
                <span className={styles.side}>{item.category}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {[...groups].map(([group, members]) => (
          <Command.Group key={group} heading={group} className={styles.group}>
            {members.map((command) => (
              <Command.Item
                key={command.name}
                value={command.name}
                className={styles.item}
                onSelect={() => run(command)}
              >
                <span className={styles.label}>{command.label}</span>
                {command.current?.(workbench.state.getState(), view.getState()) && (
                  <span className={styles.side}>current</span>
                )}
                {command.shortcut && (
                  <kbd className={controls.kbd}>{formatShortcut(command.shortcut, onApple)}</kbd>
                )}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command.Dialog>
  );
}
