import type { Projected } from "../camera";
import { type Cloud, Flag } from "../cloud";
import { Lru } from "../lru";
import type { Marks } from "../marks";
import type { DrawnText } from "../picture/svg";
import type { Projector } from "../projector";
import type { ScatterTheme } from "../types";
import { Placer } from "./placer";
import { REGION_WEIGHT, RegionLayer } from "./region-layer";
import { cleanLabel, directionOf, shorten } from "./text";

/** Text sizes in CSS pixels: the page's two sizes. */
const SIZE = 12;
const CHOSEN_SIZE = 14;
const CHOSEN_WEIGHT = 650;
/** Height of a label's box beyond its size: below the baseline only descenders need room, and a halo is around them. */
const LEADING = 1;
/** From the top of a label's box to its baseline, as a share of the box: capitals then stand in its middle. */
const BASELINE = 0.84;
/** Widths in CSS pixels beyond which a label is shortened. */
const MAX_WIDTH = 168;
const MAX_CHOSEN_WIDTH = 300;
/** More labels than this can't be read at a glance, and drawing them would take too long. */
const MAX_LABELS = 260;
/** Points looked at for a label in one placement: bounds the time it takes at any number of points. */
const MAX_ATTEMPTS = 1400;
/** Selected points with a label; a lasso may select thousands. */
const MAX_CHOSEN = 40;
/** Texts measured for the first time in one placement: each takes the browser about 0.03 ms, and shortening more. */
const MAX_NEW_TEXTS = 150;
/** Widths of texts that are kept. */
const MEASURED = 20_000;

interface Measured {
  readonly text: string;
  readonly width: number;
  readonly direction: "ltr" | "rtl";
}

interface Label {
  readonly index: number;
  readonly text: Measured;
  readonly side: number;
  readonly chosen: boolean;
  /** From the dot's middle to the label's top left corner, CSS pixels. */
  readonly dx: number;
  readonly dy: number;
}

/** What the label layer has to know about the other layers to keep out of their way. */
export interface LabelSurroundings {
  readonly dotRadius: number;
  /** Mean distance between points, CSS pixels. */
  readonly spacing: number;
  /** True when images are drawn as pictures, which need no words. */
  readonly pictures: boolean;
  /** Half the side of a thumbnail, CSS pixels. */
  readonly thumbnailReach: number;
  /** Zoom as a multiple of the zoom that shows everything. */
  readonly magnification: number;
  /** Points in view, most important first or in a stable order; calls back until told `false`. */
  candidates(visit: (index: number) => boolean): void;
  /** Calls back with every dot in view. */
  dots(visit: (spot: Projected, index: number) => void): void;
}

/** Chooses which points get a label and where, and draws the labels. */
export class LabelLayer {
  private readonly cloud: Cloud;
  private readonly projector: Projector;
  readonly regions: RegionLayer;
  private readonly placer = new Placer();
  private readonly plain = new Lru<string, Measured>(MEASURED);
  private readonly chosen = new Lru<string, Measured>(MAX_CHOSEN * 4);
  private labels: Label[] = [];
  private newTexts = 0;
  /** Of the last placement. */
  private magnification = Number.NaN;
  private readonly spot: Projected = { x: 0, y: 0, w: 1 };
  private theme: ScatterTheme;
  private readonly context: CanvasRenderingContext2D;

  constructor(cloud: Cloud, projector: Projector, context: CanvasRenderingContext2D, theme: ScatterTheme) {
    this.cloud = cloud;
    this.projector = projector;
    this.context = context;
    this.theme = theme;
    this.regions = new RegionLayer(cloud, projector);
  }

  setTheme(theme: ScatterTheme): void {
    this.theme = theme;
    this.forgetWidths();
  }

  /** Measures texts anew: the font has changed or has arrived. */
  forgetWidths(): void {
    this.plain.clear();
    this.chosen.clear();
    this.regions.forgetWidths();
  }

  /** The points were replaced: labels go with their points, given the new index of every old one (−1: gone). */
  renumber(successors: Int32Array): void {
    this.regions.renumber(successors);
    this.labels = this.labels
      .map((label) => ({ ...label, index: successors[label.index] ?? -1 }))
      .filter((label) => label.index >= 0);
  }

  /** How many labels are shown. */
  get count(): number {
    return this.labels.length;
  }

