import { type Lens, NEAR } from "./camera";

/** Four sides and the near plane. */
const PLANES = 5;

/**
 * The part of the world that is drawn in a rectangle of the view: five half-spaces, as a matrix of `writeMatrix` is linear
 * in the place up to its last division. Source: Gribb and Hartmann, "Fast extraction of viewing frustum planes" (2001).
 */
export class Frustum {
  /** `a, b, c, d` of each plane; a place is inside where a·x + b·y + c·z + d ≥ 0 for all. */
  private readonly planes = new Float64Array(PLANES * 4);

  /** Sets the rectangle, in CSS pixels of the view from its top left. */
  set(
    matrix: Float32Array,
    lens: Readonly<Lens>,
    left: number,
    top: number,
    right: number,
    bottom: number,
  ): this {
    const across = (x: number) => (2 * x) / lens.width - 1;
    const upright = (y: number) => 1 - (2 * y) / lens.height;
    for (let axis = 0; axis < 4; axis++) {
      const [x, y, w] = [matrix[axis * 4], matrix[axis * 4 + 1], matrix[axis * 4 + 3]];
      this.planes[axis] = x - across(left) * w;
      this.planes[4 + axis] = across(right) * w - x;
      this.planes[8 + axis] = upright(top) * w - y;
      this.planes[12 + axis] = y - upright(bottom) * w;
      this.planes[16 + axis] = w;
    }
    this.planes[19] -= NEAR;
    return this;
  }

  /** Where a box of the world lies; "touching" also for some boxes just outside of an edge. */
  side(
    minX: number,
    minY: number,
    minZ: number,
    maxX: number,
    maxY: number,
    maxZ: number,
  ): "inside" | "touching" | "outside" {
    const { planes } = this;
    let inside = true;
    for (let at = 0; at < PLANES * 4; at += 4) {
      const [a, b, c, d] = [planes[at], planes[at + 1], planes[at + 2], planes[at + 3]];
      const farthest = a * (a > 0 ? maxX : minX) + b * (b > 0 ? maxY : minY) + c * (c > 0 ? maxZ : minZ) + d;
      if (farthest < 0) return "outside";
      if (!inside) continue;
      inside = a * (a > 0 ? minX : maxX) + b * (b > 0 ? minY : maxY) + c * (c > 0 ? minZ : maxZ) + d >= 0;
    }
    return inside ? "inside" : "touching";
  }
}
