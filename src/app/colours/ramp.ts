import { mixed } from "../../core/colour";
import { firstRampSlot, rampSteps, tokenOf } from "./assign";
import { trustBins } from "./trust";

/** Where a step of the ramp lies between two of the colours it runs through: which, and how far to the next, in [0, 1]. */
function between(step: number): { at: number; share: number } {
  const along = (step / (rampSteps - 1)) * (trustBins - 1);
  const at = Math.min(trustBins - 2, Math.floor(along));
  return { at, share: along - at };
}

/** The ramp's step of a number that lies `share` of the way up the scale; what is outside of [0, 1] is clipped. */
export function rampStep(share: number, inverted: boolean): number {
  const clipped = Math.min(1, Math.max(0, share));
  return Math.round((inverted ? 1 - clipped : clipped) * (rampSteps - 1));
}

/** The colours of the ramp as "#rrggbb", run through the theme's `--trust-…` colours in OKLab. */
export function rampColours(stops: readonly string[]): readonly string[] {
  return Array.from({ length: rampSteps }, (_, step) => {
    const { at, share } = between(step);
    return mixed(stops[at], stops[at + 1], share);
  });
}

/** A palette slot as a CSS colour that follows the theme. */
export function cssOf(slot: number): string {
  if (slot < firstRampSlot) return `var(--${tokenOf(slot)})`;
  const { at, share } = between(slot - firstRampSlot);
  if (share === 0) return `var(--trust-${at})`;
  return `color-mix(in oklab, var(--trust-${at}), var(--trust-${at + 1}) ${(share * 100).toFixed(1)}%)`;
}

/** The ramp from one share of it to another as a CSS gradient, left to right. */
export function cssRamp(from: number, to: number, inverted: boolean): string {
  const stops = Array.from({ length: 5 }, (_, at) =>
    cssOf(firstRampSlot + rampStep(from + ((to - from) * at) / 4, inverted)),
  );
  return `linear-gradient(in oklab to right, ${stops.join(", ")})`;
}
