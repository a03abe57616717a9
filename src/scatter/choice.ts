import { scaleAt } from "./projector";

/** What came of a choice. */
export interface Chosen {
  /** The point that is meant, or −1. */
  readonly best: number;
  /** How far its middle is from the place, CSS pixels. */
  readonly distance: number;
  /** By how much perspective enlarges it. */
  readonly scale: number;
}

/** Depth divisors that differ by less are of one depth: dots on a plane. */
const SAME_DEPTH = 1e-6;

/**
 * Which of some points near a place is meant: of those whose disc covers it the one nearest to the eye, else the one
 * nearest to the place. Of points on one spot it is the last, which is drawn on top.
 */
export class Choice implements Chosen {
  private nearest = -1;
  private nearestSquare = 0;
  private nearestDepth = 1;
  private front = -1;
  private frontDepth = 0;
  private frontSquare = 0;

  /** Forgets what was offered; from now on nothing farther than `radius` CSS pixels counts. */
  begin(radius: number): void {
    this.nearest = this.front = -1;
    this.nearestSquare = radius * radius;
    this.frontDepth = Number.POSITIVE_INFINITY;
  }

  /**
   * @param square squared distance of the point's middle from the place, CSS pixels.
   * @param depth the point's depth divisor.
   * @param disc radius of a point's disc at depth 1, CSS pixels.
   */
  offer(index: number, square: number, depth: number, disc: number): void {
    if (square < this.nearestSquare || (square === this.nearestSquare && index > this.nearest)) {
      this.nearest = index;
      this.nearestSquare = square;
      this.nearestDepth = depth;
    }
    const radius = disc * scaleAt(depth);
    if (square > radius * radius) return;
    const before = this.frontDepth - depth;
    const same = Math.abs(before) <= SAME_DEPTH;
    const closer = square < this.frontSquare || (square === this.frontSquare && index > this.front);
    if (before > SAME_DEPTH || (same && closer)) {
      this.front = index;
      this.frontDepth = depth;
      this.frontSquare = square;
    }
  }

  get best(): number {
    return this.front >= 0 ? this.front : this.nearest;
  }

  get distance(): number {
    return Math.sqrt(this.front >= 0 ? this.frontSquare : this.nearestSquare);
  }

  get scale(): number {
    return scaleAt(this.front >= 0 ? this.frontDepth : this.nearestDepth);
  }
}
