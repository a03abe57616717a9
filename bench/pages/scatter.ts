import createScatterplot, { type Scatterplot } from "peers/regl-scatterplot/dist/regl-scatterplot.esm.js";
import { gaussian, seededRandom } from "../../src/core/random";
import { createScatter, type Scatter } from "../../src/scatter";

const theme = {
  background: "#ffffff",
  text: "#1b1d22",
  mutedText: "#5b5f68",
  accent: "#2f5bea",
  line: "#9aa0ab",
  palette: ["#2f5bea", "#d9542b", "#b8860b", "#0f8a7e", "#7a4fd0", "#c2336b", "#3f7d20", "#5b6472"],
  font: "sans-serif",
};

/** How many groups the points form: as crowded as the map of a real collection is. */
const GROUPS = 40;

/** Milliseconds after which a map has its context and what it needs first. */
const SETTLED = 1_500;

/** After so many frames of the page what a worker has drawn must be seen on it. */
const SHOWN = 60;

/** Frames at the beginning of a motion that are not counted. */
const WARM = 6;

/** Diameter in pixels of our dots where all are in view: the peer draws as large ones, so that both fill as much. */
const diameters: Record<number, number> = { 1000: 9, 10000: 5, 100000: 2, 1000000: 1 };

interface Points {
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** `x, y` pairs. */
  readonly places: Float32Array;
  readonly groups: Uint8Array;
}

/** Points in groups of different size and spread, inside the square from −1 to 1. */
function makePoints(count: number): Points {
  const random = seededRandom(1);
  const middles = Array.from({ length: GROUPS }, () => ({
    x: 1.5 * (random() - 0.5),
    y: 1.5 * (random() - 0.5),
    spread: 0.01 + 0.08 * random() ** 2,
  }));
  const x = new Float32Array(count);
  const y = new Float32Array(count);
  const places = new Float32Array(count * 2);
  const groups = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const group = Math.floor(random() ** 1.5 * GROUPS);
    const middle = middles[group];
    places[index * 2] = x[index] = clamp(middle.x + middle.spread * gaussian(random));
    places[index * 2 + 1] = y[index] = clamp(middle.y + middle.spread * gaussian(random));
    groups[index] = group % theme.palette.length;
  }
  return { count, x, y, places, groups };
}

function clamp(value: number): number {
  return Math.max(-1, Math.min(1, value));
}

function fullPage(): HTMLDivElement {
  document.body.replaceChildren();
  document.body.style.margin = "0";
  const box = document.createElement("div");
  box.style.cssText = "position: relative; width: 100vw; height: 100vh";
  document.body.append(box);
  return box;
}

let points = makePoints(1);
let ours: Scatter | undefined;
let regl: Scatterplot | undefined;

/** Makes the points of what comes next. */
function prepare(count: number): void {
  points = makePoints(count);
}

/** Resolves once all that a map was told until now is on its canvas: either reads a pixel back, which waits for that. */
async function drawn(): Promise<void> {
  if (ours) {
    await ours.drawn();
    return;
  }
  await nextFrame();
  waitForRegl();
}

/** Reads a pixel back of what the peer has drawn. Not of the canvas that it was given: that one only gets a copy. */
function waitForRegl(): void {
  const gl = regl?.get("renderer").canvas.getContext("webgl");
  if (!gl || gl.getParameter(gl.FRAMEBUFFER_BINDING))
    throw new Error("regl-scatterplot draws elsewhere now.");
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
}

