import type { ModalityGap } from "../workbench/types";

/** Enough to show the shape of a few dozen items, few enough to be seen. */
const columns = 48;

/**
 * Histograms of words and images along the gap: heights in [0, 1], each modality's highest bar being 1. The line is drawn
 * from beyond the images' middle (0) to beyond the words' (1), as far as items lie.
 */
export function gapBars(
  places: ModalityGap["places"],
): Readonly<Record<"text" | "image", readonly number[]>> {
  const low = Math.min(-0.25, ...places.map(({ at }) => at));
  const high = Math.max(1.25, ...places.map(({ at }) => at));
  const bars = { text: new Array<number>(columns).fill(0), image: new Array<number>(columns).fill(0) };
  for (const { kind, at } of places) {
    const column = Math.min(columns - 1, Math.floor(((at - low) / (high - low)) * columns));
    bars[kind][column] += 1;
  }
  const scaled = (counts: readonly number[]) => {
    const most = Math.max(...counts, 1);
    return counts.map((count) => count / most);
  };
  return { text: scaled(bars.text), image: scaled(bars.image) };
}
