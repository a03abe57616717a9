import type { Projected } from "../camera";
import { type Cloud, Flag } from "../cloud";
import type { Marks } from "../marks";
import type { Projector } from "../projector";
import type { Box } from "./box-index";
import { boxHeight, type Label, SIZE } from "./label";
import { MAX_WIDTH, type MeasuredTexts } from "./measured-texts";
import { type LabelRequest, Placer } from "./placer";
import type { RegionLayer } from "./region-layer";

/** More labels than this can't be read at a glance, and drawing them would take too long. */
const MAX_LABELS = 260;
/** Points looked at for a label in one placement: bounds the time it takes at any number of points. */
const MAX_ATTEMPTS = 1400;
/** Selected points with a label; a lasso may select thousands. */
const MAX_CHOSEN = 40;
/** Dots looked at per step, and points that may get a label: about a third of a millisecond's work. */
const DOTS_A_STEP = 4096;
const ATTEMPTS_A_STEP = 8;
/** Points farther than this share of a map's depth have no label of their own: they are pale. */
const DEEPEST = 0.72;

type Rank = "chosen" | "hovered" | "related" | "plain";

/** What labels have to know about the rest of the map to keep out of its way. */
export interface LabelSurroundings {
  /** The view as it was when the placement began. */
  readonly projector: Projector;
  readonly dotRadius: number;
  /** Mean distance between points, CSS pixels. */
  readonly spacing: number;
  /** True when images are drawn as pictures, which need no words. */
  readonly pictures: boolean;
  /** Half the side of a thumbnail, CSS pixels. */
  readonly thumbnailReach: number;
  /** Zoom as a multiple of the zoom that shows everything. */
  readonly magnification: number;
  /** Dots that labels are to be kept off; some may lie outside the view. */
  readonly dots: ArrayLike<number>;
  /** Parts of the view that nothing is to be written in, CSS pixels. */
  readonly covered: readonly Box[];
  /** Points that may be in view, most important first or in a stable order. */
  readonly candidates: ArrayLike<number>;
}

/** Decides which points get a label and where. */
export class LabelChooser {
  private readonly cloud: Cloud;
  private readonly texts: MeasuredTexts;
  private readonly placer = new Placer();
  private readonly spot: Projected = { x: 0, y: 0, w: 1 };
  /** Of the last placement. */
  private around: LabelSurroundings | undefined;

  constructor(cloud: Cloud, texts: MeasuredTexts) {
    this.cloud = cloud;
    this.texts = texts;
  }

  /**
   * Chooses, in steps of less than a millisecond. Labels that can stay where they are do.
   *
   * @param before the labels that stand.
   */
  *choose(
    marks: Marks,
    around: LabelSurroundings,
    regions: RegionLayer,
    before: readonly Label[],
  ): Generator<void, Label[]> {
    const { placer, spot, cloud } = this;
    const { projector } = around;
    const panned = around.magnification === this.around?.magnification;
    this.around = around;
    placer.reset(projector.lens.width, projector.lens.height, around.dotRadius);
    for (let at = 0; at < around.dots.length; at++) {
      if (at % DOTS_A_STEP === DOTS_A_STEP - 1) yield;
      const index = around.dots[at];
      if (index < cloud.count && projector.at(index, spot)) this.addDot(index, around);
    }
    yield;
    placer.start();
    for (const box of around.covered) placer.boxes.add(box);
    yield;

    const [first, ...others] = marks.selection.slice(0, MAX_CHOSEN);
    const sides = new Map(before.map((label) => [label.index, label.side]));
    const next: Label[] = [];
    const done = new Set<number>();
    const add = (index: number, rank: Rank): void => {
      if (done.has(index) || !(index >= 0 && index < cloud.count)) return;
      done.add(index);
      if (!projector.at(index, spot) || !projector.inView(spot)) return;
      if (rank === "plain" && !this.deservesLabel(index, around)) return;
      const request = this.request(index, rank, around);
      if (!request) return;
      const side = placer.place({
        ...request.place,
        insists: index === first,
        side: sides.get(index) ?? -1,
        keeps: panned,
      });
      if (side < 0) return;
      const { left, top } = placer.placed;
      const chosen = rank === "chosen";
      next.push({ index, text: request.text, side, chosen, dx: left - spot.x, dy: top - spot.y });
    };

    // Names of regions have more places to choose from than the one label that must be seen.
    if (first !== undefined) {
      this.keepClear(first, around);
      add(first, "chosen");
    }
    regions.place(placer, around, panned);
    yield;
    for (const index of others) add(index, "chosen");
    for (const line of marks.lines) {
      add(line.to, "related");
      add(line.from, "related");
    }
    yield;
    // While the map is panned, labels that stand go first and stay. A zoom lets the more important have their way.
    const standing = panned ? before.filter(({ chosen }) => !chosen) : [];
    for (let at = 0; at < standing.length; at++) {
      if (at % ATTEMPTS_A_STEP === ATTEMPTS_A_STEP - 1) yield;
      add(standing[at].index, "plain");
    }
    let attempts = 0;
    for (let at = 0; at < around.candidates.length; at++) {
      if (at % DOTS_A_STEP === DOTS_A_STEP - 1) yield;
      const index = around.candidates[at];
      if (!(index < cloud.count && projector.at(index, spot) && projector.inView(spot))) continue;
      add(index, "plain");
      if (++attempts >= MAX_ATTEMPTS || next.length >= MAX_LABELS) break;
      if (attempts % ATTEMPTS_A_STEP === 0) yield;
    }
    return next;
  }

