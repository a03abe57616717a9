import type { Projected } from "./camera";
import type { Cloud } from "./cloud";
import type { LabelLayer } from "./labels/label-layer";
import type { Marks } from "./marks";
import type { Picker } from "./picking";
import type { Projector } from "./projector";
import type { ThumbnailsLayer } from "./thumbnails-layer";

/** Pictures drawn at most: as many as the atlas holds at its coarse resolution. */
const MAX_PICTURES = 12_000;
/** Images this far outside the view, in CSS pixels, are drawn too, so that panning meets no gaps. */
const MARGIN = 120;
/** From this many points on, only those that the grid finds in view are looked at. */
const SMALL = 50_000;
/** Dots that labels are kept off. In a denser view each label covers some; these, in random order, tell where fewest are. */
const MAX_DOTS = 60_000;
/** A survey may take this share of the time, so that a moving map stays smooth; when it rests there is time enough. */
const TIME_SHARE = 0.06;
/** Labels and pictures of a moving map are never older than this, in milliseconds. */
const OLDEST = 160;

/** How large things are drawn now; CSS pixels. */
export interface SurveySizes {
  readonly dotRadius: number;
  readonly spacing: number;
  readonly thumbnailSide: number;
  readonly presence: number;
  /** Zoom as a multiple of the zoom that shows everything. */
  readonly magnification: number;
}

/** Looks over what is in view, now and then: which pictures to draw, which points to label. */
export class Surveyor {
  /** True when something has changed since the last survey. */
  due = true;
  /** What the last survey took, in milliseconds. */
  lastCost = 0;
  private lastTime = Number.NEGATIVE_INFINITY;
  private readonly spot: Projected = { x: 0, y: 0, w: 1 };
  private readonly wanted: number[] = [];
  private readonly cloud: Cloud;
  private readonly marks: Marks;
  private readonly projector: Projector;
  private readonly picker: Picker;
  private readonly thumbnails: ThumbnailsLayer;
  private readonly labels: LabelLayer;

  constructor(parts: {
    cloud: Cloud;
    marks: Marks;
    projector: Projector;
    picker: Picker;
    thumbnails: ThumbnailsLayer;
    labels: LabelLayer;
  }) {
    this.cloud = parts.cloud;
    this.marks = parts.marks;
    this.projector = parts.projector;
    this.picker = parts.picker;
    this.thumbnails = parts.thumbnails;
    this.labels = parts.labels;
  }

  /** The points were replaced: the next frame begins with a survey, moving or not. */
  restart(): void {
    this.due = true;
    this.lastTime = Number.NEGATIVE_INFINITY;
  }

  /** True when a survey is due and, on a moving map, affordable again. */
  ready(now: number, moving: boolean): boolean {
    if (!this.due) return false;
    return !moving || now - this.lastTime >= Math.min(OLDEST, this.lastCost / TIME_SHARE);
  }

  /** Chooses pictures and labels. True when flags of points have changed and must be uploaded. */
  survey(now: number, sizes: SurveySizes): boolean {
    const started = performance.now();
    this.due = false;
    this.lastTime = now;
    const changed = this.showPictures(sizes);
    this.placeLabels(sizes);
    this.lastCost = performance.now() - started;
    return changed;
  }

  private showPictures(sizes: SurveySizes): boolean {
    const { wanted, spot, cloud } = this;
    wanted.length = 0;
    if (sizes.presence > 0 && cloud.visibleImages > 0) {
      this.picker.visitView(MARGIN, (index) => {
        if (wanted.length >= MAX_PICTURES || !cloud.isImage(index)) return;
        if (this.projector.at(index, spot) && this.projector.inView(spot, MARGIN)) wanted.push(index);
      });
    }
    return this.thumbnails.show(wanted);
  }

  private placeLabels(sizes: SurveySizes): void {
    const { projector, spot, picker } = this;
    const complete = this.labels.place(this.marks, {
      dotRadius: sizes.dotRadius,
      spacing: sizes.spacing,
      pictures: sizes.presence > 0.5,
      thumbnailReach: sizes.thumbnailSide / 2,
      magnification: sizes.magnification,
      dots: (visit) => {
        const look = (index: number) => {
          if (projector.at(index, spot) && projector.inView(spot, MARGIN)) visit(spot, index);
        };
        if (picker.estimateInView() <= MAX_DOTS) picker.visitView(0, look);
        else this.cloud.order.subarray(0, MAX_DOTS).forEach(look);
      },
      candidates: (visit) => {
        for (const index of this.candidates()) {
          if (projector.at(index, spot) && projector.inView(spot) && !visit(index)) return;
        }
      },
    });
    if (!complete) this.due = true;
  }

  /** Points that may be in view, in the cloud's stable order. */
  private candidates(): Iterable<number> {
    const { cloud, picker } = this;
    const order = cloud.order.subarray(0, cloud.count);
    // Where a good part of a large map is in view, its order is soon through enough points anyway.
    if (cloud.count <= SMALL || picker.estimateInView() > cloud.count / 20) return order;
    const near: number[] = [];
    picker.visitView(0, (index) => near.push(index));
    return near.sort((a, b) => cloud.rank[a] - cloud.rank[b]);
  }
}
