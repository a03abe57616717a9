import type { Projected } from "./camera";
import type { Cloud } from "./cloud";
import type { LabelSurroundings } from "./labels/chooser";
import type { LabelLayer } from "./labels/label-layer";
import type { Marks } from "./marks";
import { orderByKey } from "./order";
import type { Picker } from "./picking";
import type { Projector } from "./projector";
import type { Ranking } from "./ranking";
import type { Sizes } from "./sizes";
import type { Thumbnails } from "./thumbnails";

/** Pictures drawn at most: as many as the atlas holds at its coarse resolution. */
const MAX_PICTURES = 12_000;
/** Images this far outside the view, in CSS pixels, are drawn too, so that panning meets no gaps. */
const MARGIN = 120;
/** From this many points on, only those that the grid finds in view are looked at. */
const SMALL = 50_000;
/** Dots that labels are kept off. In a denser view each label covers some; these, in random order, tell where fewest are. */
const MAX_DOTS = 60_000;
/** Milliseconds of work in one turn: with a frame's drawing that stays well below what is felt as a hitch. */
const TURN = 6;
/** A survey may take this share of the time, so that a moving map stays smooth; when it rests there is time enough. */
const TIME_SHARE = 0.06;
/** Labels and pictures of a moving map are never older than this, in milliseconds. */
const OLDEST = 160;

/** What came of a turn of the surveyor's work. */
export interface Surveyed {
  /** Flags of points have changed and must be sent to the GPU. */
  readonly flags: boolean;
  /** Labels have their new places and are to be drawn. */
  readonly labels: boolean;
}

/** What a look over the map finds. */
type Seen = Pick<LabelSurroundings, "projector" | "dots" | "candidates">;

const NOTHING: Surveyed = { flags: false, labels: false };

/**
 * Looks over what is in view, now and then: which pictures to draw, which points to label. It does so in turns, so that a
 * frame never waits long for it; until the last of them the labels that stand stay.
 */
export class Surveyor {
  /** True when something has changed since the last survey. */
  due = true;
  /** What the last survey took, in milliseconds, in all its turns. */
  lastCost = 0;
  /** When the last survey was begun. */
  lastTime = Number.NEGATIVE_INFINITY;
  /** The labels being placed. */
  private steps: Iterator<void> | null = null;
  private spent = 0;
  private readonly spot: Projected = { x: 0, y: 0, w: 1 };
  private readonly cloud: Cloud;
  private readonly marks: Marks;
  private readonly projector: Projector;
  private readonly picker: Picker;
  private readonly thumbnails: Thumbnails;
  private readonly labels: LabelLayer;
  private readonly tellInView: (any: boolean) => void;
  private anyInView = true;

  /** @param parts `inView` is told whether any point is in view whenever that has changed, of a map with labels that rests. */
  constructor(parts: {
    cloud: Cloud;
    marks: Marks;
    projector: Projector;
    picker: Picker;
    thumbnails: Thumbnails;
    labels: LabelLayer;
    inView(any: boolean): void;
  }) {
    this.cloud = parts.cloud;
    this.marks = parts.marks;
    this.projector = parts.projector;
    this.picker = parts.picker;
    this.thumbnails = parts.thumbnails;
    this.labels = parts.labels;
    this.tellInView = (any) => parts.inView(any);
  }

  /** The points were replaced: what was begun is of no use, and the next frame begins anew, moving or not. */
  restart(): void {
    this.due = true;
    this.lastTime = Number.NEGATIVE_INFINITY;
    this.steps = null;
  }

  /** True while a survey is under way. */
  get busy(): boolean {
    return this.steps !== null;
  }

