/** Edges are looked up by bands of this height, in the polygon's own units: a pixel for shapes of the screen. */
const BAND = 1;
/** Bands of a very tall polygon are higher, so that there are no more than this many. */
const MAX_BANDS = 4096;

/**
 * Answers for many places whether they lie inside one closed polygon, by the even-odd rule. A place on an edge may count
 * as either. Fewer than three corners hold nothing. Each place is compared only with the edges that cross its band, so
 * that a lasso of hundreds of corners costs no more than a box. Source of the test: W. R. Franklin, PNPOLY.
 */
export class Polygon {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  private readonly corners: readonly number[];
  private readonly bandHeight: number;
  /** Edges of band `b` are `edges[starts[b]]` to before `edges[starts[b + 1]]`, each named by its first corner. */
  private readonly starts: Uint32Array;
  private readonly edges: Uint32Array;

  /** @param corners `x0, y0, x1, y1, …` */
  constructor(corners: readonly number[]) {
    this.corners = corners;
    let [minX, minY] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    let [maxX, maxY] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = 0; at + 1 < corners.length; at += 2) {
      minX = Math.min(minX, corners[at]);
      maxX = Math.max(maxX, corners[at]);
      minY = Math.min(minY, corners[at + 1]);
      maxY = Math.max(maxY, corners[at + 1]);
    }
    this.minX = minX;
    this.minY = minY;
    this.maxX = maxX;
    this.maxY = maxY;
    const count = corners.length >> 1;
    const height = count > 0 ? maxY - minY : 0;
    this.bandHeight = Math.max(BAND, height / MAX_BANDS);
    const bands = Math.floor(height / this.bandHeight) + 1;
    this.starts = new Uint32Array(bands + 1);
    const visit = (found: (band: number, edge: number) => void) => {
      for (let edge = 0; edge < count; edge++) {
        const y = corners[edge * 2 + 1];
        const otherY = corners[((edge + count - 1) % count) * 2 + 1];
        const last = this.band(Math.max(y, otherY));
        for (let band = this.band(Math.min(y, otherY)); band <= last; band++) found(band, edge);
      }
    };
    visit((band) => this.starts[band + 1]++);
    for (let band = 0; band < bands; band++) this.starts[band + 1] += this.starts[band];
    this.edges = new Uint32Array(this.starts[bands]);
    const next = this.starts.slice(0, -1);
    visit((band, edge) => {
      this.edges[next[band]++] = edge;
    });
  }

  /** True when (x, y) lies inside. */
  holds(x: number, y: number): boolean {
    if (!(x >= this.minX && x <= this.maxX && y >= this.minY && y <= this.maxY)) return false;
    const { corners, edges } = this;
    const count = corners.length >> 1;
    const band = this.band(y);
    let inside = false;
    for (let at = this.starts[band]; at < this.starts[band + 1]; at++) {
      const i = edges[at];
      const j = i === 0 ? count - 1 : i - 1;
      const xi = corners[i * 2];
      const yi = corners[i * 2 + 1];
      const xj = corners[j * 2];
      const yj = corners[j * 2 + 1];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
    return inside;
  }

  private band(y: number): number {
    return Math.floor((y - this.minY) / this.bandHeight);
  }
}
