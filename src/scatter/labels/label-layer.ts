import type { Projected } from "../camera";
import type { Cloud } from "../cloud";
import type { InkRecorder } from "../ink/recorder";
import type { Marks } from "../marks";
import type { DrawnText } from "../picture/svg";
import type { Projector } from "../projector";
import type { ScatterTheme } from "../types";
import type { Box } from "./box-index";
import { LabelChooser, type LabelSurroundings } from "./chooser";
import {
  baseline,
  boxHeight,
  CHOSEN_SIZE,
  CHOSEN_WEIGHT,
  type Label,
  labelFont,
  PLAIN_WEIGHT,
  SIZE,
} from "./label";
import { MeasuredTexts } from "./measured-texts";
import { REGION_WEIGHT, RegionLayer } from "./region-layer";
import { Ruler } from "./ruler";

/** The plate below the label under the pointer, CSS pixels: room around the text, and the radius of its corners. */
const PLATE_ROOM = 5;
const PLATE_CORNER = 5;
/** Strength of the plate: what it covers shines through a little, so that it is seen to lie above. */
const PLATE_STRENGTH = 0.94;

/** The labels of points and the names of regions: holds which stand where, and draws them. */
export class LabelLayer {
  readonly regions: RegionLayer;
  /** Parts of the view that labels and names keep off. */
  covered: readonly Box[] = [];
  private readonly projector: Projector;
  private readonly ruler: Ruler;
  private readonly texts: MeasuredTexts;
  private readonly chooser: LabelChooser;
  private labels: readonly Label[] = [];
  /** The label of the point under the pointer, and for which labels around it that was made. */
  private above:
    | { readonly index: number; readonly among: readonly Label[]; readonly label?: Label }
    | undefined;
  private readonly spot: Projected = { x: 0, y: 0, w: 1 };

  /** @throws NamedError `DeviceUnavailable`; see `Ruler`. */
  constructor(cloud: Cloud, projector: Projector, document: Document, theme: ScatterTheme) {
    this.projector = projector;
    this.ruler = new Ruler(document);
    this.texts = new MeasuredTexts(this.ruler, theme);
    this.chooser = new LabelChooser(cloud, this.texts);
    this.regions = new RegionLayer(cloud, projector, this.ruler, theme);
  }

  setTheme(theme: ScatterTheme): void {
    this.texts.theme = this.regions.theme = theme;
    this.forgetWidths();
  }

  /** Measures texts anew: the font has changed or has arrived. */
  forgetWidths(): void {
    this.ruler.fontsChanged();
    this.texts.clear();
    this.regions.forgetWidths();
  }

  /** The points were replaced: labels go with their points, given the new index of every old one (−1: gone). */
  renumber(successor: (old: number) => number): void {
    this.regions.renumber(successor);
    this.labels = this.labels
      .map((label) => ({ ...label, index: successor(label.index) }))
      .filter((label) => label.index >= 0);
  }

  /** How many labels are shown. */
  get count(): number {
    return this.labels.length;
  }

  /** Decides anew, in steps, who gets a label and where; until the last step the labels stay as they are. */
  *placing(marks: Marks, around: Omit<LabelSurroundings, "covered">): Generator<void> {
    const { covered } = this;
    this.labels = yield* this.chooser.choose(marks, { ...around, covered }, this.regions, this.labels);
  }

  /** The point whose label is drawn at a place of the view, in CSS pixels, or null. */
  at(x: number, y: number): number | null {
    const { spot, projector } = this;
    const labels = this.above?.label ? [this.above.label, ...this.labels] : this.labels;
    for (const label of labels) {
      if (!projector.at(label.index, spot)) continue;
      const left = spot.x + label.dx;
      const top = spot.y + label.dy;
      if (x < left || x > left + label.text.width || y < top || y > top + boxHeight(label.chosen)) continue;
      return label.index;
    }
    return null;
  }

