import type { Projected } from "./camera";
import { Choice, type Chosen } from "./choice";
import type { Cloud } from "./cloud";
import { Finder } from "./finder/finder";
import { Flag } from "./flags";
import { Frustum } from "./frustum";
import { Grid, type GridCells } from "./grid";
import { IdleWork } from "./idle-work";
import { isShared, MANY } from "./memory";
import { type Spot, seenPoints } from "./near";
import { Polygon } from "./polygon";
import { type Projector, scaleAt } from "./projector";
import { Search, SLICE } from "./search";
import { Sight } from "./sight";
import { exhaust } from "./steps";

/** A pointer this near to a dot means it, in CSS pixels; a fingertip covers more than the dot. */
const REACH = 8;
/** Slack around a dot within which it wins over the thumbnail below it, in CSS pixels. */
const SLACK = 2;
/** So many points need no index. */
const FEW = 2_000;
/** Pause before points that were drawn are indexed, in milliseconds: while they move it would have to begin anew each time. */
const REST = 120;

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
 * can wait for it is told a moment later, what can't takes some milliseconds for a million. Where the page shares memory
 * with workers, one of them makes the index and looks at the points.
 */
export class Picker {
  private readonly cloud: Cloud;
  private readonly projector: Projector;
  private readonly thumbnails: PickableThumbnails;
  private readonly grid = new Grid();
  private readonly finder = new Finder();
  private readonly indexing = new IdleWork({ rest: 0 });
  private resting: ReturnType<typeof setTimeout> | undefined;
  /** True while points wait to be drawn before they are indexed. */
  private waiting = false;
  private asked = new AbortController();
  private indexed = false;
  private readonly searches = new Set<{ begin(): void; stop(): void }>();
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
    this.indexed = this.waiting = false;
    clearTimeout(this.resting);
    this.indexing.stop();
    this.asked.abort();
    for (const search of this.searches) search.stop();
  }

  /** Points were replaced or moved; those that are only filtered out may stay in the index. */
  pointsChanged(): void {
    this.hold();
    this.waiting = this.cloud.count > FEW;
    for (const search of this.searches) search.begin();
  }

  /** The points have been drawn as they are now: where they are at rest, they are indexed a while later. */
  pointsDrawn(): void {
    if (!this.waiting || this.cloud.travelling) return;
    this.waiting = false;
    this.resting = setTimeout(() => this.makeIndex(), REST);
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
    if (this.index() || this.cloud.count <= MANY) {
      const started = performance.now();
      const index = this.pick(aim);
      this.longest = performance.now() - started;
      done(index);
      return () => {};
    }
    const { x, y } = aim;
    const { reach, disc, radius } = this.reaches(aim);
    const spot: Spot = { x, y, disc, radius };
    const search = new Search(this.finder, () => {
      const { cloud, projector } = this;
      const [picture, label] = [this.thumbnailAt(x, y), aim.labelAt(x, y)];
      const tell = (chosen: Chosen) => {
        // Hidden since it was asked for.
        if (chosen.best >= 0 && cloud.isHidden(chosen.best)) return search.begin();
        const started = performance.now();
        this.searches.delete(search);
        const index = this.decide(chosen, aim, picture, label);
        this.longest = Math.max(search.longest, performance.now() - started);
        done(index);
      };
      const { matrix, lens } = projector;
      const from = { mix: cloud.mix, matrix, lens };
      const sight = () => new Sight(cloud, projector);
      return { points: seenPoints(cloud), from, sight, spot, reach, tell };
    });
    return this.begin(search);
  }

  /**
   * Indices of all points inside a polygon of the view (`x0, y0, x1, y1, …`, CSS pixels), in their order; told at once
   * where that takes no time.
   *
   * @returns a function that calls it off.
   */
  enclosed(corners: readonly number[], done: (indices: number[]) => void): () => void {
    const polygon = new Polygon(corners);
    if (this.cloud.count <= MANY) {
      const started = performance.now();
      const found: number[] = [];
      exhaust(new Sight(this.cloud, this.projector).inside(polygon, found));
      this.longest = performance.now() - started;
      done(found);
      return () => {};
    }
    const work = new IdleWork({ rest: 0, slice: SLICE });
    const search = {
      stop: () => work.stop(),
      begin: () => {
        const found: number[] = [];
        const sight = new Sight(this.cloud, this.projector);
        const tell = () => {
          this.searches.delete(search);
          this.longest = work.longest;
          done(found);
        };
        work.begin(() => sight.inside(polygon, found), tell);
      },
    };
    return this.begin(search);
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
    this.hold();
    this.searches.clear();
    this.finder.close();
  }

  private makeIndex(): void {
    const { cloud, grid, finder } = this;
    finder.start(isShared(cloud.to));
    const finished = () => {
      this.indexed = true;
    };
    const makeHere = () => {
      const isHidden = (index: number) => cloud.has(index, Flag.hidden);
      this.indexing.begin(() => grid.building(cloud.to, cloud.count, isHidden), finished);
    };
    if (!finder.ready) {
      makeHere();
      return;
    }
    finder.show(seenPoints(cloud));
    this.asked = new AbortController();
    const { to: places, style, count } = cloud;
    const answered = (cells: GridCells) => {
      grid.cells = cells;
      finished();
    };
    finder.ask("index", { places, style, count }, this.asked.signal, answered, makeHere);
  }

  /** The index, where it is there and serves. */
  private index(): Grid | null {
    return this.indexed && !this.cloud.travelling ? this.grid : null;
  }

  /** Begins a search, which begins anew when points move meanwhile. Returns a function that calls it off. */
  private begin(search: { begin(): void; stop(): void }): () => void {
    this.searches.add(search);
    search.begin();
    return () => {
      search.stop();
      this.searches.delete(search);
    };
  }

  /** Which of the best dot near a place, the picture and the label there is meant; −1 and null for none. */
  private decide(choice: Chosen, { dotRadius }: Aim, picture: number, label: number | null): number | null {
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
