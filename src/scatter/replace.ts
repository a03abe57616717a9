import type { Cloud } from "./cloud";
import { flagMarks, type Marks, renumberMarks } from "./marks";
import type { Renderer } from "./renderer";
import type { ScatterPoints } from "./types";

/** Milliseconds that points travel to their new places: long enough to follow one with the eyes. */
const TRAVEL = 650;
/** Milliseconds in which new points grow in, when none travels. */
const GROW = 280;

/**
 * Replaces the points, and with them what goes by their indices, in steps.
 *
 * @param placesChanged called once the points have their places.
 * @param isStill asked at last: true when nothing may travel.
 * @returns milliseconds that they travel.
 */
export function* replacing(
  { cloud, marks, renderer }: { cloud: Cloud; marks: Marks; renderer: Renderer },
  points: ScatterPoints,
  placesChanged: () => void,
  isStill: () => boolean,
): Generator<void, number> {
  renderer.picker.hold();
  const { moves, successor } = yield* cloud.replacing(points, performance.now());
  renumberMarks(marks, successor);
  renderer.labels.renumber(successor);
  renderer.thumbnails.reset();
  renderer.surveyor.restart();
  flagMarks(cloud, marks);
  yield;
  placesChanged();
  yield;
  const travel = isStill() ? 0 : moves ? TRAVEL : GROW;
  cloud.travel(performance.now(), travel);
  renderer.pointsReplaced(moves && travel > 0);
  return travel;
}