/** Whether there is anything but background on our canvas, in the middle part of it. */
function isDrawn(): boolean {
  const canvas = document.querySelector("canvas");
  if (!canvas) return false;
  const { width, height } = canvas;
  const context = new OffscreenCanvas(width, height >> 3).getContext("2d");
  if (!context) throw new Error("This browser cannot draw.");
  context.drawImage(canvas, 0, -height * (3 / 8));
  return context.getImageData(0, 0, width, height >> 3).data.some((value) => value !== 255);
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Fills the page with a map of the points. Milliseconds from handing the arrays over to the first frame.
 *
 * @param labels each point with a word beside it, of which those that fit are drawn.
 * @param isThere the map was made a while before the arrays come, as the page's is.
 */
async function showOurs(labels: boolean, isThere = false): Promise<number> {
  clear();
  const { count, places, groups } = points;
  // Else points would first grow in, and a first frame would show none of them.
  ours = createScatter(fullPage(), { theme, reducedMotion: true });
  await (isThere ? pause(SETTLED) : nextFrame());
  const started = performance.now();
  ours.setPoints({
    count,
    dimensions: 2,
    positions: places,
    colours: groups,
    kinds: new Uint8Array(count),
    ...(labels ? { label: (index: number) => `word ${index}` } : {}),
  });
  await drawn();
  const took = performance.now() - started;
  // The browser takes it over from the worker a moment later.
  for (let frame = 0; !isDrawn(); frame++) {
    if (frame === SHOWN) throw new Error("The first frame shows nothing.");
    await nextFrame();
  }
  return took;
}

/**
 * Fills the page with a map of pictures, each another one, and comes so near that they are drawn as pictures. Resolves with
 * the milliseconds until all in view stand there.
 */
async function showPictures(count: number): Promise<number> {
  clear();
  const random = seededRandom(4);
  // As wide for its height as the page.
  const positions = Float32Array.from({ length: count * 2 }, (_, at) => random() * (at % 2 === 0 ? 1.6 : 1));
  const canvas = new OffscreenCanvas(64, 64);
  // In the processor's memory, as decoded pictures are.
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const asked = new Set<number>();
  let [came, last] = [0, 0];
  const paint = (index: number) => {
    if (!context) throw new Error("This browser cannot draw.");
    context.fillStyle = `hsl(${(index * 137.5) % 360} 60% 45%)`;
    context.fillRect(0, 0, 64, 64);
    context.fillStyle = `hsl(${(index * 59.3) % 360} 70% 80%)`;
    context.beginPath();
    context.arc(12 + (index % 40), 12 + (index % 37), 5 + (index % 17), 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = "#ffffff";
    context.font = "bold 18px sans-serif";
    context.fillText(String(index), 3, 58);
    return createImageBitmap(context.getImageData(0, 0, 64, 64));
  };
  ours = createScatter(fullPage(), { theme, reducedMotion: true });
  ours.setPoints({
    count,
    dimensions: 2,
    positions,
    colours: new Uint8Array(count),
    kinds: new Uint8Array(count).fill(1),
    async thumbnail(index) {
      asked.add(index);
      const picture = await paint(index);
      came++;
      last = performance.now();
      return picture;
    },
  });
  await nextFrame();
  ours.zoomBy(2.4);
  const started = performance.now();
  // All are there once no more have been asked for, or have come, for a while.
  let before = -1;
  while (came === 0 || came !== before || came < asked.size) {
    before = came;
    await new Promise((resolve) => setTimeout(resolve, 600));
  }
  return last - started;
}

/** The same points, by regl-scatterplot; it draws no labels. Milliseconds from the arrays to the first frame. */
async function showRegl(isThere = false): Promise<number> {
  clear();
  const canvas = document.createElement("canvas");
  const box = fullPage();
  canvas.style.cssText = "width: 100%; height: 100%";
  box.append(canvas);
  const { width, height } = box.getBoundingClientRect();
  const scatterplot = createScatterplot({
    canvas,
    width,
    height,
    pointSize: diameters[points.count],
    pointColor: theme.palette,
    colorBy: "valueA",
    mouseMode: "panZoom",
  });
  regl = scatterplot;
  await (isThere ? pause(SETTLED) : nextFrame());
  const started = performance.now();
  await scatterplot.draw({ x: points.x, y: points.y, valueA: points.groups });
  waitForRegl();
  return performance.now() - started;
}

function clear(): void {
  ours?.dispose();
  regl?.destroy();
  [ours, regl] = [undefined, undefined];
}

/** Sends an event of the mouse to whatever lies there, in both of its forms: the maps listen to different ones. */
function mouse(kind: "down" | "move" | "up", x: number, y: number): void {
  const target = document.elementFromPoint(x, y) ?? document.body;
  const init = {
    bubbles: true,
    cancelable: true,
    clientX: x,
    clientY: y,
    button: kind === "move" ? -1 : 0,
    buttons: kind === "up" ? 0 : 1,
  };
  target.dispatchEvent(
    new PointerEvent(`pointer${kind}`, { ...init, pointerId: 1, pointerType: "mouse", isPrimary: true }),
  );
  target.dispatchEvent(new MouseEvent(`mouse${kind}`, { ...init, button: 0 }));
}

/** Gives input for a while, each as soon as the last is drawn. Milliseconds from one drawn frame to the next. */
async function frames(milliseconds: number, input: (step: number) => void): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + milliseconds;
  let last = performance.now();
  // The first ones find the pace, compile shaders, fill caches.
  for (let step = 0; performance.now() < end || times.length < WARM + 3; step++) {
    input(step);
    await drawn();
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times.slice(WARM);
}

/** Drags the map about. The mouse must have been over the page once. */
async function pan(milliseconds: number): Promise<number[]> {
  const at = (step: number) => [720 + 200 * Math.sin(step / 9), 450 + 150 * Math.cos(step / 7)] as const;
  mouse("move", ...at(0));
  mouse("down", ...at(0));
  const times = await frames(milliseconds, (step) => mouse("move", ...at(step + 1)));
  mouse("up", ...at(0));
  return times;
}

/** Turns the wheel over the middle of the map, nearer and farther again. */
function zoom(milliseconds: number): Promise<number[]> {
  const [x, y] = [720, 450];
  mouse("move", x, y);
  return frames(milliseconds, (step) => {
    const deltaY = step % 24 < 12 ? -40 : 40;
    const init = { bubbles: true, cancelable: true, clientX: x, clientY: y, deltaY };
    document.elementFromPoint(x, y)?.dispatchEvent(new WheelEvent("wheel", init));
  });
}

/** Hands over new places for all points as soon as the last ones are drawn, for a while. Milliseconds of each. */
async function stream(milliseconds: number): Promise<number[]> {
  const { count, groups } = points;
  const steps = [0, 1, 2, 3].map((step) => {
    const turn = 0.01 * step;
    const places = new Float32Array(count * 2);
    const x = new Float32Array(count);
    const y = new Float32Array(count);
    for (let index = 0; index < count; index++) {
      places[index * 2] = x[index] = points.x[index] * Math.cos(turn) - points.y[index] * Math.sin(turn);
      places[index * 2 + 1] = y[index] = points.x[index] * Math.sin(turn) + points.y[index] * Math.cos(turn);
    }
    return { places, x, y };
  });
  const times: number[] = [];
  const end = performance.now() + milliseconds;
  let last = performance.now();
  for (let step = 0; performance.now() < end || times.length < 3; step++) {
    const { places, x, y } = steps[step % steps.length];
    if (ours) {
      ours.setPositions(places);
      await drawn();
    } else {
      await regl?.draw({ x, y, valueA: groups }, { preventFilterReset: true });
      waitForRegl();
    }
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times;
}

/** Places all over the map, the same ones each time. */
function* somePlaces(count: number): Generator<readonly [number, number]> {
  const random = seededRandom(2);
  for (let at = 0; at < count; at++) yield [random() * innerWidth, random() * innerHeight];
}

/** Milliseconds of each of many picks at places all over the map. */
function picks(count: number): number[] {
  return [...somePlaces(count)].map(([x, y]) => {
    const started = performance.now();
    ours?.pick(x, y);
    return performance.now() - started;
  });
}

/** The same of points in space, each time after the view was turned. */
async function turnedPicks(count: number, rest: number): Promise<number[]> {
  const random = seededRandom(3);
  const places = new Float32Array(points.count * 3);
  for (let index = 0; index < points.count; index++) {
    places[index * 3] = points.x[index];
    places[index * 3 + 1] = points.y[index];
    places[index * 3 + 2] = 0.1 * gaussian(random);
  }
  ours?.setPoints({
    count: points.count,
    dimensions: 3,
    positions: places,
    colours: points.groups,
    kinds: new Uint8Array(points.count),
  });
  await new Promise((resolve) => setTimeout(resolve, rest));
  return [...somePlaces(count)].map(([x, y]) => {
    ours?.orbitBy(0.05, 0.01);
    const started = performance.now();
    ours?.pick(x, y);
    return performance.now() - started;
  });
}

/** Clicks at places of points that have only just been moved, so that there is no index of them yet. Of each, for how long it was waited and the page held at a stretch. */
async function earlyClicks(count: number): Promise<{ held: number; waited: number }[]> {
  const found: { held: number; waited: number }[] = [];
  for (const [x, y] of somePlaces(count)) {
    ours?.setPositions(points.places);
    // The frame of the new places is the layout's; the click comes after it.
    await drawn();
    const told = new Promise<void>((resolve) => {
      const stop = ours?.on("pick", () => {
        stop?.();
        resolve();
      });
    });
    const started = performance.now();
    mouse("down", x, y);
    mouse("up", x, y);
    await told;
    found.push({ held: ours?.get().pickMilliseconds ?? Number.NaN, waited: performance.now() - started });
  }
  return found;
}

/** Draws a lasso around most of the map. For how long the page was held at a stretch, and when the points were told. */
async function lasso(): Promise<{ held: number; waited: number; points: number }> {
  ours?.setTool("lasso");
  const told = new Promise<number>((resolve) => {
    const stop = ours?.on("enclose", ({ indices }) => {
      stop?.();
      resolve(indices.length);
    });
  });
  const at = (step: number) => {
    const reach = 1 + 0.1 * Math.sin(step);
    return [720 + 600 * reach * Math.cos(step / 16), 450 + 400 * reach * Math.sin(step / 16)] as const;
  };
  mouse("move", ...at(0));
  mouse("down", ...at(0));
  for (let step = 1; step < 100; step++) mouse("move", ...at(step));
  const started = performance.now();
  mouse("up", ...at(100));
  const count = await told;
  const waited = performance.now() - started;
  ours?.setTool("pan");
  return { held: ours?.get().pickMilliseconds ?? Number.NaN, waited, points: count };
}

/** What the map says of itself. */
function state() {
  return ours?.get();
}

export const bench = {
  prepare,
  showOurs,
  showRegl,
  showPictures,
  clear,
  pan,
  zoom,
  stream,
  picks,
  turnedPicks,
  earlyClicks,
  lasso,
  state,
};
Object.assign(window, { bench });
