/** Drawings for tests: random sequences of all that the map calls on a canvas' context. */
import type { Op } from "../src/scatter/ink/list";

/** A method called with its arguments, or a property set to the only one. */
export interface Call {
  readonly name: keyof typeof Op;
  readonly values: readonly (string | number)[];
}

/** Side of the canvas that drawings are for, pixels. */
export const CANVAS = 240;

/** Numbers in [0, 1) that are the same for the same seed. */
function randomly(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // Knuth and Lewis' generator, "Numerical Recipes", 7.1; its upper bits are good enough here.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A drawing of `length` random calls, the same for the same seed. */
export function randomDrawing(seed: number, length: number): Call[] {
  const random = randomly(seed);
  const place = () => (random() * 1.4 - 0.2) * CANVAS;
  const size = () => random() * 60;
  const one = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)];
  const text = () =>
    one(["football", "soccer", "کتاب", "naïve Ünïcode 😀", "", "0", "a fairly long label of a point"]);
  const colour = () => one(["#2f5bea", "rgb(217 84 43 / 0.4)", "gold", "#0000", "oklch(0.7 0.1 200)"]);
  const kinds: { [name in keyof typeof Op]: () => (string | number)[] } = {
    setTransform: () => [1 + random() / 3, 0, 0, 1 + random() / 3, random() * 9, random() * 9],
    clearRect: () => [place(), place(), size() / 3, size() / 3],
    fillRect: () => [place(), place(), size(), size()],
    beginPath: () => [],
    closePath: () => [],
    moveTo: () => [place(), place()],
    lineTo: () => [place(), place()],
    arc: () => [place(), place(), size(), random() * 7, random() * 7],
    roundRect: () => [place(), place(), size(), size(), random() * 12],
    fill: () => [],
    stroke: () => [],
    fillText: () => [text(), place(), place()],
    strokeText: () => [text(), place(), place()],
    fillStyle: () => [colour()],
    strokeStyle: () => [colour()],
    lineWidth: () => [random() * 5],
    lineJoin: () => [one(["round", "bevel", "miter"])],
    globalAlpha: () => [random()],
    font: () => [one(['400 12px "Inter Variable", sans-serif', '640 18.3px "Inter Variable"', "15px serif"])],
    textAlign: () => [one(["left", "center", "right"])],
    textBaseline: () => [one(["alphabetic", "middle", "top"])],
    direction: () => [one(["ltr", "rtl"])],
  };
  const names = Object.keys(kinds) as (keyof typeof Op)[];
  return Array.from({ length }, () => {
    const name = one(names);
    return { name, values: kinds[name]() };
  });
}

/** Carries a drawing out on anything with a canvas context's methods and properties. */
export function draw(calls: readonly Call[], target: object): void {
  const context = target as Record<string, unknown>;
  for (const { name, values } of calls) {
    if (typeof context[name] === "function") (context[name] as (...values: unknown[]) => void)(...values);
    else context[name] = values[0];
  }
}
