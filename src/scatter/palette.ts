/**
 * Category colours, in the order categories are met; with more categories they are used again from the start. The
 * first seven are the page's own look, the others were chosen to be as far as possible from all before them for normal
 * sight, protanopia and deuteranopia alike (simulated after Machado, Oliveira and Fernandes, 2009; distances in OKLab).
 * No twelve colours stay apart for everybody, so colour is never the only sign: labels and places say the same.
 * Every colour has a contrast of at least 3:1 to the theme's background (WCAG 2.2, 1.4.11).
 */
export const LIGHT_PALETTE: readonly string[] = [
  "#2f5bea", // blue
  "#d9542b", // vermilion
  "#b8860b", // ochre
  "#8a5a44", // brown
  "#0f8a7e", // teal
  "#7a4fd0", // violet
  "#4a7f9e", // steel
  "#d0489a", // magenta
  "#47019a", // indigo
  "#0c3d22", // forest
  "#7a1020", // maroon
  "#5a5a78", // slate
];

/** The same hues for a dark background, in the same order as `LIGHT_PALETTE`. */
export const DARK_PALETTE: readonly string[] = [
  "#7c9cff",
  "#ff8a65",
  "#e3b341",
  "#c99a80",
  "#4fc7b8",
  // Lighter than the look's #b394ff, which is the very blue above to an eye without red cones.
  "#c4a8ff",
  "#8fbcd6",
  "#c9307f",
  "#7a55d8",
  "#c4f59b",
  "#a8501c",
  "#e6e4f2",
];
