import type { ScatterLegend, ScatterTheme } from "../types";

/** Sizes in CSS pixels: the page's own. */
const SIZE = 12;
const TITLE_WEIGHT = 600;
const LINE = 22;
const PADDING = 16;
const DOT_RADIUS = 4.5;
const DOT_GAP = 8;
const ENTRY_GAP = 20;
/** Distance of a text's baseline below the middle of its line, as a share of its size. */
const BASELINE = 0.35;

/** A text or a dot of a legend, CSS pixels from the legend's top left corner. */
export type LegendPart =
  | {
      readonly kind: "text";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly text: string;
      readonly title: boolean;
    }
  | {
      readonly kind: "dot";
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly colour: string;
    };

export interface LegendLayout {
  readonly parts: readonly LegendPart[];
  /** CSS pixels. */
  readonly height: number;
}

/** The font of a legend's text, as CSS writes it. */
export function legendFont(title: boolean, theme: ScatterTheme): string {
  return `${title ? TITLE_WEIGHT : 400} ${SIZE}px ${theme.font}`;
}

/**
 * Lays a legend out in lines below a picture: its title, then the entries, each a dot and its label.
 *
 * @param width CSS pixels that the legend may take.
 * @param measure the width of a text in CSS pixels, in the title's font or in the entries'.
 */
export function layOutLegend(
  legend: ScatterLegend,
  width: number,
  measure: (text: string, title: boolean) => number,
): LegendLayout {
  const parts: LegendPart[] = [];
  let x = PADDING;
  let middle = PADDING + LINE / 2;
  const text = (content: string, title: boolean) => {
    const width = measure(content, title);
    parts.push({ kind: "text", x, y: middle + SIZE * BASELINE, width, text: content, title });
    x += width + ENTRY_GAP;
  };
  if (legend.title) text(legend.title, true);
  for (const { label, colour } of legend.entries) {
    const taken = 2 * DOT_RADIUS + DOT_GAP + measure(label, false);
    if (x > PADDING && x + taken > width - PADDING) {
      x = PADDING;
      middle += LINE;
    }
    parts.push({ kind: "dot", x: x + DOT_RADIUS, y: middle, radius: DOT_RADIUS, colour });
    x += 2 * DOT_RADIUS + DOT_GAP;
    text(label, false);
  }
  return { parts, height: middle + LINE / 2 + PADDING };
}

/** Draws a legend. The context is in CSS pixels, its origin where the legend's corner shall be. */
export function drawLegend(
  context: CanvasRenderingContext2D,
  layout: LegendLayout,
  theme: ScatterTheme,
): void {
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  for (const part of layout.parts) {
    if (part.kind === "dot") {
      context.fillStyle = part.colour;
      context.beginPath();
      context.arc(part.x, part.y, part.radius, 0, Math.PI * 2);
      context.fill();
    } else {
      context.fillStyle = part.title ? theme.text : theme.mutedText;
      context.font = legendFont(part.title, theme);
      context.fillText(part.text, part.x, part.y);
    }
  }
}
