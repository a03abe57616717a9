import type { Projected } from "./camera";
import { Choice } from "./choice";
import type { Cloud } from "./cloud";
import { Flag } from "./flags";
import { Frustum } from "./frustum";
import { Grid } from "./grid";
import { IdleWork } from "./idle-work";
import { Polygon } from "./polygon";
import { type Projector, scaleAt } from "./projector";
import { Sight } from "./sight";
import { exhaust } from "./steps";

/** A pointer this near to a dot means it, in CSS pixels; a fingertip covers more than the dot. */
const REACH = 8;
/** Slack around a dot within which it wins over the thumbnail below it, in CSS pixels. */
const SLACK = 2;
/** So many points are looked at one by one in less than a millisecond. */
const SMALL = 50_000;
/** So many points need no index. */
const FEW = 2_000;
/** What looking at all points may hold the page at a stretch, milliseconds: a user feels none of it. */
const SLICE = 2;

/** Thumbnails as they are drawn. */
export interface PickableThumbnails {
  /** Indices in drawing order. */
  readonly shown: readonly number[];
  /** CSS pixels. */
  readonly side: number;
  readonly presence: number;
}

/** What is asked for at a place of the view; CSS pixels. */
export interface Aim {
  readonly x: number;
  readonly y: number;
  /** Radius of a dot at depth 1. */
  readonly dotRadius: number;
  /** The point whose label is drawn at a place. */
  labelAt(x: number, y: number): number | null;
}

/**
 * Finds points by their place on the screen, exactly. Some time after points were moved there is an index of them, which
 * serves every view, on the plane and in space. Before, and while they travel, all points have to be looked at: what
 * can wait for it is told a moment later, what can't takes some milliseconds for a million.
 */
export class Picker {
  private readonly cloud: Cloud;
  private readonly projector: Projector;
  private readonly thumbnails: PickableThumbnails;
  private readonly grid = new Grid();
  private readonly indexing = new IdleWork();
  private indexed = false;
  /** Searches under way, each with what begins it anew. */
  private readonly searches = new Map<IdleWork, () => void>();
  private readonly spot: Projected = { x: 0, y: 0, w: 1 };
  private readonly choice = new Choice();
  private readonly frustum = new Frustum();
  /** The longest stretch for which the last search held the page, milliseconds. */
  longest = 0;

  constructor(cloud: Cloud, projector: Projector, thumbnails: PickableThumbnails) {
    this.cloud = cloud;
    this.projector = projector;
    this.thumbnails = thumbnails;
  }

  /** Points are about to be replaced: the index and what is being looked for are of no use, and begin anew afterwards. */
  hold(): void {
    this.indexed = false;
    this.indexing.stop();
    for (const search of this.searches.keys()) search.stop();
  }

  /** Points were replaced or moved; those that are only filtered out may stay in the index. */
  pointsChanged(): void {
    const { cloud } = this;
    this.hold();
    if (cloud.count > FEW) {
      this.indexing.begin(
        () => this.grid.building(cloud.to, cloud.count, (index) => cloud.has(index, Flag.hidden)),
        () => {
          this.indexed = true;
        },
      );
    }
    for (const again of this.searches.values()) again();
  }

  /**
   * The point drawn at a place, or null: a dot whose disc is there, else the topmost thumbnail there, else the point whose
   * label is there, else the nearest dot within 8 px.
   */
  pick(aim: Aim): number | null {
    const { x, y } = aim;
    const { choice, spot, projector } = this;
    const { reach, disc, radius } = this.reaches(aim);
    choice.begin(reach);
    const grid = this.index();
    if (!grid) {
      exhaust(new Sight(this.cloud, projector).near({ x, y, radius, disc }, choice));
    } else {
      const { matrix, lens } = projector;
      this.frustum.set(matrix, lens, x - radius, y - radius, x + radius, y + radius);
      grid.visit(this.frustum, (index) => {
        if (projector.at(index, spot)) {
          choice.offer(index, (spot.x - x) ** 2 + (spot.y - y) ** 2, spot.w, disc);
        }
      });
    }
    return this.decide(choice, aim, this.thumbnailAt(x, y), aim.labelAt(x, y));
  }