  /**
   * Decides anew who gets a label and where. Labels that can stay where they are do.
   *
   * @returns false when texts were left out because too many were new at once: then another placement is due.
   */
  place(marks: Marks, around: LabelSurroundings): boolean {
    const { placer, projector, cloud, spot } = this;
    placer.reset(projector.lens.width, projector.lens.height, around.dotRadius);
    around.dots((dot, index) => {
      if (around.pictures && cloud.has(index, Flag.pictured)) {
        const reach = around.thumbnailReach * projector.scale(dot);
        placer.boxes.add({
          left: dot.x - reach,
          top: dot.y - reach,
          right: dot.x + reach,
          bottom: dot.y + reach,
        });
      } else {
        placer.dots.add(dot.x, dot.y);
      }
    });
    placer.start();
    this.regions.place(placer.boxes, around.magnification, this.context, this.theme);

    const before = new Map(this.labels.map((label) => [label.index, label]));
    const next: Label[] = [];
    const done = new Set<number>();
    this.newTexts = 0;
    const panned = around.magnification === this.magnification;
    this.magnification = around.magnification;
    const crowd = crowding(around.spacing);
    const mayCover = {
      chosen: Number.POSITIVE_INFINITY,
      hovered: Number.POSITIVE_INFINITY,
      related: crowd.mayCover,
      plain: crowd.mayCover,
    };
    for (const index of [marks.selection[0], marks.hovered]) this.keepClear(index ?? -1, around);
    const add = (index: number, kind: "chosen" | "hovered" | "related" | "plain"): void => {
      if (done.has(index) || index < 0 || index >= cloud.count) return;
      done.add(index);
      if (!projector.at(index, spot) || !projector.inView(spot)) return;
      const pictured = around.pictures && cloud.has(index, Flag.pictured);
      if (kind === "plain") {
        if (around.pictures && cloud.isImage(index)) return;
        if (cloud.has(index, Flag.dimmed)) return;
        if (projector.depth(spot) > 0.72) return;
      }
      const text = this.measured(index, kind === "chosen", kind !== "plain");
      if (!text || text.width === 0) return;
      const scale = projector.scale(spot);
      const ring = kind === "chosen" ? 4 : kind === "hovered" ? 2 : 0;
      const side = placer.place({
        x: spot.x,
        y: spot.y,
        reach: pictured ? around.thumbnailReach * scale : around.dotRadius * scale + ring,
        width: text.width,
        height: boxHeight(kind === "chosen"),
        mayCover: mayCover[kind],
        insists: index === marks.selection[0] || index === marks.hovered,
        marginX: kind === "plain" ? crowd.marginX : 3,
        marginY: kind === "plain" ? crowd.marginY : 0,
        counted: !pictured,
        side: before.get(index)?.side ?? -1,
        keeps: panned,
      });
      if (side < 0) return;
      const { left, top } = placer.placed;
      next.push({ index, text, side, chosen: kind === "chosen", dx: left - spot.x, dy: top - spot.y });
    };

    for (const index of marks.selection.slice(0, MAX_CHOSEN)) add(index, "chosen");
    if (marks.hovered !== null) add(marks.hovered, "hovered");
    for (const line of marks.lines) {
      add(line.to, "related");
      add(line.from, "related");
    }
    // While the map is panned, labels that stand go first and stay. A zoom lets the more important have their way.
    if (panned) {
      for (const label of this.labels) if (!label.chosen) add(label.index, "plain");
    }
    let attempts = 0;
    around.candidates((index) => {
      add(index, "plain");
      return ++attempts < MAX_ATTEMPTS && next.length < MAX_LABELS;
    });
    this.labels = next;
    return this.newTexts <= MAX_NEW_TEXTS;
  }

  /** The point whose label is drawn at a place of the view, in CSS pixels, or null. */
  at(x: number, y: number): number | null {
    const { spot, projector } = this;
    for (const label of this.labels) {
      if (!projector.at(label.index, spot)) continue;
      const left = spot.x + label.dx;
      const top = spot.y + label.dy;
      if (x < left || x > left + label.text.width || y < top || y > top + boxHeight(label.chosen)) continue;
      return label.index;
    }
    return null;
  }

