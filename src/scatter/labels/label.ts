import type { ScatterTheme } from "../types";

/** Text sizes in CSS pixels: the page's two sizes. */
export const SIZE = 12;
export const CHOSEN_SIZE = 14;
export const PLAIN_WEIGHT = 400;
export const CHOSEN_WEIGHT = 650;
/** Height of a label's box beyond its size: below the baseline only descenders need room, and a halo is around them. */
const LEADING = 1;
/** From the top of a label's box to its baseline, as a share of the box: capitals then stand in its middle. */
const BASELINE = 0.84;

/** A text as it fits, with its width in CSS pixels. */
export interface Measured {
  readonly text: string;
  readonly width: number;
  readonly direction: "ltr" | "rtl";
}

/** The label of a point, beside it. */
export interface Label {
  readonly index: number;
  readonly text: Measured;
  /** Which of the placer's sides it stands on. */
  readonly side: number;
  /** True for a selected point's: it is larger. */
  readonly chosen: boolean;
  /** From the dot's middle to the label's top left corner, CSS pixels. */
  readonly dx: number;
  readonly dy: number;
}

/** The font of a label, as CSS writes it. */
export function labelFont(chosen: boolean, theme: ScatterTheme): string {
  return chosen
    ? `${CHOSEN_WEIGHT} ${CHOSEN_SIZE}px ${theme.font}`
    : `${PLAIN_WEIGHT} ${SIZE}px ${theme.font}`;
}

/** Height of a label's box, CSS pixels. */
export function boxHeight(chosen: boolean): number {
  return (chosen ? CHOSEN_SIZE : SIZE) + LEADING;
}

/** From the top of a label's box to its baseline, CSS pixels. */
export function baseline(chosen: boolean): number {
  return boxHeight(chosen) * BASELINE;
}
