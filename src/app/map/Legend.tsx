import { useColours } from "../colours/useColours";
import { useApp, useView } from "../context";
import { Dot } from "../ui/Mark";
import styles from "./MapPanel.module.css";

/** What the colours mean. Each entry is a button that makes its items stand out. */
export function Legend() {
  const { view } = useApp();
  const { legend } = useColours();
  const emphasised = useView((state) => state.emphasised);
  if (legend.length < 2) return null;
  return (
    <ul className={styles.legend} aria-label="Legend">
      {legend.map(({ key, label, slot, count }) => (
        <li key={key}>
          <button
            type="button"
            className={styles.entry}
            aria-pressed={emphasised === key}
            data-dim={(emphasised !== null && emphasised !== key) || undefined}
            title={`${label}: ${count}`}
            onClick={() => view.setState({ emphasised: emphasised === key ? null : key })}
          >
            <Dot colour={`var(--data-${slot})`} />
            {label}
          </button>
        </li>
      ))}
    </ul>
  );
}
