import { type Lens, type Projected, project } from "./camera";
import type { Cloud, Place } from "./cloud";

/** Where points are drawn now: the cloud under the camera. */
export class Projector {
  readonly matrix: Float32Array;
  readonly lens: Lens;
  /** Depth divisors of the nearest and the farthest point. */
  near = 1;
  far = 1;
  private readonly cloud: Cloud;
  private readonly place: Place = { x: 0, y: 0, z: 0 };

  constructor(cloud: Cloud, lens: Lens, matrix: Float32Array) {
    this.cloud = cloud;
    this.lens = lens;
    this.matrix = matrix;
  }

  /** The same view, which stays as it is when this one moves on. */
  copy(): Projector {
    const copy = new Projector(this.cloud, { ...this.lens }, this.matrix.slice());
    copy.near = this.near;
    copy.far = this.far;
    return copy;
  }

  /** Writes where a point is drawn; false for a point that isn't drawn or is behind the eye. May be outside the view. */
  at(index: number, out: Projected): boolean {
    if (this.cloud.isHidden(index)) return false;
    this.cloud.placeOf(index, this.place);
    return project(this.matrix, this.lens, this.place.x, this.place.y, this.place.z, out);
  }

  /** Writes where a place of the world is drawn; false when it is behind the eye. May be outside the view. */
  atPlace(x: number, y: number, z: number, out: Projected): boolean {
    return project(this.matrix, this.lens, x, y, z, out);
  }

  /** True when a projected place is inside the view, or no more than `margin` CSS pixels outside. */
  inView(spot: Projected, margin = 0): boolean {
    return (
      spot.x >= -margin &&
      spot.y >= -margin &&
      spot.x <= this.lens.width + margin &&
      spot.y <= this.lens.height + margin
    );
  }

  /** 0 for the nearest point's depth, 1 for the farthest's. */
  depth(spot: Projected): number {
    const span = this.far - this.near;
    return span > 1e-6 ? Math.min(1, Math.max(0, (spot.w - this.near) / span)) : 0;
  }

  /** Factor by which perspective enlarges a point; the points' shader uses the same. */
  scale(spot: Projected): number {
    return scaleAt(spot.w);
  }
}

/** Factor by which perspective enlarges a point whose depth divisor is `w`. */
export function scaleAt(w: number): number {
  return Math.min(2.2, Math.max(0.55, 1 / w));
}
