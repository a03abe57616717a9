import type { Cloud } from "./cloud";
import { crowdDensity } from "./density";
import { type DotStyle, dotStyle, meanSpacing, thumbnailStyle } from "./look";
import type { View } from "./view";

/** While points move, their density is counted anew no more often than this, milliseconds. */
const RECOUNT = 300;

/** How large things are drawn at the current zoom, and how strongly; CSS pixels. */
export class Sizes {
  /** How dots are drawn at the depth of the view's centre. */
  dots: DotStyle = dotStyle(100, 0);
  /** Mean distance between points. */
  spacing = 100;
  thumbnailSide = 0;
  /** In [0, 1]: how far thumbnails have taken the place of images' dots. */
  presence = 0;
  /** Points per square world unit where the map is dense, and when it was last counted. */
  private crowd = 0;
  private stale = true;
  private counted = Number.NEGATIVE_INFINITY;
  private readonly cloud: Cloud;
  private readonly view: View;

  constructor(cloud: Cloud, view: View) {
    this.cloud = cloud;
    this.view = view;
  }

  /** Points were replaced, moved or hidden. */
  pointsChanged(): void {
    this.stale = true;
  }

  /**
   * Brings all up to date with the points and the view.
   *
   * @param share the part of the points that is drawn.
   */
  update(now: number, moving: boolean, thumbnails: boolean, share: number): void {
    this.count(now, moving);
    const { cloud, view } = this;
    this.spacing = meanSpacing(view.area, cloud.visible, view.zoom);
    const dots = dotStyle(this.spacing, (share * this.crowd) / (view.zoom * view.zoom));
    // In space dots hide what is behind them, and so must be opaque.
    this.dots = view.flat ? dots : { ...dots, opacity: 1 };
    const spacing = meanSpacing(view.area, cloud.visibleImages, view.zoom);
    const pictures = thumbnailStyle(spacing, view.magnification);
    this.thumbnailSide = pictures.side;
    this.presence = thumbnails ? pictures.presence : 0;
  }

  /** Counts how dense the map is, now and then while points move. */
  private count(now: number, moving: boolean): void {
    if (!this.stale || (moving && now - this.counted < RECOUNT)) return;
    const { cloud, view } = this;
    this.stale = false;
    this.counted = now;
    this.crowd = crowdDensity(cloud.to, cloud.style, cloud.count, view.bounds);
  }
}
