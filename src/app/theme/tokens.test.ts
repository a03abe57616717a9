import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Lab, labOf, linearOf } from "../../core/colour";
import { rampColours } from "../colours/ramp";

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");

/** A token's colour in the light and the dark theme. */
function token(name: string): { light: string; dark: string } {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  if (!found) throw new Error(`tokens.css has no colour --${name}`);
  return { light: found[1], dark: found[2] };
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red, green, blue] = linearOf(hex);
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

/** OKLab as an eye of some kind sees a colour: distances are about as the eye sees them. */
function seen(hex: string, sight: readonly (readonly number[])[]): Lab {
  const [red, green, blue] = multiply(sight, linearOf(hex)).map((channel) => Math.max(0, channel));
  return labOf([red, green, blue]);
}

const trustTokens = Array.from({ length: 5 }, (_, bin) => `trust-${bin}`);
/** Two neighbouring steps nearer than this can hardly be told apart in small dots. */
const leastStep = 0.08;

/**
 * How far apart this many first colours must be for normal sight and for each other one: few are worth more, as few maps
 * have many; the last two are words and images without a category.
 */
const leastApart = [
  { colours: 8, normal: 0.12, other: 0.08 },
  { colours: 13, normal: 0.095, other: 0.075 },
  { colours: 15, normal: 0.095, other: 0.07 },
] as const;

/**
 * Lightness that categories keep to, in OKLab: in a dot of 9 px a darker colour on the light map looks black, a lighter one on
 * the dark map white, whatever its hue.
 */
const lightness = { light: [0.395, 1], dark: [0, 0.92] } as const;

const themes = ["light", "dark"] as const;
const slots = Array.from({ length: 15 }, (_, slot) => `data-${slot}`);

describe.each(themes)("the %s theme", (theme) => {
  it("draws every colour of data at 3:1 on the map, each colour once", () => {
    const colours = [...slots, ...trustTokens].map((slot) => token(slot)[theme]);
    expect(new Set(colours).size).toBe(colours.length);
    for (const colour of colours)
      expect(contrast(colour, token("bg")[theme]), colour).toBeGreaterThanOrEqual(3);
  });

  it("keeps categories from looking black or white in dots", () => {
    const [least, most] = lightness[theme];
    for (const slot of slots.slice(0, 13)) {
      const [light] = labOf(linearOf(token(slot)[theme]));
      expect(light, slot).toBeGreaterThanOrEqual(least);
      expect(light, slot).toBeLessThanOrEqual(most);
    }
  });

  it.each(Object.entries(sights))("orders trust by lightness, in steps that %s tells apart", (_, sight) => {
    const steps = trustTokens.map((name) => seen(token(name)[theme], sight));
    const away = theme === "light" ? -1 : 1;
    for (let bin = 1; bin < steps.length; bin++) {
      expect((steps[bin][0] - steps[bin - 1][0]) * away).toBeGreaterThan(0);
      const distance = Math.hypot(...steps[bin].map((value, at) => value - steps[bin - 1][at]));
      expect(distance).toBeGreaterThanOrEqual(leastStep);
    }
  });

  it.each(Object.entries(sights))("runs numbers along one ramp that %s sees going one way", (_, sight) => {
    const ramp = rampColours(trustTokens.map((name) => token(name)[theme]));
    const away = theme === "light" ? -1 : 1;
    const steps = ramp.map((colour) => seen(colour, sight)[0] * away);
    // Whole numbers per channel make the lightness tremble by less than anybody sees.
    for (let step = 1; step < steps.length; step++)
      expect(steps[step]).toBeGreaterThan(steps[step - 1] - 0.002);
    for (const colour of ramp) {
      expect(contrast(colour, token("bg")[theme]), colour).toBeGreaterThanOrEqual(2.95);
    }
  });

  it.each(Object.entries(sights))("gives categories colours that %s tells apart", (_, sight) => {
    const seenAs = slots.map((name) => seen(token(name)[theme], sight));
    for (const { colours, normal, other: deficient } of leastApart) {
      const least = sight === sights.normal ? normal : deficient;
      for (let one = 1; one < colours; one++) {
        for (let other = 0; other < one; other++) {
          const distance = Math.hypot(...seenAs[one].map((value, at) => value - seenAs[other][at]));
          expect(distance, `${slots[one]} and ${slots[other]}`).toBeGreaterThanOrEqual(least);
        }
      }
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
