import type { Cloud } from "./cloud";
import { Flag } from "./flags";
import type { ScatterLine } from "./types";

/** What is marked on the map; replaced by the setters of `Scatter`, read by the layers. */
export interface Marks {
  /** Indices of selected points; the first is the one whose neighbours are shown. */
  selection: readonly number[];
  hovered: number | null;
  lines: readonly ScatterLine[];
  /** Points that are not dimmed; null when none is dimmed. */
  emphasis: readonly number[] | null;
}

export function createMarks(): Marks {
  return { selection: [], hovered: null, lines: [], emphasis: null };
}

/** Flags set and cleared together with each change of the selection and the emphasis. */
const MARK_FLAGS = Flag.selected | Flag.front | Flag.dimmed;

/** Writes the marks into the points' flags; the hovered point has none, as it changes too often: the overlay draws it. */
export function flagMarks(cloud: Cloud, marks: Marks): void {
  cloud.flagAll(MARK_FLAGS, false);
  if (marks.emphasis) {
    cloud.flagAll(Flag.dimmed, true);
    for (const index of marks.emphasis) cloud.flag(index, Flag.dimmed, false);
  }
  for (const index of marks.selection) {
    cloud.flag(index, Flag.dimmed, false);
    cloud.flag(index, Flag.selected, true);
  }
  const first = marks.selection[0];
  if (first !== undefined) {
    // It has a ring of its own on the overlay.
    cloud.flag(first, Flag.selected, false);
    cloud.flag(first, Flag.front, true);
  }
}

/** The points were replaced: marks go with their points, given the new index of every old one (−1: gone). */
export function renumberMarks(marks: Marks, renumber: (old: number) => number): void {
  const kept = (indices: readonly number[]) => indices.map(renumber).filter((index) => index >= 0);
  marks.selection = kept(marks.selection);
  marks.emphasis = marks.emphasis && kept(marks.emphasis);
  marks.hovered = marks.hovered === null || renumber(marks.hovered) < 0 ? null : renumber(marks.hovered);
  marks.lines = marks.lines
    .map((line) => ({ ...line, from: renumber(line.from), to: renumber(line.to) }))
    .filter((line) => line.from >= 0 && line.to >= 0);
}