  /**
   * A label for a point under the pointer, drawn over all others: none of them has to give way to it. Undefined when it
   * has no text or isn't in view.
   *
   * @param projector the view as it is now.
   */
  above(index: number, projector: Projector): Label | undefined {
    const { around, spot } = this;
    if (!around || !(index >= 0 && index < this.cloud.count)) return undefined;
    if (!projector.at(index, spot) || !projector.inView(spot)) return undefined;
    const request = this.request(index, "hovered", { ...around, projector });
    if (!request) return undefined;
    const side = this.placer.look({ ...request.place, insists: true, side: -1, keeps: false });
    if (side < 0) return undefined;
    const { left, top } = this.placer.placed;
    return { index, text: request.text, side, chosen: false, dx: left - spot.x, dy: top - spot.y };
  }

  /** Counts a dot or blocks a picture, at `spot`. */
  private addDot(index: number, around: LabelSurroundings): void {
    const { spot, placer } = this;
    if (!around.pictures || !this.cloud.has(index, Flag.pictured)) {
      placer.dots.add(spot.x, spot.y);
      return;
    }
    const reach = around.thumbnailReach * around.projector.scale(spot);
    // Those outside the view would all lie in the outermost bins.
    if (around.projector.inView(spot, reach)) placer.boxes.add(square(spot, reach));
  }

  /** False for a point at `spot` whose label would only be in the way of others. */
  private deservesLabel(index: number, around: LabelSurroundings): boolean {
    const { cloud, spot } = this;
    if (around.pictures && cloud.isImage(index)) return false;
    return !cloud.has(index, Flag.dimmed) && around.projector.depth(spot) <= DEEPEST;
  }

  /** What a point at `spot` asks the placer for; undefined without a text. */
  private request(
    index: number,
    rank: Rank,
    around: LabelSurroundings,
  ): { text: Label["text"]; place: Omit<LabelRequest, "insists" | "side" | "keeps"> } | undefined {
    const { cloud, spot } = this;
    const { projector } = around;
    const text = this.texts.of(cloud.labelOf(index), rank === "chosen", projector.lens.width);
    if (text.width === 0) return undefined;
    const pictured = around.pictures && cloud.has(index, Flag.pictured);
    const scale = projector.scale(spot);
    const ring = rank === "chosen" ? 4 : rank === "hovered" ? 2 : 0;
    const crowd = crowding(around.spacing);
    const mustBeSeen = rank === "chosen" || rank === "hovered";
    return {
      text,
      place: {
        x: spot.x,
        y: spot.y,
        reach: pictured ? around.thumbnailReach * scale : around.dotRadius * scale + ring,
        width: text.width,
        height: boxHeight(rank === "chosen"),
        mayCover: mustBeSeen ? Number.POSITIVE_INFINITY : crowd.mayCover,
        marginX: rank === "plain" ? crowd.marginX : 3,
        marginY: rank === "plain" ? crowd.marginY : 0,
        counted: !pictured,
      },
    };
  }

  /** Keeps labels off a dot that is marked. */
  private keepClear(index: number, around: LabelSurroundings): void {
    const { spot } = this;
    if (!(index >= 0 && index < this.cloud.count) || !around.projector.at(index, spot)) return;
    // Somewhat less than the ring, so that the point's own label finds room beside it.
    const reach = Math.max(around.dotRadius, 3) * around.projector.scale(spot) + 1.5;
    this.placer.boxes.add(square(spot, reach));
  }
}

function square({ x, y }: Projected, reach: number) {
  return { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach };
}

/** Where points are nearer than this, CSS pixels, nearly each place of a label covers a dot, and it may. */
const DENSE = 24;

/**
 * How labels behave where points are `spacing` CSS pixels apart: with room, none covers a dot; in a crowd, where each
 * place covers some, they may, and keep apart from each other as landmarks do.
 */
function crowding(spacing: number): { mayCover: number; marginX: number; marginY: number } {
  const crowd = Math.min(1, Math.max(0, (40 - spacing) / 28));
  return {
    mayCover: spacing >= DENSE ? 0 : Math.ceil((MAX_WIDTH * SIZE) / Math.max(9, spacing * spacing)),
    marginX: 3 + 22 * crowd,
    marginY: 10 * crowd,
  };
}
