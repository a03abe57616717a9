import { NamedError } from "../../core/errors";
import { replay } from "../ink/replay";
import type { Renderer } from "../renderer";
import type { PictureOptions, ScatterLegend, ScatterTheme } from "../types";
import type { DrawnPicture, PictureSpot } from "./drawn";
import { drawLegend, type LegendLayout, layOutLegend, legendFont } from "./legend";
import { writeSvg } from "./svg";

/**
 * Up to this many points in view an SVG holds a shape for each; above, one picture of all of them. Shapes take about 90
 * bytes each, and vector editors turn slow at some thousand of them.
 */
const MOST_SHAPES = 5_000;
/** Up to this many thumbnails in view they are embedded one by one, at about 3 kB each. */
const MOST_PICTURES = 300;
/** Pixels of an embedded picture per CSS pixel, when the caller names no scale: sharp on dense screens and in print. */
const DEFAULT_SCALE = 2;
/** Quality of embedded thumbnails: at their size no difference can be seen. */
const JPEG_QUALITY = 0.86;

/** Makes a picture of what a renderer shows; see `Scatter.picture`. */
export async function takePicture(
  renderer: Renderer,
  thumbnail: (index: number) => Promise<ImageBitmap> | undefined,
  options: PictureOptions,
): Promise<Blob> {
  const { scale = DEFAULT_SCALE, theme = renderer.theme } = options;
  if (options.format === "png") return paintPng(renderer, scale, options.legend, theme);
  const shown = renderer.describe(theme, MOST_SHAPES);
  const asShapes = shown.dots !== null && shown.pictures.length <= MOST_PICTURES;
  const { width, height } = renderer.screen;
  let dots: NonNullable<typeof shown.dots> | string = shown.dots ?? [];
  let pictures: DrawnPicture[] = [];
  if (asShapes) {
    pictures = await embedded(shown.pictures, scale, thumbnail);
  } else {
    const canvas = newCanvas(width * scale, height * scale);
    canvas.context.drawImage(await renderer.picture(scale, theme), 0, 0);
    dots = await dataUrl(await toBlob(canvas.canvas, "image/png"));
  }
  const { lines, rings, texts } = shown;
  const legend = layOut(options.legend, width, theme);
  const svg = writeSvg({ width, height, dots, lines, pictures, rings, texts, legend }, theme);
  return new Blob([svg], { type: "image/svg+xml" });
}

async function paintPng(
  renderer: Renderer,
  scale: number,
  asked: ScatterLegend | undefined,
  theme: ScatterTheme,
): Promise<Blob> {
  const { width, height } = renderer.screen;
  const legend = layOut(asked, width, theme);
  const { canvas, context } = newCanvas(width * scale, (height + (legend?.height ?? 0)) * scale);
  // Taken down at once: the map may move on while its points are drawn.
  const ink = renderer.pictureInk(scale, theme);
  const points = await renderer.picture(scale, theme);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(points, 0, 0);
  points.close();
  context.setTransform(scale, 0, 0, scale, 0, 0);
  replay(ink, context);
  context.translate(0, height);
  if (legend) {
    context.fillStyle = theme.background;
    context.fillRect(0, 0, width, legend.height);
    drawLegend(context, legend, theme);
  }
  return toBlob(canvas, "image/png");
}

/** Thumbnails as data URLs, each as many pixels as it is drawn with. Those that can't be had any more are left out. */
async function embedded(
  pictures: readonly PictureSpot[],
  scale: number,
  thumbnail: (index: number) => Promise<ImageBitmap> | undefined,
): Promise<DrawnPicture[]> {
  const found = await Promise.all(
    pictures.map(async ({ index, ...place }) => {
      try {
        const bitmap = await thumbnail(index);
        return bitmap
          ? { ...place, source: await dataUrl(await squared(bitmap, place.reach * 2 * scale)) }
          : [];
      } catch {
        // It could be read when it was drawn, and can't now; the picture is better without it than not made at all.
        return [];
      }
    }),
  );
  return found.flat();
}

/** The middle square of a picture on white, as the map shows it. */
function squared(picture: ImageBitmap, pixels: number): Promise<Blob> {
  const size = Math.max(1, Math.round(pixels));
  const { canvas, context } = newCanvas(size, size);
  const side = Math.min(picture.width, picture.height);
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, size, size);
  context.imageSmoothingQuality = "high";
  const left = (picture.width - side) / 2;
  const top = (picture.height - side) / 2;
  context.drawImage(picture, left, top, side, side, 0, 0, size, size);
  return toBlob(canvas, "image/jpeg");
}

function layOut(legend: ScatterLegend | undefined, width: number, theme: ScatterTheme): LegendLayout | null {
  if (!legend || (legend.entries.length === 0 && !legend.title)) return null;
  const { context } = newCanvas(1, 1);
  return layOutLegend(legend, width, (text, title) => {
    context.font = legendFont(title, theme);
    return context.measureText(text).width;
  });
}

function newCanvas(
  width: number,
  height: number,
): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width);
  canvas.height = Math.round(height);
  const context = canvas.getContext("2d");
  if (!context) throw tooLarge(canvas);
  return { canvas, context };
}

function toBlob(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const done = (blob: Blob | null) => (blob ? resolve(blob) : reject(tooLarge(canvas)));
    canvas.toBlob(done, type, JPEG_QUALITY);
  });
}

function tooLarge({ width, height }: { width: number; height: number }): NamedError {
  return new NamedError(
    "PictureTooLarge",
    `The browser can't hold a picture of ${width} × ${height} pixels.`,
    {
      advice: "Choose a smaller scale, or make the window smaller.",
    },
  );
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
