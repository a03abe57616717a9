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
 * Looks for the point to walk to from a place, in CSS pixels: of those offered, the cheapest inside the right angle that opens
 * in the direction, and the first of equal ones.
 */
export class DirectionSearch {
  /** The index of the best point that was offered; undefined while nothing lies there. */
  best: number | undefined;
  private lowest = Number.POSITIVE_INFINITY;
  private readonly from: Place;
  private readonly heading: Place;

  constructor(from: Place, direction: Direction) {
    this.from = from;
    this.heading = headings[direction];
  }

  offer(index: number, { x, y }: Place): void {
    const { from, heading } = this;
    const dx = x - from.x;
    const dy = y - from.y;
    const ahead = dx * heading.x + dy * heading.y;
    const aside = Math.abs(dx * heading.y) + Math.abs(dy * heading.x);
    if (ahead <= 0 || aside > ahead) return;
    const cost = ahead + sidewaysCost * aside;
    if (cost >= this.lowest) return;
    this.lowest = cost;
    this.best = index;
  }
}

/** The direction of an arrow key. */
export function directionOf(key: string): Direction | undefined {
  if (key === "ArrowLeft") return "left";
  if (key === "ArrowRight") return "right";
  if (key === "ArrowUp") return "up";
  if (key === "ArrowDown") return "down";
  return undefined;
}
