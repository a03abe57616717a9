import type { Projected } from "../camera";
import type { Cloud, Place } from "../cloud";
import type { InkRecorder } from "../ink/recorder";
import type { Projector } from "../projector";
import type { ScatterRegion, ScatterTheme } from "../types";
import type { Box } from "./box-index";
import type { Placer } from "./placer";
import type { Ruler } from "./ruler";
import { cleanLabel, directionOf, shorten } from "./text";

/** Sizes of the lightest and of the heaviest name, CSS pixels: both larger than any label of a point. */
const LEAST_SIZE = 14;
const MOST_SIZE = 21;
/** Width of a view in which names have these sizes, CSS pixels; in narrower ones they are smaller, down to a share. */
const ROOMY = 640;
const LEAST_SHARE = 0.86;
/** Share of the view that all names take at most: with more they hide the map that they speak of. */
const MOST_INK = 0.09;
/** Font weight of a name. */
export const REGION_WEIGHT = 640;
/** Width beyond which a name is shortened, CSS pixels, and as a share of the view. */
const MAX_WIDTH = 260;
const MAX_SHARE = 0.6;
/** Free room around a name, CSS pixels. */
const MARGIN = 6;
/** Names keep this far from the edge of the view, CSS pixels. */
const EDGE = 6;
/** Up to this magnification names are in full strength; then fade out over so many doublings of the zoom. */
const FULL_UNTIL = 1.6;
const FADE_OCTAVES = 2.3;
/** Below this strength a name no longer keeps labels of points away. */
const YIELDS_BELOW = 0.3;
/** How far a name may stand from the middle of its part, up or down and aside, as multiples of its size and width. */
const STEPS_UPRIGHT = [0, -0.8, 0.8, -1.5, 1.5, -2.2, 2.2, -2.9, 2.9] as const;
const STEPS_ACROSS = [0, -0.25, 0.25, -0.5, 0.5] as const;
/** Distance from the middle, CSS pixels, that is as bad as covering all the dots that the name would cover there. */
const FAR = 110;
/** Dots added to those: where a name would cover but one, a short way off is too far. */
const FEW_DOTS = 2;
/** Members whose mean place a name follows: more of them would not move it by a visible amount. */
const FOLLOWED = 64;
/** Strength of a name: it stands over points, which must be seen through it. */
const STRENGTH = 0.92;

const NOWHERE = { x: 0, y: 0 };

interface Fitted {
  readonly text: string;
  readonly size: number;
  readonly width: number;
  readonly direction: "ltr" | "rtl";
}

interface Region {
  readonly text: string;
  /** In a roomy view, CSS pixels. */
  readonly fullSize: number;
  readonly members: readonly number[];
  /** From the members' mean (or the origin) to the name's middle, world coordinates. */
  readonly offset: Place;
  /** The text as it fits, with its size and width in CSS pixels; measured when first drawn. */
  fitted?: Fitted;
  shown: boolean;
  /** How far it stands from where its middle would be, CSS pixels, so that it covers fewer dots. */
  aside: { readonly x: number; readonly y: number };
}

/** The surroundings of names. */
interface Surroundings {
  /** The view as it was when the placement began. */
  readonly projector: Projector;
  readonly dotRadius: number;
  readonly magnification: number;
}

/** How strongly names of regions are drawn, in [0, 1], at a zoom as a multiple of the zoom that shows everything. */
export function regionStrength(magnification: number): number {
  return Math.min(1, Math.max(0, 1 - Math.log2(Math.max(magnification, 1e-9) / FULL_UNTIL) / FADE_OCTAVES));
}

/**
 * Names of parts of the map: large, the heavier first, none over another or over a picture, each as near to the middle of
 * its part as dots leave room, fading as one comes nearer.
 */
export class RegionLayer {
  private readonly cloud: Cloud;
  private readonly projector: Projector;
  private regions: Region[] = [];
  private strength = 1;
  private readonly middle: Place = { x: 0, y: 0, z: 0 };
  private readonly point: Place = { x: 0, y: 0, z: 0 };
  private readonly spot: Projected = { x: 0, y: 0, w: 1 };
  private readonly box: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  private readonly ruler: Ruler;
  theme: ScatterTheme;

