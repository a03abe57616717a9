import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");

/** A token's colour in the light and the dark theme. */
function token(name: string): { light: string; dark: string } {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  if (!found) throw new Error(`tokens.css has no colour --${name}`);
  return { light: found[1], dark: found[2] };
}

/** The linear red, green and blue of a colour, in [0, 1]. */
function linear(hex: string): readonly number[] {
  return [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red, green, blue] = linear(hex);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const multiply = (matrix: readonly (readonly number[])[], vector: readonly number[]) =>
  matrix.map((row) => row.reduce((sum, weight, at) => sum + weight * vector[at], 0));

/** Sight without one kind of cone: Machado, Oliveira and Fernandes (2009), severity 1, on linear colours. */
const sights = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** OKLab (Ottosson, 2020): lightness in [0, 1] first; distances are about as the eye sees them. */
function oklab(colour: readonly number[]): readonly number[] {
  const cones = multiply(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    colour.map((channel) => Math.max(0, channel)),
  );
  return multiply(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones.map(Math.cbrt),
  );
}

const trustTokens = Array.from({ length: 5 }, (_, bin) => `trust-${bin}`);
/** Two neighbouring steps nearer than this can hardly be told apart in small dots. */
const leastStep = 0.08;

const themes = ["light", "dark"] as const;
const slots = Array.from({ length: 15 }, (_, slot) => `data-${slot}`);

describe.each(themes)("the %s theme", (theme) => {
  it("draws every colour of data at 3:1 on the map, each colour once", () => {
    const colours = [...slots, ...trustTokens].map((slot) => token(slot)[theme]);
    expect(new Set(colours).size).toBe(colours.length);
    for (const colour of colours)
      expect(contrast(colour, token("bg")[theme]), colour).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.entries(sights))("orders trust by lightness, in steps that %s tells apart", (_, sight) => {
    const steps = trustTokens.map((name) => oklab(multiply(sight, linear(token(name)[theme]))));
    const away = theme === "light" ? -1 : 1;
    for (let bin = 1; bin < steps.length; bin++) {
      expect((steps[bin][0] - steps[bin - 1][0]) * away).toBeGreaterThan(0);
      const distance = Math.hypot(...steps[bin].map((value, at) => value - steps[bin - 1][at]));
      expect(distance).toBeGreaterThanOrEqual(leastStep);
    }
  });

  it.each([
    ["ink", ["bg", "panel", "raised", "hover", "accent-soft"]],
    ["soft", ["bg", "panel", "raised", "hover", "accent-soft"]],
    ["faint", ["bg", "panel", "hover"]],
    ["on-accent", ["accent"]],
    ["bad", ["panel", "bad-soft"]],
    ["warn", ["panel"]],
  ])("writes --%s at 4.5:1 on its surfaces", (ink, surfaces) => {
    for (const surface of surfaces) {
      expect(contrast(token(ink)[theme], token(surface)[theme]), surface).toBeGreaterThanOrEqual(4.5);
    }
  });
});
