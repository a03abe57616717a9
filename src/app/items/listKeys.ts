/** What a key does in the list of items. */
export interface ListMove {
  /** Row that becomes the active one. */
  readonly active: number;
  /** How the selection follows. */
  readonly select: "replace" | "extend" | "toggle" | "none";
}

/**
 * The keyboard of a listbox with several selectable rows, after the ARIA Authoring Practices: arrows move and select,
 * Shift extends from the anchor, Ctrl moves alone, Space toggles. Undefined for keys the list has no use for.
 */
export function listMove(
  press: { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean },
  active: number,
  count: number,
  pageSize: number,
): ListMove | undefined {
  if (count === 0) return undefined;
  const mod = press.ctrlKey || press.metaKey;
  if (press.key === " ")
    return { active: clamp(active, count), select: mod || press.shiftKey ? "extend" : "toggle" };
  const target = targetRow(press.key, active, count, pageSize);
  if (target === undefined) return undefined;
  return { active: clamp(target, count), select: press.shiftKey ? "extend" : mod ? "none" : "replace" };
}

function targetRow(key: string, active: number, count: number, pageSize: number): number | undefined {
  switch (key) {
    case "ArrowDown":
      return active + 1;
    case "ArrowUp":
      return active < 0 ? count - 1 : active - 1;
    case "PageDown":
      return active + pageSize;
    case "PageUp":
      return active - pageSize;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

function clamp(row: number, count: number): number {
  return Math.min(count - 1, Math.max(0, row));
}
