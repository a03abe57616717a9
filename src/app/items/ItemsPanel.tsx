import { Search, Trash2, X } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { useRun } from "../commands/useShortcuts";
import { useBench } from "../context";
import controls from "../ui/controls.module.css";
import { formatCount } from "../ui/numbers";
import { filterItems } from "./filter";
import { ItemList } from "./ItemList";
import styles from "./ItemsPanel.module.css";

/** Everything on the map as a list that can be filtered, walked through and selected from. */
export function ItemsPanel() {
  const items = useBench((state) => state.items);
  const [query, setQuery] = useState("");
  const deferred = useDeferredValue(query);
  const shown = useMemo(() => filterItems(items, deferred), [items, deferred]);
  return (
    <section className={styles.panel} aria-label="Items">
      <div className={styles.head}>
        <h2 className={styles.title}>Items</h2>
        <span className={styles.count}>
          {shown === items
            ? formatCount(items.length)
            : `${formatCount(shown.length)} of ${formatCount(items.length)}`}
        </span>
        <SelectionActions />
        <label className={styles.filter}>
          <Search size={13} aria-hidden />
          <input
            aria-label="Filter items"
            placeholder="Filter"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => event.key === "Escape" && setQuery("")}
          />
          {query && (
            <button type="button" aria-label="Clear the filter" onClick={() => setQuery("")}>
              <X size={13} aria-hidden />
            </button>
          )}
        </label>
      </div>
      {items.length > 0 && shown.length === 0 ? (
        <p className={styles.none}>No item holds “{deferred.trim()}”.</p>
      ) : (
        <ItemList items={shown} />
      )}
    </section>
  );
}

function SelectionActions() {
  const run = useRun();
  const selected = useBench((state) => state.selection.length);
  if (selected === 0) return null;
  return (
    <button
      type="button"
      className={`${controls.button} ${styles.remove}`}
      title={`Remove ${formatCount(selected)} selected (Delete)`}
      aria-label={`Remove ${formatCount(selected)} selected`}
      onClick={() => run("edit.removeSelection")}
    >
      <Trash2 size={13} aria-hidden />
      {selected > 1 && <span className={controls.number}>{formatCount(selected)}</span>}
    </button>
  );
}
