import type { Item } from "../../collection/types";

/** What the colours of items tell: a fixed thing, or a column of the items' table by its name. */
export type ColourBy =
  | "category"
  | "kind"
  | "encoder"
  | "cluster"
  | "similarity"
  | "trust"
  | `column:${string}`;

/** One line of the legend. */
export interface LegendEntry {
  /** Stable within a map: "category:sport", "kind:text", "trust:0", "number:3", "number:none". */
  readonly key: string;
  readonly label: string;
  /** Index into the palette. */
  readonly slot: number;
  readonly count: number;
}

/** How a number becomes a colour, as far as the user chose; what is absent follows the numbers. */
export interface NumberScale {
  /** Where the ramp begins: smaller numbers have its first colour. The default is the smallest number. */
  readonly low?: number;
  /** Where the ramp ends: larger numbers have its last colour. The default is the largest number. */
  readonly high?: number;
  /** Runs the ramp the other way round. The default is false. */
  readonly inverted?: boolean;
}

/** A scale as it is drawn. */
export interface DrawnScale {
  readonly low: number;
  readonly high: number;
  readonly inverted: boolean;
  /** The smallest and the largest number there is; both 0 when there is none. */
  readonly extent: readonly [number, number];
}

/** A number of each item; undefined where it has none. */
export interface NumberLookup {
  /** What the legend calls items without one. The default is "no number". */
  readonly without?: string;
  of(item: Item): number | undefined;
}

/** Counts items for a legend, one after the other, so that very many can be counted bit by bit. */
export interface LegendTally {
  add(item: Item): void;
  /** The legend of what was added. */
  entries(): readonly LegendEntry[];
}

/** What the page knows about the colours of the items it holds. */
export interface Colours {
  /** The palette slot of an item. */
  slot(item: Item): number;
  /** The CSS colour of an item. */
  css(item: Item): string;
  /** The legend entry an item belongs to. */
  key(item: Item): string;
  /** Counts items for a legend of these colours; `legendOf` makes it of a list. */
  tally(): LegendTally;
  /** How numbers become colours; absent where the colours tell groups apart. */
  readonly scale?: DrawnScale;
}