  constructor(cloud: Cloud, projector: Projector, ruler: Ruler, theme: ScatterTheme) {
    this.cloud = cloud;
    this.projector = projector;
    this.ruler = ruler;
    this.theme = theme;
  }

  set(regions: readonly ScatterRegion[]): void {
    const heaviest = regions.reduce((most, { weight }) => Math.max(most, weight), 0);
    this.regions = [...regions]
      .sort((a, b) => b.weight - a.weight)
      .map(({ text, x, y, z = 0, weight, members }) => {
        const followed = evenly(members ?? [], FOLLOWED).filter((index) => this.isPoint(index));
        const mean = this.meanOf(followed, true);
        return {
          text: cleanLabel(text),
          fullSize: LEAST_SIZE + (MOST_SIZE - LEAST_SIZE) * Math.sqrt(heaviest > 0 ? weight / heaviest : 0),
          members: followed,
          offset: { x: x - mean.x, y: y - mean.y, z: z - mean.z },
          shown: false,
          aside: NOWHERE,
        };
      });
  }

  /** Measures texts anew: the font has changed or has arrived, or the view another width. */
  forgetWidths(): void {
    for (const region of this.regions) region.fitted = undefined;
  }

  /** The points were replaced: names go with their members, given the new index of every old point (−1: gone). */
  renumber(successor: (old: number) => number): void {
    this.regions = this.regions
      .map((region) => ({
        ...region,
        members: region.members.map(successor).filter((index) => index >= 0),
        had: region.members.length,
      }))
      .filter(({ had, members }) => had === 0 || members.length > 0);
  }

  /** How many names there are, shown or not. */
  get known(): number {
    return this.regions.length;
  }

  /** How many names are shown. */
  get count(): number {
    return this.strength > 0 ? this.regions.filter(({ shown }) => shown).length : 0;
  }

  /**
   * Decides which names are shown and where, and has labels of points keep off them. Call when the placer knows all dots.
   *
   * @param panned true when the map was only moved since the last time: names that stand then stay beside their middles.
   */
  place(placer: Placer, around: Surroundings, panned: boolean): void {
    this.strength = regionStrength(around.magnification);
    const { width, height } = around.projector.lens;
    let room = width * height * MOST_INK;
    for (const region of this.regions) {
      const stood = region.shown && panned;
      const fitted = this.measure(region);
      const ink = fitted.width * fitted.size;
      region.shown =
        this.strength > 0 && ink > 0 && ink <= room && this.settle(region, fitted, stood, placer, around);
      if (region.shown) room -= ink;
      // A fading name keeps off its like, which have come first, and lets labels through.
      if (region.shown && this.strength >= YIELDS_BELOW) placer.boxes.add(this.box);
    }
  }

  /** Calls back with each name that is shown: the text as it fits, its middle in CSS pixels, and its strength in [0, 1]. */
  visit(visit: (name: Fitted & { x: number; y: number; alpha: number }) => void): void {
    for (const region of this.regions) {
      if (!region.shown || !region.fitted || !this.locate(region, this.projector)) continue;
      const x = (this.box.left + this.box.right) / 2;
      const y = (this.box.top + this.box.bottom) / 2;
      const alpha = STRENGTH * this.strength * (1 - 0.5 * this.projector.depth(this.spot));
      visit({ ...region.fitted, x, y, alpha });
    }
  }

  /** Draws the names, in CSS pixels. */
  draw(ink: InkRecorder, theme: ScatterTheme): void {
    ink.textBaseline = "middle";
    ink.textAlign = "center";
    ink.lineJoin = "round";
    ink.lineWidth = 4;
    ink.strokeStyle = theme.background;
    ink.fillStyle = theme.text;
    this.visit(({ text, direction, size, x, y, alpha }) => {
      ink.font = regionFont(size, theme);
      ink.direction = direction;
      ink.globalAlpha = alpha;
      ink.strokeText(text, x, y);
      ink.fillText(text, x, y);
    });
    ink.globalAlpha = 1;
  }

