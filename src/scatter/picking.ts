import type { Projected } from "./camera";
import type { Cloud } from "./cloud";
import { Grid } from "./grid";
import { insidePolygon, polygonBox } from "./polygon";
import type { Projector } from "./projector";

/** A pointer this near to a dot means it, in CSS pixels; a fingertip covers more than the dot. */
const REACH = 8;
/** Slack around a dot within which it wins over the thumbnail below it, in CSS pixels. */
const SLACK = 2;

/** Thumbnails as they are drawn. */
export interface PickableThumbnails {
  /** Indices in drawing order. */
  readonly shown: readonly number[];
  /** CSS pixels. */
  readonly side: number;
  readonly presence: number;
}

/**
 * Finds points by their place on the screen. On the plane the index is built over world positions and serves until
 * they change; in space, and while points travel, over screen positions of the current view, and only when asked.
 */
export class Picker {
  private readonly cloud: Cloud;
  private readonly projector: Projector;
  private readonly thumbnails: PickableThumbnails;
  private readonly world = new Grid();
  private readonly screen = new Grid();
  private screenPlaces = new Float32Array();
  private worldStale = true;
  private screenStale = true;
  private readonly spot: Projected = { x: 0, y: 0, w: 1 };

  constructor(cloud: Cloud, projector: Projector, thumbnails: PickableThumbnails) {
    this.cloud = cloud;
    this.projector = projector;
    this.thumbnails = thumbnails;
  }

  /** Points were replaced or moved. */
  pointsChanged(): void {
    this.worldStale = true;
    this.screenStale = true;
  }

  /** The camera moved, or a frame of a travel went by. */
  viewChanged(): void {
    this.screenStale = true;
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
    const dot = this.nearest(x, y, reach, flat);
    if (dot >= 0 && this.projector.at(dot, this.spot)) {
      const within = dotRadius * this.projector.scale(this.spot) + SLACK;
      if (Math.hypot(this.spot.x - x, this.spot.y - y) <= within && !this.isPictured(dot)) return dot;
    }
    const picture = this.thumbnailAt(x, y);
    if (picture >= 0) return picture;
    return labelAt(x, y) ?? (dot >= 0 ? dot : null);
  }

  /** Indices of all points inside a polygon of the view (`x0, y0, x1, y1, …`, CSS pixels), in their order. */
  enclosed(polygon: readonly number[]): number[] {
    const [minX, minY, maxX, maxY] = polygonBox(polygon);
    const inside: number[] = [];
    const { spot } = this;
    for (let index = 0; index < this.cloud.count; index++) {
      if (!this.projector.at(index, spot)) continue;
      if (spot.x < minX || spot.x > maxX || spot.y < minY || spot.y > maxY) continue;
      if (insidePolygon(polygon, spot.x, spot.y)) inside.push(index);
    }
    return inside;
  }

  /** Calls back with every point in view or `margin` CSS pixels outside, and perhaps with more. */
  visitView(flat: boolean, margin: number, visit: (index: number) => void): void {
    if (!flat || this.cloud.travelling) {
      for (let index = 0; index < this.cloud.count; index++) visit(index);
      return;
    }
    const [minX, minY, maxX, maxY] = this.viewBox();
    const more = (margin * (maxX - minX)) / this.projector.lens.width;
    this.worldIndex().visit(minX - more, minY - more, maxX + more, maxY + more, visit);
  }

  /** About how many points are in view; on the plane only, else all. */
  estimateInView(flat: boolean): number {
    if (!flat || this.cloud.travelling) return this.cloud.count;
    const [minX, minY, maxX, maxY] = this.viewBox();
    return this.worldIndex().estimate(minX, minY, maxX, maxY);
  }

  private isPictured(index: number): boolean {
    return this.thumbnails.presence > 0.5 && this.thumbnails.shown.includes(index);
  }

  private nearest(x: number, y: number, radius: number, flat: boolean): number {
    if (flat && !this.cloud.travelling) {
      const { matrix, lens } = this.projector;
      // On the plane the matrix only scales and shifts.
      const worldX = ((2 * x) / lens.width - 1 - matrix[12]) / matrix[0];
      const worldY = (1 - (2 * y) / lens.height - matrix[13]) / matrix[5];
      const worldRadius = (2 * radius) / lens.width / matrix[0];
      return this.worldIndex().nearest(worldX, worldY, worldRadius);
    }
    return this.screenIndex().nearest(x, y, radius);
  }

  private viewBox(): [number, number, number, number] {
    const { matrix } = this.projector;
    return [
      (-1 - matrix[12]) / matrix[0],
      (-1 - matrix[13]) / matrix[5],
      (1 - matrix[12]) / matrix[0],
      (1 - matrix[13]) / matrix[5],
    ];
  }

  private worldIndex(): Grid {
    if (this.worldStale) {
      this.world.build(this.cloud.to, 3, this.cloud.count, (index) => this.cloud.isHidden(index));
      this.worldStale = false;
    }
    return this.world;
  }

  private screenIndex(): Grid {
    if (this.screenStale) {
      const { count } = this.cloud;
      if (this.screenPlaces.length < count * 2) this.screenPlaces = new Float32Array(count * 2);
      for (let index = 0; index < count; index++) {
        const drawn = this.projector.at(index, this.spot) && this.projector.inView(this.spot, REACH);
        this.screenPlaces[index * 2] = drawn ? this.spot.x : Number.NaN;
        this.screenPlaces[index * 2 + 1] = drawn ? this.spot.y : Number.NaN;
      }
      this.screen.build(this.screenPlaces, 2, count, () => false);
      this.screenStale = false;
    }
    return this.screen;
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
}
