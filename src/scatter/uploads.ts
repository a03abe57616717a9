import type { Cloud, Stale } from "./cloud";
import type { Marks } from "./marks";
import type { Drawn, Frame, Marked, PointsUpload } from "./painter/methods";

/** Marked points drawn with rings above all others, at most; more are told by colour alone, as rings would hide them. */
const MAX_APART = 2_000;

/** Numbers of a line; see `LINE_LAYOUT`. */
const LINE_NUMBERS = 13;

/**
 * What the painter's copy of the points lacks. It is sent with the next frame, as it is then: however often points move
 * meanwhile, they are copied once.
 */
export class Uploads {
  private swapped = false;
  private stale = { to: true, from: false, style: true };
  private fromIsTo = true;
  private marked = true;
  private lines = true;
  /** Memory that the painter gave back. */
  private spare: Float32Array<ArrayBuffer> | undefined;
  private readonly cloud: Cloud;
  private readonly marks: Marks;

  constructor(cloud: Cloud, marks: Marks) {
    this.cloud = cloud;
    this.marks = marks;
  }

  /** All points were replaced, or all copies lost. `moving`: false when none travels from another place. */
  replaced(moving: boolean): void {
    this.swapped = false;
    this.stale = { to: true, from: moving, style: true };
    this.fromIsTo = !moving;
    this.marked = this.lines = true;
  }

  /** Points were moved, which made that stale. */
  moved({ swapped, from, style }: Stale): void {
    const { stale } = this;
    if (swapped) {
      this.swapped = !this.swapped;
      [stale.to, stale.from] = [stale.from || this.fromIsTo, stale.to];
      this.fromIsTo = false;
    }
    stale.to = true;
    if (from) {
      stale.from = true;
      this.fromIsTo = false;
    }
    if (style) stale.style = true;
    this.lines = true;
  }

  /** Flags or colours were changed. */
  restyled(): void {
    this.stale.style = true;
  }

  /** Other points are marked. */
  remarked(): void {
    this.marked = true;
  }

  /** There are other lines, or their ends are elsewhere. */
  relined(): void {
    this.lines = true;
  }

  /** True when there is something to send. */
  get due(): boolean {
    const { to, from, style } = this.stale;
    return to || from || style || this.marked || this.lines;
  }

  /** What is to be sent now. */
  take(): Pick<Frame, "points" | "marked" | "lines"> {
    const points = this.takePoints();
    const marked = this.marked ? this.takeMarked() : undefined;
    const lines = this.lines ? this.takeLines() : undefined;
    this.marked = this.lines = false;
    return { points, marked, lines };
  }

  /** Takes memory back that was sent with a frame. */
  giveBack({ to }: Drawn): void {
    this.spare = to;
  }

  private takePoints(): PointsUpload | undefined {
    const { stale, swapped, fromIsTo, cloud, spare } = this;
    if (!stale.to && !stale.from && !stale.style) return undefined;
    const { count } = cloud;
    let to: Float32Array<ArrayBuffer> | undefined;
    if (stale.to) {
      to = spare?.length === count * 3 ? spare : new Float32Array(count * 3);
      to.set(cloud.to.subarray(0, count * 3));
      this.spare = undefined;
    }
    const upload: PointsUpload = {
      count,
      swapped,
      to,
      from: fromIsTo ? "to" : stale.from ? cloud.from.slice(0, count * 3) : undefined,
      style: stale.style ? cloud.style.slice(0, count * 4) : undefined,
    };
    this.swapped = this.fromIsTo = false;
    this.stale = { to: false, from: false, style: false };
    return upload;
  }

  private takeMarked(): Marked {
    const { selection } = this.marks;
    const apart = selection.length <= MAX_APART;
    const isThere = (index: number) => index >= 0 && index < this.cloud.count;
    return { apart, indices: Uint32Array.from(apart ? selection.filter(isThere) : []) };
  }

  /** Lines whose ends exist and are drawn. */
  private takeLines(): Float32Array<ArrayBuffer> {
    const { cloud } = this;
    const isDrawn = (index: number) => index >= 0 && index < cloud.count && !cloud.isHidden(index);
    const lines = this.marks.lines.filter(({ from, to }) => isDrawn(from) && isDrawn(to));
    const numbers = new Float32Array(lines.length * LINE_NUMBERS);
    lines.forEach(({ from, to, weight }, line) => {
      const at = line * LINE_NUMBERS;
      [from, to].forEach((index, end) => {
        numbers.set(cloud.from.subarray(index * 3, index * 3 + 3), at + end * 6);
        numbers.set(cloud.to.subarray(index * 3, index * 3 + 3), at + end * 6 + 3);
      });
      numbers[at + 12] = Math.min(1, Math.max(0, weight));
    });
    return numbers;
  }
}
