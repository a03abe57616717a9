import createScatterplot from "peers/regl-scatterplot/dist/regl-scatterplot.esm.js";
import { gaussian, seededRandom } from "../../src/core/random";
import { createScatter, type Scatter } from "../../src/scatter";

const theme = {
  background: "#ffffff",
  text: "#1b1d22",
  mutedText: "#5b5f68",
  accent: "#2f5bea",
  line: "#9aa0ab",
  palette: ["#2f5bea", "#d9542b", "#b8860b", "#0f8a7e", "#7a4fd0"],
  font: "sans-serif",
};

function places(count: number): Float32Array {
  const random = seededRandom(1);
  return Float32Array.from({ length: count * 2 }, () => Math.max(-1, Math.min(1, 0.35 * gaussian(random))));
}

function fullPage(): HTMLDivElement {
  document.body.replaceChildren();
  document.body.style.margin = "0";
  const box = document.createElement("div");
  box.style.cssText = "position: relative; width: 100vw; height: 100vh";
  document.body.append(box);
  return box;
}

let ours: Scatter | undefined;
let regl: { destroy(): void } | undefined;

/** Fills the page with a map of `count` points; `labels`: each with a word beside it, of which those that fit are drawn. */
function showOurs(count: number, labels: boolean): void {
  clear();
  ours = createScatter(fullPage(), { theme });
  ours.setPoints({
    count,
    dimensions: 2,
    positions: places(count),
    colours: Uint8Array.from({ length: count }, (_, index) => index % 8),
    kinds: new Uint8Array(count),
    label: (index) => (labels ? `word ${index}` : ""),
    thumbnail: () => undefined,
    key: String,
  });
}

/** The same points, by regl-scatterplot; it draws no labels. */
async function showRegl(count: number): Promise<void> {
  clear();
  const canvas = document.createElement("canvas");
  const box = fullPage();
  canvas.style.cssText = "width: 100%; height: 100%";
  box.append(canvas);
  const { width, height } = box.getBoundingClientRect();
  const scatterplot = createScatterplot({ canvas, width, height, pointSize: 9, mouseMode: "panZoom" });
  regl = scatterplot;
  const positions = places(count);
  await scatterplot.draw(
    Array.from({ length: count }, (_, index) => [positions[2 * index], positions[2 * index + 1], index % 8]),
  );
}

function clear(): void {
  ours?.dispose();
  regl?.destroy();
  [ours, regl] = [undefined, undefined];
}

let frames: number[] = [];
let recording = false;

/** Begins to note the time of each frame. */
function record(): void {
  frames = [];
  recording = true;
  const frame = (now: number) => {
    frames.push(now);
    if (recording) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** Milliseconds between the frames since `record`. */
function recorded(): number[] {
  recording = false;
  return frames.slice(1).map((time, index) => time - frames[index]);
}

export const bench = { showOurs, showRegl, clear, record, recorded };
Object.assign(window, { bench });
