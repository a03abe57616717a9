import { NEAR, type Projected } from "./camera";
import { type Cloud, Flag, UNDRAWN } from "./cloud";
import { Grid } from "./grid";
import { IdleWork } from "./idle-work";
import { Polygon } from "./polygon";
import { type Projector, scaleAt } from "./projector";

/** A pointer this near to a dot means it, in CSS pixels; a fingertip covers more than the dot. */
const REACH = 8;
/** Slack around a dot within which it wins over the thumbnail below it, in CSS pixels. */
const SLACK = 2;
/** Up to this many points the index is built when it is first asked for: that takes five milliseconds. */
const SMALL = 50_000;

/** Depth divisors that differ by less are of one depth: dots on a plane. */
const SAME_DEPTH = 1e-6;

/** Thumbnails as they are drawn. */
export interface PickableThumbnails {
  /** Indices in drawing order. */
  readonly shown: readonly number[];
  /** CSS pixels. */
  readonly side: number;
  readonly presence: number;
}

/**
 * Finds points by their place on the screen, exactly. On the plane an index over world positions is built while the map
 * rests; until it is there, in space, and while points travel, all points are looked at, some 3 ms for a million.
 */
export class Picker {
  private readonly cloud: Cloud;
  private readonly projector: Projector;
  private readonly thumbnails: PickableThumbnails;
  private readonly world = new Grid();
  private readonly work = new IdleWork();
  private indexed = false;
  private readonly spot: Projected = { x: 0, y: 0, w: 1 };

  constructor(cloud: Cloud, projector: Projector, thumbnails: PickableThumbnails) {
    this.cloud = cloud;
    this.projector = projector;
    this.thumbnails = thumbnails;
  }

  /** Points were replaced, moved or hidden. */
  pointsChanged(): void {
    this.indexed = false;
    this.work.stop();
    if (this.cloud.count <= SMALL) return;
    this.work.begin(
      () => this.world.building(this.cloud.to, 3, this.cloud.count, (index) => this.cloud.isHidden(index)),
      () => {
        this.indexed = true;
      },
    );
  }

  /**
   * The point drawn at a place of the view, in CSS pixels, or null: a dot whose disc is there, else the topmost
   * thumbnail there, else the point whose label is there, else the nearest dot within 8 px.
   *
   * @param labelAt the point whose label is drawn at a place.
   */
  pick(
    x: number,
    y: number,
    dotRadius: number,
    flat: boolean,
    labelAt: (x: number, y: number) => number | null,
  ): number | null {
    const reach = Math.max(REACH, dotRadius + SLACK);
    const dot = this.nearest(x, y, reach, dotRadius + SLACK, flat);
    if (dot >= 0 && this.projector.at(dot, this.spot)) {
      const within = dotRadius * this.projector.scale(this.spot) + SLACK;
      if (Math.hypot(this.spot.x - x, this.spot.y - y) <= within && !this.isPictured(dot)) return dot;
    }
    const picture = this.thumbnailAt(x, y);
    if (picture >= 0) return picture;
    return labelAt(x, y) ?? (dot >= 0 ? dot : null);
  }

  /** Indices of all points inside a polygon of the view (`x0, y0, x1, y1, …`, CSS pixels), in their order. */
  enclosed(corners: readonly number[]): number[] {
    const polygon = new Polygon(corners);
    const inside: number[] = [];
    const { spot, projector } = this;
    const { count } = this.cloud;
    for (let index = 0; index < count; index++) {
      if (projector.at(index, spot) && polygon.holds(spot.x, spot.y)) inside.push(index);
    }
    return inside;
  }

  /** Calls back with every point in view or `margin` CSS pixels outside, and perhaps with more. */
  visitView(flat: boolean, margin: number, visit: (index: number) => void): void {
    const index = this.index(flat);
    if (!index) {
      for (let point = 0; point < this.cloud.count; point++) visit(point);
      return;
    }
    const [minX, minY, maxX, maxY] = this.viewBox();
    const more = (margin * (maxX - minX)) / this.projector.lens.width;
    index.visit(minX - more, minY - more, maxX + more, maxY + more, visit);
  }

  /** About how many points are in view; all of them while there is no index. */
  estimateInView(flat: boolean): number {
    const index = this.index(flat);
    return index ? index.estimate(...this.viewBox()) : this.cloud.count;
  }

  /** Bytes of the index. */
  get bytes(): number {
    return this.world.bytes;
  }

  /** Frees what is held for later. */
  dispose(): void {
    this.work.stop();
  }

