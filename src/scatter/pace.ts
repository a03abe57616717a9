/** A frame of a moving map may take this long, in milliseconds: 24 a second are seen as one motion. */
const GOAL = 40;
/** Frames quicker than this leave room for more points. */
const QUICK = 28;
/** By how much the number of points grows at most from one frame to the next: too much at once would stutter. */
const GROWTH = 1.25;
/** Fewer points than this would no longer show the map's shape. */
const LEAST = 40_000;
/** A longer pause between two frames is no frame's work, milliseconds. */
const PAUSE = 3_000;
/** No frame cuts the number of points to less than this share: one hiccup must not cost too much. */
const MOST_CUT = 0.25;

/**
 * How many of the points are drawn while the map moves: all where the GPU keeps up, else a random part of them, so that
 * the map follows the hand; once it rests, all are drawn. What was learned is kept from one motion to the next.
 */
export class Pace {
  private share = 1;
  private last = Number.NEGATIVE_INFINITY;

  /** The share of `count` points to draw in a frame of a motion, in (0, 1]; `now` in milliseconds. */
  moving(now: number, count: number): number {
    const gap = now - this.last;
    this.last = now;
    if (gap > 0 && gap < PAUSE) {
      if (gap > GOAL) this.share *= Math.max(MOST_CUT, GOAL / gap);
      else if (gap < QUICK) this.share *= GROWTH;
    }
    this.share = Math.min(1, Math.max(this.share, Math.min(1, LEAST / Math.max(1, count))));
    return this.share;
  }

  /** The map rests: the time until the next motion says nothing about the GPU. */
  rest(): void {
    this.last = Number.NEGATIVE_INFINITY;
  }
}
