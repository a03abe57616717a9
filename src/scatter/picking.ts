import { NEAR, type Projected } from "./camera";
import { Choice } from "./choice";
import { type Cloud, Flag, UNDRAWN } from "./cloud";
import { Grid } from "./grid";
import { IdleWork } from "./idle-work";
import { Polygon } from "./polygon";
import type { Projector } from "./projector";

/** A pointer this near to a dot means it, in CSS pixels; a fingertip covers more than the dot. */
const REACH = 8;
/** Slack around a dot within which it wins over the thumbnail below it, in CSS pixels. */
const SLACK = 2;
/** Up to this many points the index is built when it is first asked for: that takes five milliseconds. */
const SMALL = 50_000;

/** Points per step of building an index: about a millisecond's work. */
const STEP = 1 << 14;

/** Thumbnails as they are drawn. */
export interface PickableThumbnails {
  /** Indices in drawing order. */
  readonly shown: readonly number[];
  /** CSS pixels. */
  readonly side: number;
  readonly presence: number;
}

/**
 * Finds points by their place on the screen, exactly. Once the map rests an index is built: on the plane over world
 * positions, where it serves until points move, in space over the screen, for one view. Until it is there all points are
 * looked at, which takes some milliseconds for a million.
 */
export class Picker {
  private readonly cloud: Cloud;
  private readonly projector: Projector;
  private readonly thumbnails: PickableThumbnails;
  /** Over world positions, for the plane. */
  private readonly world = new Grid();
  /** Over places on the screen, for a view in space. */
  private readonly screen = new Grid();
  private screenPlaces = new Float32Array();
  private readonly work = new IdleWork();
  private indexed: "plane" | "view" | null = null;
  private readonly spot: Projected = { x: 0, y: 0, w: 1 };
  private readonly choice = new Choice();

  constructor(cloud: Cloud, projector: Projector, thumbnails: PickableThumbnails) {
    this.cloud = cloud;
    this.projector = projector;
    this.thumbnails = thumbnails;
  }

  /** Points were replaced, moved or hidden. */
  pointsChanged(flat: boolean): void {
    this.indexed = null;
    this.prepare(flat);
  }

  /** The camera moved: in space an index serves one view alone. */
  viewChanged(flat: boolean): void {
    if (flat && this.indexed === "plane") return;
    this.indexed = null;
    this.prepare(flat);
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
    const dot = this.nearest(x, y, reach, dotRadius + 0.5, flat);
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
    const index = this.plane(flat);
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
    const index = this.plane(flat);
    return index ? index.estimate(...this.viewBox()) : this.cloud.count;
  }

  /** Bytes of the index. */
  get bytes(): number {
    return this.world.bytes + this.screen.bytes + this.screenPlaces.byteLength;
  }

  /** Frees what is held for later. */
  dispose(): void {
    this.work.stop();
  }

  private isPictured(index: number): boolean {
    return this.thumbnails.presence > 0.5 && this.cloud.has(index, Flag.pictured);
  }

  /** The index over the plane, where it serves and is there. */
  private plane(flat: boolean): Grid | null {
    const { cloud } = this;
    if (!flat || cloud.travelling) return null;
    if (this.indexed !== "plane" && cloud.count <= SMALL) {
      this.world.build(cloud.to, 3, cloud.count, (index) => cloud.isHidden(index));
      this.indexed = "plane";
    }
    return this.indexed === "plane" ? this.world : null;
  }

  /** Has an index built as soon as the map rests; of few points none is needed in space, and on the plane it is quick. */
  private prepare(flat: boolean): void {
    const { cloud, work } = this;
    work.stop();
    if (cloud.count <= SMALL) return;
    const job = () =>
      flat
        ? this.world.building(cloud.to, 3, cloud.count, (index) => cloud.isHidden(index))
        : this.indexView();
    work.begin(job, () => {
      // Points that were still on their way when it was built stand elsewhere now.
      this.indexed = cloud.travelling ? null : flat ? "plane" : "view";
    });
  }

  /** Builds the index over the screen, in steps. */
  private *indexView(): Generator<void> {
    const { cloud, projector, spot } = this;
    if (this.screenPlaces.length < cloud.count * 2) this.screenPlaces = new Float32Array(cloud.count * 2);
    const places = this.screenPlaces;
    for (let index = 0; index < cloud.count; index++) {
      if (index % STEP === 0) yield;
      const drawn = projector.at(index, spot) && projector.inView(spot, REACH);
      places[index * 2] = drawn ? spot.x : Number.NaN;
      places[index * 2 + 1] = drawn ? spot.y : Number.NaN;
    }
    yield* this.screen.building(places, 2, cloud.count, () => false);
  }

  private nearest(x: number, y: number, radius: number, disc: number, flat: boolean): number {
    if (!flat)
      return this.indexed === "view" ? this.searchView(x, y, radius, disc) : this.scan(x, y, radius, disc);
    const { matrix, lens } = this.projector;
    // On the plane the matrix only scales and shifts.
    const worldX = ((2 * x) / lens.width - 1 - matrix[12]) / matrix[0];
    const worldY = (1 - (2 * y) / lens.height - matrix[13]) / matrix[5];
    const worldRadius = (2 * radius) / lens.width / matrix[0];
    const index = this.plane(flat);
    return index ? index.nearest(worldX, worldY, worldRadius) : this.scanPlane(worldX, worldY, worldRadius);
  }

  /** The point of the plane nearest to a place within `radius`, world units; of points on one spot the last. */
  private scanPlane(x: number, y: number, radius: number): number {
    const { from, to, style, count, mix } = this.cloud;
    const still = mix >= 1;
    let nearest = -1;
    let nearestSquare = radius * radius;
    for (let index = 0, at = 0; index < count; index++, at += 3) {
      const dx = (still ? to[at] : from[at] + (to[at] - from[at]) * mix) - x;
      if (dx > radius || dx < -radius) continue;
      const dy = (still ? to[at + 1] : from[at + 1] + (to[at + 1] - from[at + 1]) * mix) - y;
      const square = dx * dx + dy * dy;
      if (square > nearestSquare || style[index * 4 + 2] & UNDRAWN) continue;
      nearest = index;
      nearestSquare = square;
    }
    return nearest;
  }

  /** As `scan`, among the points that the index over the screen finds near the place. */
  private searchView(x: number, y: number, radius: number, disc: number): number {
    const { choice, spot, projector } = this;
    choice.begin(radius);
    this.screen.visit(x - radius, y - radius, x + radius, y + radius, (index) => {
      if (!projector.at(index, spot)) return;
      choice.offer(index, (spot.x - x) ** 2 + (spot.y - y) ** 2, spot.w, disc);
    });
    return choice.best;
  }

  /** Looks at every point. One plain loop over the arrays, as calls would make it several times slower. */
  private scan(x: number, y: number, radius: number, disc: number): number {
    const { choice } = this;
    const { from, to, style, count, mix } = this.cloud;
    const { matrix, lens } = this.projector;
    const [x0, y0, , w0, x1, y1, , w1, x2, y2, , w2, x3, y3, , w3] = matrix;
    const halfWidth = lens.width / 2;
    const halfHeight = lens.height / 2;
    const still = mix >= 1;
    choice.begin(radius);
    for (let index = 0, at = 0; index < count; index++, at += 3) {
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
    return choice.best;
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