  private isPictured(index: number): boolean {
    return this.thumbnails.presence > 0.5 && this.cloud.has(index, Flag.pictured);
  }

  /** The index over the plane, where it serves and is there. */
  private index(flat: boolean): Grid | null {
    const { cloud } = this;
    if (!flat || cloud.travelling) return null;
    if (!this.indexed && cloud.count <= SMALL) {
      this.world.build(cloud.to, 3, cloud.count, (index) => cloud.isHidden(index));
      this.indexed = true;
    }
    return this.indexed ? this.world : null;
  }

  private nearest(x: number, y: number, radius: number, disc: number, flat: boolean): number {
    const index = this.index(flat);
    if (!index) return this.scan(x, y, radius, disc);
    const { matrix, lens } = this.projector;
    // On the plane the matrix only scales and shifts.
    const worldX = ((2 * x) / lens.width - 1 - matrix[12]) / matrix[0];
    const worldY = (1 - (2 * y) / lens.height - matrix[13]) / matrix[5];
    const worldRadius = (2 * radius) / lens.width / matrix[0];
    return index.nearest(worldX, worldY, worldRadius);
  }

  /**
   * Looks at every point: of those whose disc of radius `disc` covers the place the one nearest to the eye, else the one
   * nearest to the place within `radius`. One plain loop over the arrays: calls would make it five times slower.
   */
  private scan(x: number, y: number, radius: number, disc: number): number {
    const { from, to, style, count, mix } = this.cloud;
    const { matrix, lens } = this.projector;
    const [x0, y0, , w0, x1, y1, , w1, x2, y2, , w2, x3, y3, , w3] = matrix;
    const halfWidth = lens.width / 2;
    const halfHeight = lens.height / 2;
    const still = mix >= 1;
    let nearest = -1;
    let nearestSquare = radius * radius;
    let front = -1;
    let frontDepth = Number.POSITIVE_INFINITY;
    let frontSquare = 0;
    for (let index = 0; index < count; index++) {
      const at = index * 3;
      const px = still ? to[at] : from[at] + (to[at] - from[at]) * mix;
      const py = still ? to[at + 1] : from[at + 1] + (to[at + 1] - from[at + 1]) * mix;
      const pz = still ? to[at + 2] : from[at + 2] + (to[at + 2] - from[at + 2]) * mix;
      const w = w0 * px + w1 * py + w2 * pz + w3;
      // Compared times w: to divide a million times would take longer than all the rest.
      const dx = (x0 * px + x1 * py + x2 * pz + x3 + w) * halfWidth - x * w;
      const reach = radius * w;
      if (!(dx <= reach && dx >= -reach)) continue;
      const dy = (w - (y0 * px + y1 * py + y2 * pz + y3)) * halfHeight - y * w;
      if (!(dy <= reach && dy >= -reach) || !(w >= NEAR) || style[index * 4 + 2] & UNDRAWN) continue;
      const square = (dx * dx + dy * dy) / (w * w);
      if (square <= nearestSquare) {
        nearest = index;
        nearestSquare = square;
      }
      const own = disc * scaleAt(w);
      if (square > own * own) continue;
      if (w < frontDepth - SAME_DEPTH || (w <= frontDepth + SAME_DEPTH && square <= frontSquare)) {
        front = index;
        frontDepth = w;
        frontSquare = square;
      }
    }
    return front >= 0 ? front : nearest;
  }

  private thumbnailAt(x: number, y: number): number {
    const { shown, side, presence } = this.thumbnails;
    if (presence < 0.5) return -1;
    let found = -1;
    let nearest = Number.POSITIVE_INFINITY;
    for (const index of shown) {
      if (!this.projector.at(index, this.spot)) continue;
      const reach = (side / 2) * this.projector.scale(this.spot);
      if (Math.abs(this.spot.x - x) > reach || Math.abs(this.spot.y - y) > reach) continue;
      // Later ones are drawn above earlier ones of the same depth.
      if (this.spot.w <= nearest) {
        found = index;
        nearest = this.spot.w;
      }
    }
    return found;
  }

  /** What is in view of the plane, in world units: left, bottom, right, top. */
  private viewBox(): [number, number, number, number] {
    const { matrix } = this.projector;
    return [
      (-1 - matrix[12]) / matrix[0],
      (-1 - matrix[13]) / matrix[5],
      (1 - matrix[12]) / matrix[0],
      (1 - matrix[13]) / matrix[5],
    ];
  }
}
