import { BLOCK } from "./blocks";
import { NEAR } from "./camera";
import type { Choice } from "./choice";
import type { Cloud } from "./cloud";
import { UNDRAWN } from "./flags";
import { matrixRow, offering, type Seen, type Spot, STEP, seenPoints, touched } from "./near";
import type { Polygon } from "./polygon";
import type { Projector } from "./projector";

/**
 * The cloud as it is drawn at one moment, to be looked through in steps: the camera may move on meanwhile. It holds the
 * cloud's own arrays, so it serves until points are replaced or moved. Blocks of points that can't be meant are passed
 * over; of the others every point is looked at.
 */
export class Sight {
  readonly seen: Seen;

  constructor(cloud: Cloud, { matrix, lens }: Projector) {
    const { mix } = cloud;
    this.seen = { ...seenPoints(cloud), mix, matrix: matrix.slice(), lens: { ...lens } };
  }

  /** Offers every point near a place of the view to a choice. */
  near(spot: Spot, choice: Choice): Generator<void> {
    return offering(this.seen, spot, choice);
  }

  /** Adds the index of every point inside a polygon of the view to `found`, in ascending order. */
  *inside(polygon: Polygon, found: number[]): Generator<void> {
    const { minX, minY, maxX, maxY } = polygon;
    const blocks = touched(this.seen, minX, minY, maxX, maxY);
    for (let step = 0; step < blocks.length; step++) {
      if (step % STEP === STEP - 1) yield;
      this.enclose(blocks[step] * BLOCK, polygon, found);
    }
  }

  private enclose(first: number, polygon: Polygon, found: number[]): void {
    const { from, to, style, count, mix } = this.seen;
    const { width, height } = this.seen.lens;
    const [x0, x1, x2, x3] = matrixRow(this.seen, 0);
    const [y0, y1, y2, y3] = matrixRow(this.seen, 1);
    const [w0, w1, w2, w3] = matrixRow(this.seen, 3);
    const end = Math.min(count, first + BLOCK);
    const still = mix >= 1;
    for (let index = first, at = first * 3; index < end; index++, at += 3) {
      if (style[index * 4 + 2] & UNDRAWN) continue;
      const px = still ? to[at] : from[at] + (to[at] - from[at]) * mix;
      const py = still ? to[at + 1] : from[at + 1] + (to[at + 1] - from[at + 1]) * mix;
      const pz = still ? to[at + 2] : from[at + 2] + (to[at + 2] - from[at + 2]) * mix;
      const w = w0 * px + w1 * py + w2 * pz + w3;
      if (!(w >= NEAR)) continue;
      const x = (0.5 + (0.5 * (x0 * px + x1 * py + x2 * pz + x3)) / w) * width;
      const y = (0.5 - (0.5 * (y0 * px + y1 * py + y2 * pz + y3)) / w) * height;
      if (polygon.holds(x, y)) found.push(index);
    }
  }
}
