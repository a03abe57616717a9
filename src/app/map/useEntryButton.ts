import type { MouseEvent } from "react";
import type { LegendEntry } from "../colours/types";
import { useApp, useView } from "../context";
import { formatCount } from "../ui/numbers";
import { toggled } from "./visible";

/**
 * What makes a button of a legend entry: a click shows it alone, with Shift it hides it; pointing at it lets its items
 * stand out. `all` holds the keys of the legend.
 */
export function useEntryButton({ key, label, count }: LegendEntry, all: readonly string[]) {
  const { view } = useApp();
  const hidden = useView((state) => state.hidden);
  const emphasised = useView((state) => state.emphasised);
  const isFiltered = all.some((each) => hidden.has(each));
  const isHidden = hidden.has(key);
  const point = (on: boolean) => () =>
    view.setState((state) =>
      on ? { emphasised: key } : state.emphasised === key ? { emphasised: null } : {},
    );
  return {
    "aria-pressed": isFiltered && !isHidden,
    "data-hidden": isHidden || undefined,
    "data-dim": (emphasised !== null && emphasised !== key) || undefined,
    title: `${label}: ${formatCount(count)}. Click: show ${isFiltered && isHidden ? "as well" : isFiltered ? "or hide" : "alone"}; Shift + click: ${isHidden ? "show" : "hide"}`,
    onClick: (event: MouseEvent) =>
      view.setState({ hidden: toggled(hidden, key, all, !event.shiftKey), emphasised: null }),
    onPointerEnter: point(true),
    onPointerLeave: point(false),
  };
}
