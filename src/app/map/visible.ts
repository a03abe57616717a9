import type { Item } from "../../collection/types";
import type { Colours } from "../colours/types";
import type { ViewState, ViewStore } from "../view";
import type { Workbench } from "../workbench/types";

/** What decides whether an item is shown. */
export type Filter = Pick<ViewState, "hidden" | "isolated">;

/** True while some item may be left out. */
export function isFiltering({ hidden, isolated }: Filter): boolean {
  return hidden.size > 0 || isolated !== null;
}

/** Whether an item is shown: it is among those singled out, and its legend entry is not hidden. */
export function isVisible(item: Item, { hidden, isolated }: Filter, colours: Colours): boolean {
  if (isolated && !isolated.has(item.id)) return false;
  return hidden.size === 0 || !hidden.has(colours.key(item));
}

/** What was asked of a list last: legend, list and commands all ask the same. */
const known = new WeakMap<
  readonly Item[],
  { readonly filter: Filter; readonly colours: Colours; readonly shown: readonly Item[] }
>();

/** The items that are shown; the very list when nothing is filtered, and the same list for the same question. */
export function visibleOf(items: readonly Item[], filter: Filter, colours: Colours): readonly Item[] {
  if (!isFiltering(filter)) return items;
  const { hidden, isolated } = filter;
  const last = known.get(items);
  const isSame =
    last?.filter.hidden === hidden && last.filter.isolated === isolated && last.colours === colours;
  if (last && isSame) return last.shown;
  const shown = items.filter((item) => isVisible(item, filter, colours));
  known.set(items, { filter: { hidden, isolated }, colours, shown });
  return shown;
}

/**
 * Keeps a filter from hiding what the user has just put there: items that are added join those singled out, and an
 * emptied page filters nothing.
 */
export function followItems(workbench: Workbench, view: ViewStore): void {
  workbench.state.subscribe(({ items }, previous) => {
    const state = view.getState();
    if (items === previous.items || !isFiltering(state)) return;
    if (items.length === 0) return view.setState({ hidden: new Set(), isolated: null });
    if (!state.isolated || items.length <= previous.items.length) return;
    const before = new Set(previous.items.map(({ id }) => id));
    const fresh = items.filter(({ id }) => !before.has(id));
    if (fresh.length === 0) return;
    view.setState({ isolated: new Set([...state.isolated, ...fresh.map(({ id }) => id)]) });
  });
}

/**
 * The legend entries that are hidden after one was clicked. While all are shown, a click shows that one alone; after
 * that it shows or hides one more. With `alone` false it hides or shows that one, whatever the others do. What would
 * hide everything, or nothing, shows all.
 */
export function toggled(
  hidden: ReadonlySet<string>,
  key: string,
  all: readonly string[],
  alone: boolean,
): ReadonlySet<string> {
  const present = all.filter((each) => hidden.has(each));
  const next =
    present.length === 0 && alone
      ? new Set(all.filter((each) => each !== key))
      : new Set(hidden.has(key) ? present.filter((each) => each !== key) : [...present, key]);
  return next.size >= all.length ? new Set() : next;
}
