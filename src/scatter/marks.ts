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

/** The points were replaced: marks go with their points, given the new index of every old one (−1: gone). */
export function renumberMarks(marks: Marks, successors: Int32Array): void {
  const renumber = (index: number) => successors[index] ?? -1;
  const kept = (indices: readonly number[]) => indices.map(renumber).filter((index) => index >= 0);
  marks.selection = kept(marks.selection);
  marks.emphasis = marks.emphasis && kept(marks.emphasis);
  marks.hovered = marks.hovered === null || renumber(marks.hovered) < 0 ? null : renumber(marks.hovered);
  marks.lines = marks.lines
    .map((line) => ({ ...line, from: renumber(line.from), to: renumber(line.to) }))
    .filter((line) => line.from >= 0 && line.to >= 0);
}
