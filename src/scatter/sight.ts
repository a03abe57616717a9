import { NEAR } from "./camera";
import type { Choice } from "./choice";
import { type Cloud, UNDRAWN } from "./cloud";
import type { Polygon } from "./polygon";
import type { Projector } from "./projector";

/** Points per step: a third of a millisecond's work. */
const STEP = 1 << 15;

/**
 * The cloud as it is drawn at one moment, to be looked through in steps: the camera may move on meanwhile. It holds the
 * cloud's own arrays, so it serves until points are replaced or moved. Its loops look at every point; they are plain ones
 * over the arrays, as calls would make them several times slower.
 */
export class Sight {
  private readonly cloud: Cloud;
  private readonly matrix: Float32Array;
  private readonly width: number;
  private readonly height: number;
  private readonly mix: number;

  constructor(cloud: Cloud, { matrix, lens }: Projector) {
    this.cloud = cloud;
    this.matrix = matrix.slice();
    this.width = lens.width;
    this.height = lens.height;
    this.mix = cloud.mix;
  }

  /**
   * Offers every point within `radius` CSS pixels of a place of the view to a choice.
   *
   * @param disc radius of a point's disc at depth 1, CSS pixels.
   */
  *near(x: number, y: number, radius: number, disc: number, choice: Choice): Generator<void> {
    const { mix } = this;
    const { from, to, style, count } = this.cloud;
    const [x0, y0, , w0, x1, y1, , w1, x2, y2, , w2, x3, y3, , w3] = this.matrix;
    const halfWidth = this.width / 2;
    const halfHeight = this.height / 2;
    const still = mix >= 1;
    for (let first = 0; first < count; first += STEP) {
      if (first > 0) yield;
      const end = Math.min(count, first + STEP);
      for (let index = first, at = first * 3; index < end; index++, at += 3) {
        const px = still ? to[at] : from[at] + (to[at] - from[at]) * mix;
        const py = still ? to[at + 1] : from[at + 1] + (to[at + 1] - from[at + 1]) * mix;
        const pz = still ? to[at + 2] : from[at + 2] + (to[at + 2] - from[at + 2]) * mix;
        const w = w0 * px + w1 * py + w2 * pz + w3;
        // Compared times w: to divide a million times would take longer than all the rest.
        const dx = (x0 * px + x1 * py + x2 * pz + x3 + w) * halfWidth - x * w;
        const reach = radius * w;
        if (dx > reach || dx < -reach) continue;
        const dy = (w - (y0 * px + y1 * py + y2 * pz + y3)) * halfHeight - y * w;
        if (dy > reach || dy < -reach || !(w >= NEAR) || style[index * 4 + 2] & UNDRAWN) continue;
        choice.offer(index, (dx * dx + dy * dy) / (w * w), w, disc);
      }
    }
  }

  /** Adds the index of every point inside a polygon of the view to `found`, in ascending order. */
  *inside(polygon: Polygon, found: number[]): Generator<void> {
    const { mix, width, height } = this;
    const { from, to, style, count } = this.cloud;
    const [x0, y0, , w0, x1, y1, , w1, x2, y2, , w2, x3, y3, , w3] = this.matrix;
    const still = mix >= 1;
    for (let first = 0; first < count; first += STEP) {
      if (first > 0) yield;
      const end = Math.min(count, first + STEP);
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
}