  private isPoint(index: number): boolean {
    return index >= 0 && index < this.cloud.count;
  }

  /** Mean place of points: where they go, or where they are now. The origin when there are none. */
  private meanOf(members: readonly number[], goal: boolean): Place {
    const { cloud, point, middle } = this;
    middle.x = middle.y = middle.z = 0;
    for (const index of members) {
      if (goal) {
        point.x = cloud.to[index * 3];
        point.y = cloud.to[index * 3 + 1];
        point.z = cloud.to[index * 3 + 2];
      } else {
        cloud.placeOf(index, point);
      }
      middle.x += point.x / members.length;
      middle.y += point.y / members.length;
      middle.z += point.z / members.length;
    }
    return middle;
  }

  /** Finds the place near a name's middle where it covers fewest dots and nothing else; false when there is none. */
  private settle(
    region: Region,
    { width, size }: Fitted,
    stood: boolean,
    { boxes, dots }: Placer,
    { projector, dotRadius }: Surroundings,
  ): boolean {
    const free = () => this.locate(region, projector) && !boxes.hits(this.box, MARGIN, MARGIN);
    if (stood && free()) return true;
    region.aside = NOWHERE;
    if (!this.locate(region, projector)) return false;
    const here = dots.count(this.box, dotRadius) + FEW_DOTS;
    let best: Region["aside"] | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const up of STEPS_UPRIGHT) {
      for (const across of STEPS_ACROSS) {
        region.aside = { x: across * width, y: up * size };
        const far = Math.hypot(region.aside.x, region.aside.y) / FAR;
        if (far >= least || !free()) continue;
        const cost = far + dots.count(this.box, dotRadius) / here;
        if (cost >= least) continue;
        least = cost;
        best = region.aside;
      }
    }
    region.aside = best ?? NOWHERE;
    return best !== undefined && this.locate(region, projector);
  }

  /** Writes where a name stands into `spot` and `box`; false when its middle is out of view. */
  private locate({ members, offset, fitted, aside }: Region, projector: Projector): boolean {
    const { spot, box } = this;
    const mean = this.meanOf(members, false);
    if (!projector.atPlace(mean.x + offset.x, mean.y + offset.y, mean.z + offset.z, spot)) return false;
    if (!projector.inView(spot) || !fitted) return false;
    const { width, size } = fitted;
    const left = spot.x + aside.x - width / 2;
    const top = spot.y + aside.y - size / 2;
    box.left = Math.min(projector.lens.width - EDGE - width, Math.max(EDGE, left));
    box.top = Math.min(projector.lens.height - EDGE - size, Math.max(EDGE, top));
    box.right = box.left + width;
    box.bottom = box.top + size;
    return true;
  }

  /** The name as it fits into the view; one without a visible character has no width. */
  private measure(region: Region): Fitted {
    if (!region.fitted) {
      const view = this.projector.lens.width;
      const size = region.fullSize * Math.max(LEAST_SHARE, Math.min(1, view / ROOMY));
      const font = regionFont(size, this.theme);
      const measure = (text: string) => this.ruler.widthOf(text, font);
      const text = shorten(region.text, Math.min(MAX_WIDTH, view * MAX_SHARE), measure);
      region.fitted = { text, size, width: measure(text), direction: directionOf(text) };
    }
    return region.fitted;
  }
}

/** The font of a name, as CSS writes it. */
function regionFont(size: number, theme: ScatterTheme): string {
  return `${REGION_WEIGHT} ${size.toFixed(1)}px ${theme.font}`;
}

/** At most `most` of the values, evenly spread over them. */
function evenly(values: readonly number[], most: number): number[] {
  const step = Math.max(1, values.length / most);
  const chosen: number[] = [];
  for (let at = 0; at < values.length; at += step) chosen.push(values[Math.floor(at)]);
  return chosen;
}
