import { Regex, Search, Trash2, X } from "lucide-react";
import { lazy, Suspense, useEffect } from "react";
import { useRun } from "../commands/useShortcuts";
import { useApp, useBench, useView } from "../context";
import { useVisible } from "../map/useVisible";
import controls from "../ui/controls.module.css";
import { formatCount } from "../ui/numbers";
import { filterField } from "./focusFilter";
import { ItemList } from "./ItemList";
import styles from "./ItemsPanel.module.css";
import { useFound } from "./useFound";
import { useItems } from "./useItems";

const FieldsMenu = lazy(() => import("./FieldsMenu"));

/** Everything on the map as a list that can be searched, walked through and selected from. It shows what the map shows. */
export function ItemsPanel() {
  const { view } = useApp();
  const items = useItems();
  const visible = useVisible();
  const { items: shown, fault } = useFound(visible);
  const query = useView((state) => state.filter);
  const count =
    shown.length === items.length
      ? formatCount(items.length)
      : `${formatCount(shown.length)} of ${formatCount(items.length)}`;
  const isSearching = query.trim() !== "" && fault === undefined;
  useEffect(() => {
    view.setState({ found: isSearching ? shown.map(({ id }) => id) : null });
  }, [view, isSearching, shown]);
  return (
    <section className={styles.panel} aria-label="Items">
      <div className={styles.head}>
        <h2 className={styles.title}>Items</h2>
        <span className={styles.count} data-part={shown.length < items.length || undefined}>
          {count}
        </span>
        <SelectionActions />
        <Filter />
      </div>
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      {isSearching && shown.length > 0 && (
        <p className={styles.found}>
          <span className={styles.count} data-part={shown.length < items.length || undefined}>
            {count}
          </span>
          <SelectFound count={shown.length} />
        </p>
      )}
      {items.length > 0 && shown.length === 0 && !fault ? (
        <p className={styles.none}>
          {isSearching
            ? `No item ${visible.length < items.length ? "shown " : ""}is found by “${query.trim()}”.`
            : "No item is shown."}
        </p>
      ) : (
        <ItemList items={shown} />
      )}
    </section>
  );
}

/** The field that searches the list: by words and fields, or by a regular expression. */
function Filter() {
  const { view } = useApp();
  const run = useRun();
  const query = useView((state) => state.filter);
  const isPattern = useView((state) => state.filterIsPattern);
  const hasFields = useBench((state) => state.items.length > 0);
  return (
    <div className={styles.filter} data-filled={query !== "" || undefined}>
      <label>
        <Search size={13} aria-hidden />
        <input
          ref={filterField}
          aria-label="Filter items"
          placeholder="Filter"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => view.setState({ filter: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === "Escape") view.setState({ filter: "" });
            if (event.key === "Enter") run("edit.selectFound");
          }}
        />
      </label>
      {query && (
        <button type="button" aria-label="Clear the filter" onClick={() => view.setState({ filter: "" })}>
          <X size={13} aria-hidden />
        </button>
      )}
      <button
        type="button"
        aria-label="Regular expression"
        title="Filter by a regular expression"
        aria-pressed={isPattern}
        onClick={() => view.setState({ filterIsPattern: !isPattern })}
      >
        <Regex size={14} aria-hidden />
      </button>
      {hasFields && (
        <Suspense fallback={<span className={styles.place} />}>
          <FieldsMenu />
        </Suspense>
      )}
    </div>
  );
}

function SelectFound({ count }: { readonly count: number }) {
  const run = useRun();
  return (
    <button type="button" className={controls.link} onClick={() => run("edit.selectFound")}>
      Select {count === 1 ? "the one" : `all ${formatCount(count)}`} found
    </button>
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
