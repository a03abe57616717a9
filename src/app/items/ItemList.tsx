import { useVirtualizer } from "@tanstack/react-virtual";
import { X } from "lucide-react";
import {
  type KeyboardEvent,
  type MouseEvent,
  memo,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Item, ItemId } from "../../collection/types";
import { useColours } from "../colours/useColours";
import { useBench, useWorkbench } from "../context";
import { Mark } from "../ui/Mark";
import { phoneQuery, useMedia } from "../ui/useMedia";
import styles from "./ItemsPanel.module.css";
import { listMove } from "./listKeys";

/** The rows of the list. Only those in view are in the page, so ten thousand are as quick as ten. */
export const ItemList = memo(function ItemList({ items }: { readonly items: readonly Item[] }) {
  const workbench = useWorkbench();
  const colours = useColours();
  const selection = useBench((state) => state.selection);
  const hovered = useBench((state) => state.hovered);
  const selected = useMemo(() => new Set(selection), [selection]);
  const rowHeight = useMedia(phoneQuery) ? 40 : 28;
  const scroller = useRef<HTMLDivElement>(null);
  const baseId = useId();
  const [activeId, setActiveId] = useState<ItemId | null>(null);
  const anchor = useRef<ItemId | null>(null);
  const active = useMemo(() => items.findIndex((item) => item.id === activeId), [items, activeId]);

  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    paddingEnd: 8,
  });
  useEffect(() => {
    if (rowHeight) rows.measure();
  }, [rowHeight, rows]);

  // A selection made elsewhere (map, neighbours, search) is brought into view and becomes the active row.
  // Its later items do not move the active row: extending a selection keeps its first item.
  const primary = selection[0];
  const lastPrimary = useRef<ItemId | undefined>(undefined);
  useEffect(() => {
    if (primary === lastPrimary.current) return;
    lastPrimary.current = primary;
    if (primary === undefined || primary === activeId) return;
    const row = items.findIndex((item) => item.id === primary);
    setActiveId(primary);
    anchor.current = primary;
    if (row >= 0) rows.scrollToIndex(row, { align: "auto" });
  }, [primary, activeId, items, rows]);

  const selectRow = (row: number, how: "replace" | "extend" | "toggle" | "none") => {
    const id = items[row].id;
    setActiveId(id);
    rows.scrollToIndex(row, { align: "auto" });
    if (how === "none") return;
    const from = items.findIndex((item) => item.id === anchor.current);
    if (how === "extend" && from >= 0) {
      const range = items.slice(Math.min(from, row), Math.max(from, row) + 1).map((item) => item.id);
      // The anchor stays first: it is the one whose neighbours are shown.
      workbench.select(from > row ? range.reverse() : range);
      return;
    }
    anchor.current = id;
    workbench.select([id], how === "toggle" ? "toggle" : "replace");
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const move = listMove(event, active, items.length, page);
    if (!move) return;
    event.preventDefault();
    selectRow(move.active, move.select);
  };

  const onRowClick = (event: MouseEvent, row: number) =>
    selectRow(row, event.shiftKey ? "extend" : event.ctrlKey || event.metaKey ? "toggle" : "replace");

  // Rows beyond the end of a list that has just become shorter are not there to be drawn.
  const visible = rows.getVirtualItems().filter(({ index }) => index < items.length);
  const activeVisible = visible.some(({ index }) => index === active);
  const hoveredRow = hovered === null ? undefined : visible.find(({ index }) => items[index].id === hovered);
  return (
    <div ref={scroller} className={styles.scroller} onPointerLeave={() => workbench.hover(null)}>
      <div
        role="listbox"
        aria-label="Items"
        aria-multiselectable
        aria-activedescendant={activeVisible ? `${baseId}-${activeId}` : undefined}
        tabIndex={0}
        className={styles.list}
        style={{ height: rows.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {visible.map(({ index, start }) => {
          const item = items[index];
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox handles the keys for all its options
            // biome-ignore lint/a11y/useFocusableInteractive: options are pointed at by aria-activedescendant
            <div
              key={item.id}
              id={`${baseId}-${item.id}`}
              role="option"
              aria-selected={selected.has(item.id)}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              className={styles.row}
              data-active={item.id === activeId || undefined}
              data-hovered={item.id === hovered || undefined}
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              title={item.text ?? item.label}
              onClick={(event) => onRowClick(event, index)}
              onPointerEnter={() => workbench.hover(item.id)}
            >
              <Mark item={item} colour={colours.css(item)} />
              <span className={styles.label}>{item.label}</span>
              {item.truncated && (
                <span
                  className={styles.flag}
                  title="Longer than the encoder reads: only its beginning counts."
                >
                  cut
                </span>
              )}
            </div>
          );
        })}
      </div>
      {hoveredRow !== undefined && (
        <button
          type="button"
          className={styles.removeRow}
          tabIndex={-1}
          aria-label={`Remove ${items[hoveredRow.index].label}`}
          style={{ transform: `translateY(${hoveredRow.start}px)`, height: rowHeight }}
          onClick={() => workbench.remove([items[hoveredRow.index].id])}
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </div>
  );
});
