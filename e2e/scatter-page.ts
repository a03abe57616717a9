/** The map alone, for tests that drive it with real pointer events: hands `createScatter` to the page. */
import "@fontsource-variable/inter";
import { createScatter, type ScatterTheme } from "../src/scatter/index";
import { InkRecorder } from "../src/scatter/ink/recorder";
import { replay } from "../src/scatter/ink/replay";
import { CANVAS, draw, randomDrawing } from "./random-drawing";

const light: ScatterTheme = {
  background: "#fbfbfa",
  text: "#1b1b1a",
  mutedText: "#6d6c68",
  accent: "#2f5bea",
  line: "#e7e6e3",
  palette: ["#2f5bea", "#d9542b", "#b8860b", "#0f8a7e", "#7a4fd0"],
  font: '"Inter Variable", system-ui, sans-serif',
};
const dark: ScatterTheme = {
  ...light,
  background: "#131417",
  text: "#ececea",
  mutedText: "#9b9ca3",
  accent: "#7c9cff",
  line: "#2b2d33",
  palette: ["#7c9cff", "#ff8a65", "#e3b341", "#4fc7b8", "#c4a8ff"],
};

/** The pixels of a random drawing: drawn on a canvas itself, or taken down first. */
function pixelsOf(seed: number, recorded: boolean, offscreen: boolean): number[] {
  const canvas = offscreen ? new OffscreenCanvas(CANVAS, CANVAS) : document.createElement("canvas");
  canvas.width = canvas.height = CANVAS;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
  const calls = randomDrawing(seed, 1200);
  if (recorded) {
    const ink = new InkRecorder();
    draw(calls, ink);
    replay(ink.take(), context);
  } else {
    draw(calls, context);
  }
  return [...context.getImageData(0, 0, CANVAS, CANVAS).data];
}

/** Places of points that fill the unit square evenly, x0, y0, x1, y1, …: multiples of two irrational numbers (Roberts' R2). */
function spread(count: number): Float32Array {
  return Float32Array.from({ length: count * 2 }, (_, at) =>
    at % 2 ? ((at >> 1) * 0.5698402909980532) % 1 : ((at >> 1) * 0.7548776662466927) % 1,
  );
}

const page = { createScatter, themes: { light, dark }, pixelsOf, spread };
export type ScatterPage = typeof page;
Object.assign(window, { scatterPage: page });
