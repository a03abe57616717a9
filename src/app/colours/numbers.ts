import type { Item } from "../../collection/types";
import { formatNumber } from "../ui/numbers";
import { firstRampSlot, plainTextSlot } from "./assign";
import { cssOf, rampStep } from "./ramp";
import type { Colours, DrawnScale, LegendTally, NumberLookup, NumberScale } from "./types";

/** The scale is filtered by fifths: few enough to hit with a finger, and to be heard one by one. */
const numberBins = 5;

/** The smallest and the largest number of the items; both 0 when none has one. */
function extentOf(items: readonly Item[], numbers: NumberLookup): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    const value = numbers.of(item);
    if (value === undefined) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 0];
}

/**
 * The scale that is drawn: what the user chose, and the numbers' own ends where nothing was. Ends that have crossed, because
 * there are other numbers now, count as not chosen.
 */
function drawnScale(extent: readonly [number, number], chosen: NumberScale = {}): DrawnScale {
  const { inverted = false } = chosen;
  const low = chosen.low ?? extent[0];
  const high = chosen.high ?? extent[1];
  return low <= high
    ? { low, high, inverted, extent }
    : { low: extent[0], high: extent[1], inverted, extent };
}

/** How far up the scale a number lies; below 0 and above 1 outside of its ends. 0.5 on a scale without length. */
function shareOf(value: number, { low, high }: DrawnScale): number {
  return high === low ? 0.5 : (value - low) / (high - low);
}

/** Each fifth's key: made once, not for each of a hundred thousand items. */
const binKeys = Array.from({ length: numberBins }, (_, bin) => `number:${bin}`);

/** The fifth of the scale a number belongs to, from 0; numbers beyond the ends belong to the outermost. */
function binOf(value: number, scale: DrawnScale): number {
  return Math.min(numberBins - 1, Math.max(0, Math.floor(shareOf(value, scale) * numberBins)));
}

/** What a fifth of the scale spans: "12–24"; the outermost say that they hold what was clipped as well. */
function binLabel(bin: number, { low, high, extent }: DrawnScale): string {
  const edge = (at: number) => formatNumber(low + ((high - low) * at) / numberBins);
  if (high === low) return formatNumber(low);
  if (bin === 0 && extent[0] < low) return `up to ${edge(1)}`;
  if (bin === numberBins - 1 && extent[1] > high) return `${edge(bin)} and more`;
  return `${edge(bin)}–${edge(bin + 1)}`;
}

/** Colours that tell a number of each item on a ramp from light to dark; a neutral where it has none. */
export function coloursByNumber(
  items: readonly Item[],
  numbers: NumberLookup,
  chosen?: NumberScale,
): Colours {
  const scale = drawnScale(extentOf(items, numbers), chosen);
  const slot = (item: Item) => {
    const value = numbers.of(item);
    return value === undefined
      ? plainTextSlot
      : firstRampSlot + rampStep(shareOf(value, scale), scale.inverted);
  };
  return {
    slot,
    css: (item) => cssOf(slot(item)),
    key: (item) => {
      const value = numbers.of(item);
      return value === undefined ? "number:none" : binKeys[binOf(value, scale)];
    },
    tally: () => tallyOfNumbers(numbers, scale),
    scale,
  };
}

function tallyOfNumbers(numbers: NumberLookup, scale: DrawnScale): LegendTally {
  const counts = new Array<number>(numberBins).fill(0);
  let without = 0;
  return {
    add(item) {
      const value = numbers.of(item);
      if (value === undefined) without++;
      else counts[binOf(value, scale)]++;
    },
    entries() {
      const bins = counts.map((count, bin) => ({
        key: binKeys[bin],
        label: binLabel(bin, scale),
        slot: firstRampSlot + rampStep((bin + 0.5) / numberBins, scale.inverted),
        count,
      }));
      if (without === 0) return bins;
      const { without: label = "no number" } = numbers;
      return [...bins, { key: "number:none", label, slot: plainTextSlot, count: without }];
    },
  };
}
