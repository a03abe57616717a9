import { ChevronDown, ChevronUp } from "lucide-react";
import { type RefCallback, useCallback, useDeferredValue, useMemo, useState } from "react";
import { cssOf } from "../colours/ramp";
import type { ColourBy, LegendEntry } from "../colours/types";
import { useColours } from "../colours/useColours";
import { useApp, useBench, useView } from "../context";
import type { Term } from "../help/terms";
import { useItems } from "../items/useItems";
import { placesOfSample } from "../status/sampled";
import { Ask } from "../ui/Ask";
import controls from "../ui/controls.module.css";
import { Dot } from "../ui/Mark";
import { formatCount } from "../ui/numbers";
import { ColourSelect } from "./ColourSelect";
import styles from "./Legend.module.css";
import { NumberLegend } from "./NumberLegend";
import { useEntryButton } from "./useEntryButton";
import { useLegend } from "./useLegend";
import { isFiltering, visibleOf } from "./visible";

/** More entries than this nobody looks through, and they take the page longer than a blink to draw; the rest is counted. */
const mostEntries = 200;

/** CSS pixels by which heights that are the same may differ. */
const rounding = 2;

/** What can be asked about what the colours tell. */
const meanings: Partial<Record<ColourBy, Term>> = {
  trust: "placeTrust",
  cluster: "regions",
  similarity: "likeness",
};

/** What the colours on the map mean, and what they shall mean. Each entry is a button that filters by it. */
export default function Legend() {
  const { colours, entries: legend } = useLegend();
  const by = useView((state) => state.colourBy);
  const sampled = useBench((state) => placesOfSample(state.layout));
  const term = meanings[by];
  const isTelling = by === "trust" || colours.scale !== undefined || legend.length > 1;
  // Colours that tell something else have a legend that has not been opened yet.
  const [opened, setOpened] = useState<ColourBy | null>(null);
  const isOpen = opened === by;
  const [ref, isCut] = useCut();
  return (
    <section
      ref={ref}
      className={styles.legend}
      aria-label="Colours"
      data-covers-map
      data-open={isOpen || undefined}
    >
      <span className={styles.by}>
        <ColourSelect />
        {term && (
          <Ask term={term} className={styles.ask} detail={by === "trust" ? sampled : undefined}>
            meaning
          </Ask>
        )}
        {(isCut || isOpen) && (
          <button
            type="button"
            className={`${controls.button} ${styles.open}`}
            aria-expanded={isOpen}
            onClick={() => setOpened(isOpen ? null : by)}
          >
            {isOpen ? "Fewer" : colours.scale ? "More" : `All ${formatCount(legend.length)}`}
            {isOpen ? <ChevronDown size={13} aria-hidden /> : <ChevronUp size={13} aria-hidden />}
          </button>
        )}
      </span>
      {colours.scale && <NumberLegend legend={legend} scale={colours.scale} />}
      {isTelling && !colours.scale && <GroupLegend legend={legend} />}
      {!isTelling && legend.length === 1 && (
        <span className={styles.alike}>
          <Dot colour={cssOf(legend[0].slot)} />
          all {legend[0].label}
        </span>
      )}
      <ShowAll />
    </section>
  );
}

/** Whether an element holds more than it shows. It is looked at anew when its size or what is in it changes. */
function useCut(): readonly [RefCallback<HTMLElement>, boolean] {
  const [isCut, setCut] = useState(false);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const look = () => setCut(element.scrollHeight > element.clientHeight + rounding);
    const sizes = new ResizeObserver(look);
    const entries = new MutationObserver(look);
    sizes.observe(element);
    entries.observe(element, { childList: true, subtree: true, characterData: true });
    return () => {
      sizes.disconnect();
      entries.disconnect();
    };
  }, []);
  return [ref, isCut];
}

function GroupLegend({ legend }: { readonly legend: readonly LegendEntry[] }) {
  const all = useMemo(() => legend.map(({ key }) => key), [legend]);
  const more = legend.length - mostEntries;
  return (
    <ul className={styles.entries} aria-label="Legend">
      {legend.slice(0, mostEntries).map((entry) => (
        <Entry key={entry.key} entry={entry} all={all} />
      ))}
      {more > 0 && <li className={styles.more}>and {formatCount(more)} more</li>}
    </ul>
  );
}

function Entry({ entry, all }: { readonly entry: LegendEntry; readonly all: readonly string[] }) {
  const button = useEntryButton(entry, all);
  return (
    <li>
      <button type="button" className={styles.entry} {...button}>
        <Dot colour={cssOf(entry.slot)} />
        <span className={styles.label}>{entry.label}</span>
      </button>
    </li>
  );
}

/** How much of the map is shown, and the way back to all of it. Heard whenever it changes. */
function ShowAll() {
  const { view } = useApp();
  const items = useItems();
  const colours = useDeferredValue(useColours());
  const hidden = useView((state) => state.hidden);
  const isolated = useView((state) => state.isolated);
  const filter = { hidden, isolated };
  const filtering = isFiltering(filter);
  const shown = filtering ? visibleOf(items, filter, colours).length : items.length;
  return (
    <>
      <p className={controls.hidden} aria-live="polite">
        {filtering ? `${formatCount(shown)} of ${formatCount(items.length)} items shown.` : ""}
      </p>
      {filtering && (
        <button
          type="button"
          className={`${controls.button} ${styles.all}`}
          onClick={() => view.setState({ hidden: new Set(), isolated: null })}
        >
          Show all
        </button>
      )}
    </>
  );
}