  /**
   * Draws the labels beside where their points are now.
   *
   * @param context in CSS pixels.
   */
  draw(context: CanvasRenderingContext2D, pixelRatio: number, theme: ScatterTheme): void {
    const { projector, spot } = this;
    this.regions.draw(context, theme);
    context.textBaseline = "alphabetic";
    context.textAlign = "left";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = theme.background;
    context.fillStyle = theme.text;
    const snap = (value: number) => Math.round(value * pixelRatio) / pixelRatio;
    let font = "";
    for (const label of this.backToFront()) {
      if (!projector.at(label.index, spot)) continue;
      const wanted = labelFont(label.chosen, theme);
      // Setting a font is slow, even the one that is set.
      if (wanted !== font) context.font = wanted;
      font = wanted;
      const x = snap(spot.x + label.dx);
      const y = snap(spot.y + label.dy + boxHeight(label.chosen) * BASELINE);
      context.direction = label.text.direction;
      context.globalAlpha = this.alphaOf(label);
      context.strokeText(label.text.text, x, y);
      context.fillText(label.text.text, x, y);
    }
    context.globalAlpha = 1;
  }

  /** The labels and the names of regions as texts, in the order in which they are drawn. */
  describe(): DrawnText[] {
    const texts: DrawnText[] = [];
    this.regions.visit(({ text, direction, size, x, y, alpha }) => {
      // Drawn about its middle; a text has a baseline.
      texts.push({
        text,
        direction,
        x,
        y: y + size * 0.35,
        size,
        weight: REGION_WEIGHT,
        alpha,
        centred: true,
      });
    });
    for (const label of this.backToFront()) {
      if (!this.projector.at(label.index, this.spot)) continue;
      texts.push({
        text: label.text.text,
        direction: label.text.direction,
        x: this.spot.x + label.dx,
        y: this.spot.y + label.dy + boxHeight(label.chosen) * BASELINE,
        size: label.chosen ? CHOSEN_SIZE : SIZE,
        weight: label.chosen ? CHOSEN_WEIGHT : 400,
        alpha: this.alphaOf(label),
        centred: false,
      });
    }
    return texts;
  }

  /** Last come the most important, so that they are above others while a moving map waits for a new placement. */
  private *backToFront(): Iterable<Label> {
    for (let at = this.labels.length - 1; at >= 0; at--) yield this.labels[at];
  }

  /** How strongly the label of the point at `spot` is drawn. */
  private alphaOf(label: Label): number {
    return label.chosen ? 1 : 1 - 0.45 * this.projector.depth(this.spot);
  }

  /** Keeps labels off a dot that is marked. */
  private keepClear(index: number, around: LabelSurroundings): void {
    const { spot } = this;
    if (index < 0 || index >= this.cloud.count || !this.projector.at(index, spot)) return;
    // Somewhat less than the ring, so that the point's own label finds room beside it.
    const reach = Math.max(around.dotRadius, 3) * this.projector.scale(spot) + 1.5;
    this.placer.boxes.add({
      left: spot.x - reach,
      top: spot.y - reach,
      right: spot.x + reach,
      bottom: spot.y + reach,
    });
  }

  /** The text of a label with its width; undefined when it is new and too many others were. */
  private measured(index: number, chosen: boolean, urgent: boolean): Measured | undefined {
    const cache = chosen ? this.chosen : this.plain;
    const label = this.cloud.labelOf(index);
    const known = cache.get(label);
    if (known) return known;
    if (++this.newTexts > MAX_NEW_TEXTS && !urgent) return undefined;
    const { context } = this;
    context.font = labelFont(chosen, this.theme);
    const measure = (text: string) => context.measureText(text).width;
    const widest = Math.min(chosen ? MAX_CHOSEN_WIDTH : MAX_WIDTH, this.projector.lens.width * 0.6);
    const text = shorten(cleanLabel(label), widest, measure);
    const measured = { text, width: measure(text), direction: directionOf(text) };
    cache.set(label, measured);
    return measured;
  }
}

/** The font of a label, as CSS writes it. */
export function labelFont(chosen: boolean, theme: ScatterTheme): string {
  return chosen ? `${CHOSEN_WEIGHT} ${CHOSEN_SIZE}px ${theme.font}` : `400 ${SIZE}px ${theme.font}`;
}

function boxHeight(chosen: boolean): number {
  return (chosen ? CHOSEN_SIZE : SIZE) + LEADING;
}

/**
 * How labels behave where points are `spacing` CSS pixels apart: with room, none covers a dot; in a crowd, where each
 * place covers some, they may, and keep apart from each other as landmarks do.
 */
function crowding(spacing: number): { mayCover: number; marginX: number; marginY: number } {
  const crowd = Math.min(1, Math.max(0, (40 - spacing) / 28));
  return {
    mayCover: crowd === 0 ? 0 : Math.ceil((MAX_WIDTH * SIZE) / Math.max(9, spacing * spacing)),
    marginX: 3 + 22 * crowd,
    marginY: 10 * crowd,
  };
}
