/**
 * Category colours, in the order categories are met. The first seven are the page's own look; neighbours in the order
 * differ in lightness as well as in hue, so that most pairs stay apart under red-green colour blindness, and every
 * colour has a contrast of at least 3:1 to the theme's background (WCAG 2.2, 1.4.11).
 */
export const LIGHT_PALETTE: readonly string[] = [
  "#2f5bea", // blue
  "#d9542b", // vermilion
  "#b8860b", // ochre
  "#8a5a44", // brown
  "#0f8a7e", // teal
  "#7a4fd0", // violet
  "#4a7f9e", // steel
  "#c2307a", // magenta
  "#4f7d1f", // moss
  "#1f3a6e", // navy
  "#a31621", // crimson
  "#6b6b66", // grey
];

/** The same hues for a dark background, in the same order as `LIGHT_PALETTE`. */
export const DARK_PALETTE: readonly string[] = [
  "#7c9cff",
  "#ff8a65",
  "#e3b341",
  "#c99a80",
  "#4fc7b8",
  "#b394ff",
  "#8fbcd6",
  "#ff8ac2",
  "#a6d170",
  "#5f83d9",
  "#f2616b",
  "#b4b5ba",
];
