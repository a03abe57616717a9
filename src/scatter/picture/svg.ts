import { EDGE_STRENGTH, frameWidth } from "../look";
import { SHAPE } from "../shapes";
import type { ScatterTheme } from "../types";
import type { DrawnDot, DrawnLine, DrawnPicture } from "./drawn";
import { withFallbacks } from "./font";
import type { LegendLayout } from "./legend";

/** A text as it is drawn; CSS pixels. */
export interface DrawnText {
  readonly text: string;
  /** As it was measured in the theme's font: all else on the map keeps off it. */
  readonly width: number;
  readonly direction: "ltr" | "rtl";
  /** The left end of its baseline, or its middle when it is centred. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: number;
  readonly alpha: number;
  readonly centred: boolean;
}

/** A ring around a marked point; CSS pixels. */
export interface DrawnRing {
  readonly x: number;
  readonly y: number;
  /** From the middle to the ring: of a circle, or of a rounded square around a picture. */
  readonly reach: number;
  readonly square: boolean;
  readonly colour: string;
  readonly width: number;
}

/** All that is on a map. */
export interface DrawnMap {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Shapes, or the data URL of a picture of all of them, lines and thumbnails included. */
  readonly dots: readonly DrawnDot[] | string;
  readonly lines: readonly DrawnLine[];
  readonly pictures: readonly DrawnPicture[];
  readonly rings: readonly DrawnRing[];
  readonly texts: readonly DrawnText[];
  readonly legend: LegendLayout | null;
}

/** Corner radius of a thumbnail as a share of its side; its shader rounds it the same. */
const CORNER = 0.17;

/** Writes a map as an SVG document whose labels are text. */
export function writeSvg(map: DrawnMap, theme: ScatterTheme): string {
  const { width, height, dots, legend } = map;
  const whole = height + (legend?.height ?? 0);
  const parts: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(whole)}" viewBox="0 0 ${n(width)} ${n(whole)}" font-family="${escapeXml(withFallbacks(theme.font))}">`,
    `<clipPath id="view"><rect width="${n(width)}" height="${n(height)}"/></clipPath>`,
    `<rect width="100%" height="100%" fill="${escapeXml(theme.background)}"/>`,
    `<g clip-path="url(#view)">`,
  ];
  if (typeof dots === "string") {
    parts.push(
      "<!-- So many points as shapes would make a file that few programs can open: they are one picture. -->",
      `<image width="${n(width)}" height="${n(height)}" href="${dots}"/>`,
    );
  } else {
    parts.push(`<g stroke="${escapeXml(theme.accent)}" stroke-linecap="round">`);
    for (const { x1, y1, x2, y2, width: stroke, alpha } of map.lines) {
      parts.push(
        `<line x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}" stroke-width="${n(stroke)}" stroke-opacity="${n(alpha)}"/>`,
      );
    }
    parts.push("</g>");
    for (const picture of map.pictures) parts.push(pictureElement(picture, theme));
    for (const dot of dots) parts.push(dotElement(dot, theme));
  }
  for (const ring of map.rings) parts.push(ringElement(ring));
  parts.push(
    `<g fill="${escapeXml(theme.text)}" stroke="${escapeXml(theme.background)}" stroke-linejoin="round" paint-order="stroke">`,
  );
  for (const text of map.texts) parts.push(textElement(text));
  parts.push("</g>", "</g>");
  if (legend) parts.push(legendElement(legend, height, theme));
  parts.push("</svg>");
  return parts.join("\n");
}

function dotElement(
  { x, y, radius, kind, colour, alpha, halo, ringed }: DrawnDot,
  theme: ScatterTheme,
): string {
  const opacity = alpha < 1 ? ` opacity="${n(alpha)}"` : "";
  const around = ringed
    ? `${shapeOf(x, y, radius + 2.75, kind)} fill="none" stroke="${escapeXml(theme.accent)}" stroke-width="1.5"/>`
    : "";
  const edge =
    halo > 0
      ? ` stroke="${escapeXml(theme.background)}" stroke-width="${n(halo * 2)}" paint-order="stroke"`
      : "";
  if (kind === 4) {
    const frame = radius * SHAPE.frame;
    return `${around}${shapeOf(x, y, radius - frame / 2, kind)} fill="none" stroke="${colour}" stroke-width="${n(frame)}"${opacity}/>`;
  }
  return `${around}${shapeOf(x, y, radius, kind)} fill="${colour}"${edge}${opacity}/>`;
}

