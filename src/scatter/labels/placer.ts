import { type Box, BoxIndex } from "./box-index";
import { DotCover } from "./dot-cover";

/** Where a label stands seen from its dot. */
export const SIDES = [
  "right",
  "left",
  "above",
  "below",
  "above right",
  "below right",
  "above left",
  "below left",
] as const;
export type Side = (typeof SIDES)[number];

/** A label that asks for a place. */
export interface LabelRequest {
  /** The dot's middle, CSS pixels from the top left of the view. */
  readonly x: number;
  readonly y: number;
  /** Half the dot's (or thumbnail's) width and height, CSS pixels, its ring included. */
  readonly reach: number;
  /** Size of the text's box, CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** How many other dots the label may cover, at most; infinite for a label that must be seen. */
  readonly mayCover: number;
  /** True for a label that must be seen: where every side is taken it stands over what is there. */
  readonly insists: boolean;
  /** Free room asked for around the label, CSS pixels. */
  readonly marginX: number;
  readonly marginY: number;
  /** True when the point is drawn as a dot that `dots` counts: it doesn't stand in its own label's way. */
  readonly counted: boolean;
  /** The side where the label stood before, tried first so that labels keep still; −1 for a new one. */
  readonly side: number;
  /**
   * True for a label that stood there a moment ago on a map that is only being moved: it stays as long as nothing else
   * stands there, though it may come to cover a few dots more, as they are counted in cells.
   */
  readonly keeps: boolean;
}

/** Free room between a dot and its label, in CSS pixels. */
const GAP = 4.5;
/** Labels keep this far from the edge of the view, in CSS pixels. */
const EDGE = 4;
/** What covering a picture or another label costs a label that insists: more than any number of dots. */
const COVERED_BOX = 1e9;
/** A new label that would cover a dot's edge by less than this is fine: dots have a halo of about as much. */
const GRAZE = 1;
/** By so much nearer, CSS pixels, a dot may come to a label that keeps its place: cells of the count are as large. */
const KEPT_GRAZE = 3;
/** A label that keeps its place may cover so many times the dots that a new one may. */
const KEPT_COVER = 2;

/**
 * Greedy placement: each label, in the order asked, gets the first of eight places around its dot that overlaps no
 * label placed before and covers no dot, else the one that covers fewest if that is few enough, else none (a label that
 * insists covers what is there). Order of
 * places after Christensen, Marks and Shieber, "An empirical study of algorithms for point-feature label placement"
 * (1995), with the side to the right first as usual on maps.
 */
export class Placer {
  /** Dots not to be covered. Add them between `reset` and `start`. */
  readonly dots = new DotCover();
  /** Placed labels and everything else that must not be covered. */
  readonly boxes = new BoxIndex();
  /** The box of the last label that found a place. */
  readonly placed: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  private readonly trial: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  private width = 0;
  private height = 0;
  private dotRadius = 0;

  /** Forgets everything, for a view of this size and dots of this radius in CSS pixels. */
  reset(width: number, height: number, dotRadius: number): void {
    this.width = width;
    this.height = height;
    this.dotRadius = dotRadius;
    this.dots.reset(width, height);
    this.boxes.reset(width, height);
  }

  /** Call after the last dot was added and before the first label is placed. */
  start(): void {
    this.dots.finish();
  }

  /** Places a label and keeps its room. Returns the index of the side taken, with the box in `placed`, or −1. */
  place(request: LabelRequest): number {
    const side = this.look(request);
    if (side >= 0) this.boxes.add(this.placed);
    return side;
  }

  /** As `place`, but keeps no room: others may be placed over it. */
  look(request: LabelRequest): number {
    let best = -1;
    let fewest = Number.POSITIVE_INFINITY;
    for (let attempt = request.side >= 0 ? -1 : 0; attempt < SIDES.length; attempt++) {
      const side = attempt < 0 ? request.side : attempt;
      if (attempt >= 0 && attempt === request.side) continue;
      const keeps = attempt < 0 && request.keeps;
      const covered = this.cost(request, side, keeps ? KEPT_GRAZE : GRAZE);
      if (keeps && covered < Number.POSITIVE_INFINITY && covered <= request.mayCover * KEPT_COVER) {
        boxBeside(request, side, this.placed);
        return side;
      }
      if (covered < fewest) {
        fewest = covered;
        best = side;
        if (covered === 0) break;
      }
    }
    if (best < 0 || fewest > request.mayCover) return -1;
    boxBeside(request, best, this.placed);
    return best;
  }

  /** Number of dots covered at a side; huge when it is taken, infinite outside the view or when that rules it out. */
  private cost(request: LabelRequest, side: number, graze: number): number {
    const box = this.trial;
    boxBeside(request, side, box);
    const outside =
      box.left < EDGE || box.top < EDGE || box.right > this.width - EDGE || box.bottom > this.height - EDGE;
    const taken = !outside && this.boxes.hits(box, request.marginX, request.marginY);
    if (outside || (taken && !request.insists)) return Number.POSITIVE_INFINITY;
    const reach = Math.max(0, this.dotRadius - graze);
    const own = request.counted && this.dots.counts(box, reach, request.x, request.y) ? 1 : 0;
    return this.dots.count(box, reach) - own + (taken ? COVERED_BOX : 0);
  }
}

/** Writes the box of a label at a side of its dot. */
export function boxBeside(request: LabelRequest, side: number, out: Box): void {
  const { x, y, width, height, reach } = request;
  const name = SIDES[side];
  const diagonal = side > 3;
  // On a diagonal a round dot's edge is nearer by a factor of √½.
  const away = diagonal ? reach * 0.7 + GAP * 0.5 : reach + GAP;
  const upright = diagonal ? away : reach + GAP * 0.4;
  out.left = name.includes("right") ? x + away : name.includes("left") ? x - away - width : x - width / 2;
  out.top = name.startsWith("above")
    ? y - upright - height
    : name.startsWith("below")
      ? y + upright
      : y - height / 2;
  out.right = out.left + width;
  out.bottom = out.top + height;
}