  /** Draws the labels beside where their points are now, in CSS pixels. */
  draw(ink: InkRecorder, pixelRatio: number, theme: ScatterTheme): void {
    this.regions.draw(ink, theme);
    writeLike(ink, theme);
    let font = "";
    for (const label of this.backToFront()) {
      if (!this.projector.at(label.index, this.spot)) continue;
      const wanted = labelFont(label.chosen, theme);
      // Setting a font is slow, even the one that is set.
      if (wanted !== font) ink.font = wanted;
      font = wanted;
      ink.globalAlpha = this.alphaOf(label);
      this.write(ink, label, pixelRatio, true);
    }
    ink.globalAlpha = 1;
  }

  /** Draws the label of the point under the pointer over all others, on a plate; none for null. */
  drawAbove(ink: InkRecorder, pixelRatio: number, theme: ScatterTheme, hovered: number | null): void {
    const label = this.labelAbove(hovered);
    if (!label || !this.projector.at(label.index, this.spot)) return;
    const left = this.spot.x + label.dx - PLATE_ROOM;
    const top = this.spot.y + label.dy - PLATE_ROOM / 2;
    const width = label.text.width + 2 * PLATE_ROOM;
    ink.beginPath();
    ink.roundRect(left, top, width, boxHeight(false) + PLATE_ROOM, PLATE_CORNER);
    ink.globalAlpha = PLATE_STRENGTH;
    ink.fillStyle = theme.background;
    ink.fill();
    ink.globalAlpha = 1;
    ink.strokeStyle = theme.line;
    ink.lineWidth = 1;
    ink.stroke();
    writeLike(ink, theme);
    ink.font = labelFont(false, theme);
    this.write(ink, label, pixelRatio, false);
  }

  /** The labels and the names of regions as texts, in the order in which they are drawn; without the pointer's. */
  describe(): DrawnText[] {
    const texts: DrawnText[] = [];
    this.regions.visit(({ text, width, direction, size, x, y, alpha }) => {
      // Drawn about its middle; a text has a baseline.
      texts.push({
        text,
        width,
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
        ...label.text,
        x: this.spot.x + label.dx,
        y: this.spot.y + label.dy + baseline(label.chosen),
        size: label.chosen ? CHOSEN_SIZE : SIZE,
        weight: label.chosen ? CHOSEN_WEIGHT : PLAIN_WEIGHT,
        alpha: this.alphaOf(label),
        centred: false,
      });
    }
    return texts;
  }

  /** The label of the point under the pointer, unless that point has a large one: where it stands already, or beside it. */
  private labelAbove(hovered: number | null): Label | undefined {
    if (hovered === null) {
      this.above = undefined;
      return undefined;
    }
    if (this.above?.index !== hovered || this.above.among !== this.labels) {
      const own = this.labels.find(({ index }) => index === hovered);
      const label = own ?? this.chooser.above(hovered, this.projector);
      this.above = { index: hovered, among: this.labels, label: label?.chosen ? undefined : label };
    }
    return this.above.label;
  }

  /** Writes a label beside its point, which is at `spot`. */
  private write(ink: InkRecorder, { text, chosen, dx, dy }: Label, pixelRatio: number, halo: boolean): void {
    const snap = (value: number) => Math.round(value * pixelRatio) / pixelRatio;
    const x = snap(this.spot.x + dx);
    const y = snap(this.spot.y + dy + baseline(chosen));
    ink.direction = text.direction;
    if (halo) ink.strokeText(text.text, x, y);
    ink.fillText(text.text, x, y);
  }

  /** Last come the most important, so that they are above others while a moving map waits for a new placement. */
  private *backToFront(): Iterable<Label> {
    for (let at = this.labels.length - 1; at >= 0; at--) yield this.labels[at];
  }

  /** How strongly the label of the point at `spot` is drawn. */
  private alphaOf(label: Label): number {
    return label.chosen ? 1 : 1 - 0.45 * this.projector.depth(this.spot);
  }
}

function writeLike(ink: InkRecorder, theme: ScatterTheme): void {
  ink.textBaseline = "alphabetic";
  ink.textAlign = "left";
  ink.lineJoin = "round";
  ink.lineWidth = 3;
  ink.strokeStyle = theme.background;
  ink.fillStyle = theme.text;
}
