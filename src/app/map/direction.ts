export type Direction = "left" | "right" | "up" | "down";

/** A point on the screen, in CSS pixels; y grows downwards. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

const headings: Record<Direction, Place> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/** A step aside costs twice a step ahead: straight neighbours win over near ones off to the side. */
const sidewaysCost = 2;

/**
 * The index of the point to walk to from a place: the cheapest inside the right angle that opens in the direction.
 * Undefined when nothing lies there. Undefined entries are points out of view.
 */
export function nearestInDirection(
  from: Place,
  places: readonly (Place | undefined)[],
  direction: Direction,
): number | undefined {
  const heading = headings[direction];
  let best: number | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  places.forEach((place, index) => {
    if (!place) return;
    const dx = place.x - from.x;
    const dy = place.y - from.y;
    const ahead = dx * heading.x + dy * heading.y;
    const aside = Math.abs(dx * heading.y) + Math.abs(dy * heading.x);
    if (ahead <= 0 || aside > ahead) return;
    const cost = ahead + sidewaysCost * aside;
    if (cost < lowest) {
      lowest = cost;
      best = index;
    }
  });
  return best;
}

/** The direction of an arrow key. */
export function directionOf(key: string): Direction | undefined {
  if (key === "ArrowLeft") return "left";
  if (key === "ArrowRight") return "right";
  if (key === "ArrowUp") return "up";
  if (key === "ArrowDown") return "down";
  return undefined;
}
