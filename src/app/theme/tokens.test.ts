import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");

/** A token's colour in the light and the dark theme. */
function token(name: string): { light: string; dark: string } {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  if (!found) throw new Error(`tokens.css has no colour --${name}`);
  return { light: found[1], dark: found[2] };
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const themes = ["light", "dark"] as const;
const slots = Array.from({ length: 15 }, (_, slot) => `data-${slot}`);

describe.each(themes)("the %s theme", (theme) => {
  it("draws every category's colour at 3:1 on the map, each colour once", () => {
    const colours = slots.map((slot) => token(slot)[theme]);
    expect(new Set(colours).size).toBe(colours.length);
    for (const colour of colours)
      expect(contrast(colour, token("bg")[theme]), colour).toBeGreaterThanOrEqual(3);
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