  /**
   * Begins a survey if one is due and, on a moving map, affordable again; goes on with one that is under way.
   *
   * @param magnification zoom as a multiple of the zoom that shows everything.
   * @param whole true: to its end, however long that takes.
   */
  work(now: number, moving: boolean, sizes: Sizes, magnification: number, whole: boolean): Surveyed {
    const started = performance.now();
    let flags = false;
    if (!this.steps) {
      if (!this.ready(now, moving)) return NOTHING;
      this.due = false;
      this.lastTime = now;
      this.spent = 0;
      flags = this.showPictures(sizes);
      this.steps = this.placing(sizes, magnification, moving);
    }
    while (this.steps && (whole || performance.now() - started < TURN)) {
      if (this.steps.next().done) this.steps = null;
    }
    this.spent += performance.now() - started;
    if (!this.steps) this.lastCost = this.spent;
    return { flags, labels: this.steps === null };
  }

  private ready(now: number, moving: boolean): boolean {
    if (!this.due) return false;
    return !moving || now - this.lastTime >= Math.min(OLDEST, this.lastCost / TIME_SHARE);
  }

  /** The pictures in view, those in its middle first: they are looked at first, and so they shall come first. */
  private showPictures(sizes: Sizes): boolean {
    const { spot, cloud, projector } = this;
    const { width, height } = projector.lens;
    const found: number[] = [];
    const distances: number[] = [];
    if (sizes.presence > 0 && cloud.visibleImages > 0) {
      this.picker.visitView(MARGIN, (index) => {
        if (found.length >= MAX_PICTURES || !cloud.isImage(index)) return;
        if (!projector.at(index, spot) || !projector.inView(spot, MARGIN)) return;
        found.push(index);
        distances.push((spot.x - width / 2) ** 2 + (spot.y - height / 2) ** 2);
      });
    }
    const order = orderByKey(Uint32Array.from(distances), found.length);
    return this.thumbnails.show(Array.from(order, (at) => found[at]));
  }

  private *placing(sizes: Sizes, magnification: number, moving: boolean): Generator<void> {
    const seen = yield* this.look();
    if (this.cloud.source.label) this.lookInView(seen, sizes.dots.radius, moving);
    yield;
    yield* this.labels.placing(this.marks, {
      ...seen,
      dotRadius: sizes.dots.radius,
      spacing: sizes.spacing,
      pictures: sizes.presence > 0.5,
      thumbnailReach: sizes.thumbnailSide / 2,
      magnification,
    });
  }

  /** The view, the dots in it that labels are kept off, and the points that may get one. */
  private *look(): Generator<void, Seen> {
    const { cloud, picker, labels } = this;
    // Where no point has a label and no region a name, there is nothing to be kept out of their way.
    if (!cloud.source.label && labels.regions.known === 0) {
      return { projector: this.projector.copy(), dots: [], candidates: [] };
    }
    const ranking = yield* cloud.ranking();
    yield;
    const projector = this.projector.copy();
    const inView = picker.estimateInView();
    const near: number[] = [];
    if (inView <= MAX_DOTS) picker.visitView(MARGIN, (index) => near.push(index));
    yield;
    const dots = inView <= MAX_DOTS ? near : ranking.order.subarray(0, MAX_DOTS);
    // Where a good part of a large map is in view, its order is soon through enough points anyway.
    const all = cloud.count <= SMALL || inView > Math.min(MAX_DOTS, cloud.count / 20);
    const candidates = all ? ranking.order : inOrder(near, ranking);
    return { projector, dots, candidates };
  }

  /** Looks whether any shown point is in view; where there may be very many, one is. */
  private lookInView({ projector, dots }: Seen, radius: number, moving: boolean): void {
    const { spot, cloud } = this;
    let any = dots.length === MAX_DOTS || cloud.visible === 0;
    for (let at = 0; at < dots.length && !any; at++) {
      any = dots[at] < cloud.count && projector.at(dots[at], spot) && projector.inView(spot, radius);
    }
    // A camera that flies over an empty part of the map is soon past it.
    if (any === this.anyInView || (moving && !any)) return;
    this.anyInView = any;
    this.tellInView(any);
  }
}

/** Points in the order of a ranking. */
function inOrder(points: readonly number[], { order, rank }: Ranking): Uint32Array {
  // Sorting numbers, without asking a function for each pair, is many times quicker.
  return Uint32Array.from(points, (index) => rank[index])
    .sort()
    .map((at) => order[at]);
}