  /**
   * As `pick`, but the answer comes later where it would take long, and is then as of now; at once where it doesn't.
   *
   * @returns a function that calls it off.
   */
  seek(aim: Aim, done: (index: number | null) => void): () => void {
    if (this.index() || this.cloud.count <= SMALL) {
      const started = performance.now();
      const index = this.pick(aim);
      this.longest = performance.now() - started;
      done(index);
      return () => {};
    }
    const { x, y } = aim;
    const { reach, disc, radius } = this.reaches(aim);
    return this.search(() => {
      const choice = new Choice();
      choice.begin(reach);
      const picture = this.thumbnailAt(x, y);
      const label = aim.labelAt(x, y);
      return {
        steps: new Sight(this.cloud, this.projector).near({ x, y, radius, disc }, choice),
        tell: () => done(this.decide(choice, aim, picture, label)),
      };
    });
  }

  /**
   * Indices of all points inside a polygon of the view (`x0, y0, x1, y1, …`, CSS pixels), in their order; told at once
   * where that takes no time.
   *
   * @returns a function that calls it off.
   */
  enclosed(corners: readonly number[], done: (indices: number[]) => void): () => void {
    const polygon = new Polygon(corners);
    if (this.cloud.count <= SMALL) {
      const started = performance.now();
      const found: number[] = [];
      exhaust(new Sight(this.cloud, this.projector).inside(polygon, found));
      this.longest = performance.now() - started;
      done(found);
      return () => {};
    }
    return this.search(() => {
      const found: number[] = [];
      return {
        steps: new Sight(this.cloud, this.projector).inside(polygon, found),
        tell: () => done(found),
      };
    });
  }

  /** Calls back with every point in view or `margin` CSS pixels outside, and perhaps with more. */
  visitView(margin: number, visit: (index: number) => void): void {
    const grid = this.index();
    if (grid) grid.visit(this.view(margin), visit);
    else for (let point = 0; point < this.cloud.count; point++) visit(point);
  }

  /** About how many points are in view; all of them while there is no index. */
  estimateInView(): number {
    return this.index()?.estimate(this.view(0)) ?? this.cloud.count;
  }

  /** Bytes of the index. */
  get bytes(): number {
    return this.grid.bytes;
  }

  /** Frees what is held for later. */
  dispose(): void {
    this.indexing.stop();
    for (const search of this.searches.keys()) search.stop();
    this.searches.clear();
  }

  /** The index, where it is there and serves. */
  private index(): Grid | null {
    return this.indexed && !this.cloud.travelling ? this.grid : null;
  }

  /** Looks at all points in slices; when they move meanwhile, it begins anew. Returns a function that calls it off. */
  private search(prepare: () => { steps: Iterator<void>; tell: () => void }): () => void {
    const work = new IdleWork({ rest: 0, slice: SLICE });
    const begin = () => {
      const { steps, tell } = prepare();
      work.begin(
        () => steps,
        () => {
          this.searches.delete(work);
          this.longest = work.longest;
          tell();
        },
      );
    };
    this.searches.set(work, begin);
    begin();
    return () => {
      work.stop();
      this.searches.delete(work);
    };
  }

  /** Which of the best dot near a place, the picture and the label there is meant; −1 and null for none. */
  private decide(choice: Choice, { dotRadius }: Aim, picture: number, label: number | null): number | null {
    const dot = choice.best;
    const onDot = dot >= 0 && choice.distance <= dotRadius * choice.scale + SLACK;
    if (onDot && !this.isPictured(dot)) return dot;
    if (picture >= 0) return picture;
    return label ?? (dot >= 0 ? dot : null);
  }

  /**
   * How near a dot has to be to be meant, how large its disc is at depth 1, and how far from the pointer the middle of one
   * that is meant may be; CSS pixels.
   */
  private reaches({ dotRadius }: Aim): { reach: number; disc: number; radius: number } {
    const reach = Math.max(REACH, dotRadius + SLACK);
    const disc = dotRadius + 0.5;
    return { reach, disc, radius: Math.max(reach, disc * scaleAt(this.projector.near)) };
  }

  private view(margin: number): Frustum {
    const { matrix, lens } = this.projector;
    return this.frustum.set(matrix, lens, -margin, -margin, lens.width + margin, lens.height + margin);
  }

  private isPictured(index: number): boolean {
    return this.thumbnails.presence > 0.5 && this.cloud.has(index, Flag.pictured);
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
