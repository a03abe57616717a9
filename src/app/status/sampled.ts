import { formatCount } from "../ui/numbers";
import type { LayoutState } from "../workbench/types";

/** A sentence about how much of a very large map was measured; undefined where all of it was. */
export function ofSample({ qualityMeasured }: Pick<LayoutState, "qualityMeasured">): string | undefined {
  return qualityMeasured === undefined
    ? undefined
    : `Of this map, ${formatCount(qualityMeasured)} items drawn at random were measured.`;
}

/** A sentence about what is known of a single item's place where only a sample was measured; undefined where all were. */
export function placesOfSample(layout: Pick<LayoutState, "qualityMeasured">): string | undefined {
  const sample = ofSample(layout);
  return sample && `${sample} Any other item has the mean of the five of them nearest to it on the map.`;
}
