import { commands } from "../commands/registry";
import { formatShortcut } from "../commands/shortcuts";
import { onApple } from "../commands/useShortcuts";
import controls from "../ui/controls.module.css";
import { Dialog } from "../ui/Dialog";
import styles from "./HelpDialog.module.css";
import { terms } from "./terms";

const mapKeys = [
  { keys: "← ↑ ↓ →", what: "On the map: walk to the next point that way" },
  { keys: "Shift + arrows", what: "On the map: walk and select on the way" },
  { keys: "Enter", what: "On the map: select the point; again: its neighbours as well" },
  { keys: "Esc", what: "On the map: leave the walk" },
  { keys: "Shift + arrows", what: "In the list: extend the selection" },
];

/** The keyboard, and what every number on the page means. */
export default function HelpDialog() {
  return (
    <Dialog title="Shortcuts and what the numbers mean">
      <h3 className={styles.title}>Keyboard</h3>
      <dl className={styles.keys}>
        {commands
          .filter((command) => command.shortcut)
          .map((command) => (
            <Row
              key={command.name}
              keys={formatShortcut(command.shortcut ?? "", onApple)}
              what={command.label}
            />
          ))}
        {mapKeys.map((row) => (
          <Row key={row.what} {...row} />
        ))}
      </dl>
      <h3 className={styles.title}>Words and numbers</h3>
      <dl className={styles.terms}>
        {Object.values(terms).map(({ title, meaning }) => (
          <div key={title}>
            <dt>{title.replace(/\.$/, "")}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.notices}>
        Models, pictures and libraries keep their makers' licences: <a href="NOTICE.txt">notices</a>,{" "}
        <a href="licences.md">library licences</a>.
      </p>
    </Dialog>
  );
}

function Row({ keys, what }: { readonly keys: string; readonly what: string }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd>
        <kbd className={controls.kbd}>{keys}</kbd>
      </dd>
    </div>
  );
}
