/** Bin size in CSS pixels: about as long as a short label, so that most boxes touch one or two bins across. */
const BIN = 64;

/** A box in CSS pixels. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Boxes of the screen, binned, so that a new one is compared only with those near it. */
export class BoxIndex {
  private columns = 1;
  private rows = 1;
  private bins: number[][] = [[]];
  private lefts: number[] = [];
  private tops: number[] = [];
  private rights: number[] = [];
  private bottoms: number[] = [];

  /** Forgets all boxes, for a view of this size in CSS pixels. */
  reset(width: number, height: number): void {
    this.columns = Math.max(1, Math.ceil(width / BIN));
    this.rows = Math.max(1, Math.ceil(height / BIN));
    const wanted = this.columns * this.rows;
    for (const bin of this.bins) bin.length = 0;
    while (this.bins.length < wanted) this.bins.push([]);
    this.lefts.length = this.tops.length = this.rights.length = this.bottoms.length = 0;
  }

  /** Adds a copy of a box. Parts outside the view are kept in the outermost bins. */
  add(box: Readonly<Box>): void {
    const id = this.lefts.length;
    this.lefts.push(box.left);
    this.tops.push(box.top);
    this.rights.push(box.right);
    this.bottoms.push(box.bottom);
    for (let row = this.row(box.top); row <= this.row(box.bottom); row++) {
      for (let column = this.column(box.left); column <= this.column(box.right); column++) {
        this.bins[row * this.columns + column].push(id);
      }
    }
  }

  /** True when a box, widened by `marginX` and `marginY`, overlaps one that was added; touching is no overlap. */
  hits(box: Readonly<Box>, marginX = 0, marginY = 0): boolean {
    const left = box.left - marginX;
    const top = box.top - marginY;
    const right = box.right + marginX;
    const bottom = box.bottom + marginY;
    for (let row = this.row(top); row <= this.row(bottom); row++) {
      for (let column = this.column(left); column <= this.column(right); column++) {
        for (const id of this.bins[row * this.columns + column]) {
          const apart =
            this.lefts[id] >= right ||
            this.rights[id] <= left ||
            this.tops[id] >= bottom ||
            this.bottoms[id] <= top;
          if (!apart) return true;
        }
      }
    }
    return false;
  }

  private column(x: number): number {
    return Math.min(this.columns - 1, Math.max(0, Math.floor(x / BIN)));
  }

  private row(y: number): number {
    return Math.min(this.rows - 1, Math.max(0, Math.floor(y / BIN)));
  }
}
