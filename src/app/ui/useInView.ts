import { type RefObject, useLayoutEffect, useMemo, useState } from "react";

/** Things that stand in a line inside an element that scrolls. */
export interface Line {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly count: number;
  /** Each one's height, or width, in CSS pixels. */
  readonly size: number;
  /** Whether they stand side by side. The default is false: one below the other. */
  readonly across?: boolean;
  /** Things beyond either edge that count as in view, so that a quick scroll shows no gap. */
  readonly margin: number;
}

/**
 * The places, from 0, of the things that are in view, followed as the element scrolls and changes its size. However many
 * things there are, nothing is done for those out of view.
 */
export function useInView({ scroller, count, size, across = false, margin }: Line): readonly number[] {
  const [{ from, to }, setRange] = useState({ from: 0, to: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const start = across ? element.scrollLeft : element.scrollTop;
      const length = across ? element.clientWidth : element.clientHeight;
      const from = Math.floor(start / size) - margin;
      const to = Math.ceil((start + length) / size) + margin;
      setRange((before) => (before.from === from && before.to === to ? before : { from, to }));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [scroller, size, across, margin]);
  const [first, end] = [Math.max(0, from), Math.min(count, to)];
  return useMemo(() => Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at), [first, end]);
}
