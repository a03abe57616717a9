import { BLOCK } from "./blocks";
import { type Lens, NEAR } from "./camera";
import type { Choice } from "./choice";
import type { Cloud } from "./cloud";
import { UNDRAWN } from "./flags";
import { Frustum } from "./frustum";
import type { Polygon } from "./polygon";
import type { Projector } from "./projector";

/** Blocks per step: a tenth of a millisecond's work at most, and a millisecond's where the code has never run before. */
const STEP = 8;

/** CSS pixels by which two ways of calculating the same distance may differ. */
const ROUNDING = 1e-3;

/** A place of the view that points are looked for at, CSS pixels. */
interface Spot {
  readonly x: number;
  readonly y: number;
  /** Points farther away count for nothing. */
  readonly radius: number;
  /** Radius of a point's disc at depth 1. */
  readonly disc: number;
}

/**
 * The cloud as it is drawn at one moment, to be looked through in steps: the camera may move on meanwhile. It holds the
 * cloud's own arrays, so it serves until points are replaced or moved. Blocks of points that can't be meant are passed
 * over; of the others every point is looked at, by plain loops over the arrays: calls, and locals of a generator, would
 * make them several times slower.
 */
export class Sight {
  private readonly cloud: Cloud;
  private readonly matrix: Float32Array;
  private readonly lens: Readonly<Lens>;
  private readonly mix: number;

  constructor(cloud: Cloud, { matrix, lens }: Projector) {
    this.cloud = cloud;
    this.matrix = matrix.slice();
    this.lens = { ...lens };
    this.mix = cloud.mix;
  }

  /** Offers every point near a place of the view to a choice. */
  *near(spot: Spot, choice: Choice): Generator<void> {
    const { x, y, radius } = spot;
    const touched = this.touched(x - radius, y - radius, x + radius, y + radius);
    for (let step = 0; step < touched.length; step++) {
      if (step % STEP === STEP - 1) yield;
      this.offer(touched[step] * BLOCK, spot, choice);
    }
  }

  /** Adds the index of every point inside a polygon of the view to `found`, in ascending order. */
  *inside(polygon: Polygon, found: number[]): Generator<void> {
    const { minX, minY, maxX, maxY } = polygon;
    const touched = this.touched(minX, minY, maxX, maxY);
    for (let step = 0; step < touched.length; step++) {
      if (step % STEP === STEP - 1) yield;
      this.enclose(touched[step] * BLOCK, polygon, found);
    }
  }

  /** The blocks that may have points drawn inside a rectangle of the view, CSS pixels. */
  private touched(left: number, top: number, right: number, bottom: number): number[] {
    const frustum = new Frustum().set(this.matrix, this.lens, left, top, right, bottom);
    return this.cloud.blocks.within(this.mix, frustum);
  }

  private offer(first: number, { x, y, radius, disc }: Spot, choice: Choice): void {
    const { mix } = this;
    const { from, to, style, count } = this.cloud;
    const [x0, x1, x2, x3] = this.row(0);
    const [y0, y1, y2, y3] = this.row(1);
    const [w0, w1, w2, w3] = this.row(3);
    const halfWidth = this.lens.width / 2;
    const halfHeight = this.lens.height / 2;
    const end = Math.min(count, first + BLOCK);
    const still = mix >= 1;
    // On a plane seen from above, how far across a point is follows from its x alone.
    const flat = w0 === 0 && w1 === 0 && w2 === 0 && x1 === 0 && x2 === 0;
    const slope = x0 * halfWidth;
    const offset = (x3 + w3) * halfWidth - x * w3;
    const farAcross = radius * w3 + ROUNDING;
    for (let index = first, at = first * 3; index < end; index++, at += 3) {
      const px = still ? to[at] : from[at] + (to[at] - from[at]) * mix;
      if (flat && Math.abs(slope * px + offset) > farAcross) continue;
      const py = still ? to[at + 1] : from[at + 1] + (to[at + 1] - from[at + 1]) * mix;
      const pz = still ? to[at + 2] : from[at + 2] + (to[at + 2] - from[at + 2]) * mix;
      const w = w0 * px + w1 * py + w2 * pz + w3;
      // Compared times w: to divide a million times would take longer than all the rest. And with one comparison a side:
      // a processor that guesses wrong every other time takes three times as long.
      const dx = (x0 * px + x1 * py + x2 * pz + x3 + w) * halfWidth - x * w;
      if (Math.abs(dx) > radius * w) continue;
      const dy = (w - (y0 * px + y1 * py + y2 * pz + y3)) * halfHeight - y * w;
      if (Math.abs(dy) > radius * w || !(w >= NEAR) || style[index * 4 + 2] & UNDRAWN) continue;
      choice.offer(index, (dx * dx + dy * dy) / (w * w), w, disc);
    }
  }

  private enclose(first: number, polygon: Polygon, found: number[]): void {
    const { mix } = this;
    const { from, to, style, count } = this.cloud;
    const { width, height } = this.lens;
    const [x0, x1, x2, x3] = this.row(0);
    const [y0, y1, y2, y3] = this.row(1);
    const [w0, w1, w2, w3] = this.row(3);
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

  /** A row of the matrix, which lies in the array column by column. */
  private row(at: number): [number, number, number, number] {
    const { matrix } = this;
    return [matrix[at], matrix[at + 4], matrix[at + 8], matrix[at + 12]];
  }
}