/** The beginning of an element in the shape of a kind. */
function shapeOf(x: number, y: number, radius: number, kind: number): string {
  if (kind === 1 || kind === 4) {
    const reach = radius * SHAPE.square;
    const corner = kind === 1 ? ` rx="${n(radius * 0.35)}"` : "";
    return `<rect ${squareOf(x, y, reach)}${corner}`;
  }
  if (kind === 2) {
    const reach = radius * SHAPE.rhomb;
    return `<path d="M${n(x)} ${n(y - reach)}L${n(x + reach)} ${n(y)}L${n(x)} ${n(y + reach)}L${n(x - reach)} ${n(y)}Z"`;
  }
  if (kind === 3) {
    const reach = radius * SHAPE.triangle;
    const side = reach * Math.cos(Math.PI / 6);
    return `<path d="M${n(x)} ${n(y - reach)}L${n(x + side)} ${n(y + reach / 2)}L${n(x - side)} ${n(y + reach / 2)}Z"`;
  }
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}"`;
}

/** A thumbnail inside of a border of 1 px in the background's colour, and of its frame or a hairline. */
function pictureElement({ x, y, reach, source, alpha, frame }: DrawnPicture, theme: ScatterTheme): string {
  const border = 1;
  const width = frame ? frameWidth(reach) : border;
  const edge = frame
    ? { colour: frame, strength: 1, reach: reach - border - width / 2 }
    : { colour: theme.text, strength: EDGE_STRENGTH, reach: reach - border };
  const shown = frame ? reach - width : reach;
  return (
    `<image ${squareOf(x, y, shown)} href="${source}" opacity="${n(alpha)}" style="clip-path:inset(0 round ${n(2 * shown * CORNER)}px)"/>` +
    `<rect ${squareOf(x, y, reach)} rx="${n(2 * reach * CORNER)}" fill="none" stroke="${escapeXml(theme.background)}"/>` +
    `<rect ${squareOf(x, y, edge.reach)} rx="${n(2 * reach * CORNER - reach + edge.reach)}" fill="none" stroke="${escapeXml(edge.colour)}" stroke-width="${n(width)}" opacity="${n(edge.strength * alpha)}"/>`
  );
}

/** The attributes of a square around a place. */
function squareOf(x: number, y: number, reach: number): string {
  return `x="${n(x - reach)}" y="${n(y - reach)}" width="${n(2 * reach)}" height="${n(2 * reach)}"`;
}

function ringElement({ x, y, reach, square, colour, width }: DrawnRing): string {
  const stroke = `fill="none" stroke="${escapeXml(colour)}" stroke-width="${n(width)}"`;
  return square
    ? `<rect ${squareOf(x, y, reach)} rx="${n(reach * 0.36)}" ${stroke}/>`
    : `<circle cx="${n(x)}" cy="${n(y)}" r="${n(reach)}" ${stroke}/>`;
}

function textElement({ text, width, direction, x, y, size, weight, alpha, centred }: DrawnText): string {
  // The end of a text that runs to the left is its left end, which `x` is.
  const anchor = centred ? "middle" : direction === "rtl" ? "end" : "start";
  const rtl = direction === "rtl" ? ' direction="rtl"' : "";
  const opacity = alpha < 1 ? ` opacity="${n(alpha)}"` : "";
  return `<text x="${n(x)}" y="${n(y)}" font-size="${n(size)}" font-weight="${weight}" stroke-width="${centred ? 4 : 3}" text-anchor="${anchor}"${rtl}${fitted(width)}${opacity}>${escapeXml(text)}</text>`;
}

/** Has a text take the width that was planned for it, also where another font stands in for the theme's. */
function fitted(width: number): string {
  return width > 0 ? ` textLength="${n(width)}" lengthAdjust="spacingAndGlyphs"` : "";
}

function legendElement({ parts }: LegendLayout, top: number, theme: ScatterTheme): string {
  const elements = parts.map((part) =>
    part.kind === "dot"
      ? `<circle cx="${n(part.x)}" cy="${n(part.y)}" r="${n(part.radius)}" fill="${escapeXml(part.colour)}"/>`
      : `<text x="${n(part.x)}" y="${n(part.y)}" font-size="12" font-weight="${part.title ? 600 : 400}"${fitted(part.width)} fill="${escapeXml(part.title ? theme.text : theme.mutedText)}">${escapeXml(part.text)}</text>`,
  );
  return `<g transform="translate(0 ${n(top)})">\n${elements.join("\n")}\n</g>`;
}

/** A number with as many digits as can be seen. */
function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** A text as it may stand in an element or an attribute; what XML 1.0 knows no character for is left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => ENTITIES[character])
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
}
