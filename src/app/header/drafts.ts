import type { AxisChoice } from "../workbench/types";

interface WholeNumberRule {
  readonly min: number;
  readonly max: number;
  /** Whether an empty field counts as undefined. */
  readonly optional: boolean;
}

/** The whole number that is written in a field; undefined for an empty optional one, null for anything else. */
export function wholeNumber(
  text: string,
  { min, max, optional }: WholeNumberRule,
): number | undefined | null {
  const trimmed = text.trim();
  if (trimmed === "") return optional ? undefined : null;
  if (!/^\d+$/.test(trimmed)) return null;
  const value = Number(trimmed);
  return Number.isSafeInteger(value) && value >= min && value <= max ? value : null;
}

/** The rows of the form for axes: one for each dimension, empty where nothing was chosen. */
export function axisRows(axes: readonly AxisChoice[], dimensions: 2 | 3): readonly AxisChoice[] {
  return Array.from({ length: dimensions }, (_, axis) => axes[axis] ?? { from: "", to: "" });
}

/**
 * The axes that filled rows stand for, tidied, without rows that are empty; chosen axes beyond the rows are kept.
 * Undefined while a row is half filled, when none is filled, and when nothing changed.
 */
export function axesFrom(
  rows: readonly AxisChoice[],
  chosen: readonly AxisChoice[],
): readonly AxisChoice[] | undefined {
  const tidy = rows.map(({ from, to }) => ({ from: from.trim(), to: to.trim() }));
  if (tidy.some(({ from, to }) => (from === "") !== (to === ""))) return undefined;
  const filled = tidy.filter(({ from }) => from !== "");
  if (filled.length === 0) return undefined;
  const axes = [...filled, ...chosen.slice(rows.length)];
  const isSame =
    axes.length === chosen.length &&
    axes.every(({ from, to }, at) => from === chosen[at].from && to === chosen[at].to);
  return isSame ? undefined : axes;
}
