import { useMemo } from "react";
import { tokenOf } from "../colours/assign";
import { useColours } from "../colours/useColours";
import { useTrust } from "../colours/useTrust";
import { useApp, useBench, useView } from "../context";
import { Ask } from "../ui/Ask";
import { Dot } from "../ui/Mark";
import { Select } from "../ui/Select";
import styles from "./MapPanel.module.css";

/** What the colours on the map mean, and what they shall mean. Each entry is a button that makes its items stand out. */
export function Legend() {
  const { view } = useApp();
  const colours = useColours();
  const items = useBench((state) => state.items);
  const { modalities } = useBench((state) => state.shown.space);
  const legend = useMemo(
    () => colours.legend(items.filter(({ kind }) => modalities.includes(kind))),
    [colours, items, modalities],
  );
  const by = useView((state) => state.colourBy);
  const emphasised = useView((state) => state.emphasised);
  const isTelling = by === "trust" || legend.length > 1;
  return (
    <div className={styles.legend}>
      <span className={styles.by}>
        <ColourSelect />
        {by === "trust" && (
          <Ask term="placeTrust" className={styles.ask}>
            meaning
          </Ask>
        )}
      </span>
      {isTelling && (
        <ul className={styles.entries} aria-label="Legend">
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
                <Dot colour={`var(--${tokenOf(slot)})`} />
                {label}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** By what the items are coloured. An emphasised legend entry goes with its legend. */
function ColourSelect() {
  const { view } = useApp();
  const by = useView((state) => state.colourBy);
  const isMeasured = useTrust() !== undefined;
  return (
    <Select
      label="Colour"
      prefix="Colour:"
      quiet
      value={by}
      options={[
        { value: "category", title: "category", note: "What group each item belongs to." },
        {
          value: "trust",
          title: "trust",
          note: isMeasured
            ? "How many of an item's neighbours on the map are its neighbours in the space."
            : "Not measured on this map: it is when a layout of four items or more is finished. Lay out again.",
          disabled: !isMeasured,
        },
      ]}
      onChange={(value) =>
        view.setState({ colourBy: value === "trust" ? "trust" : "category", emphasised: null })
      }
    />
  );
}
