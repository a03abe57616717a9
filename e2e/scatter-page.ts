/** The map alone, for tests that drive it with real pointer events: hands `createScatter` to the page. */
import "@fontsource-variable/inter";
import { createScatter, DARK_PALETTE, LIGHT_PALETTE, type ScatterTheme } from "../src/scatter/index";

const light: ScatterTheme = {
  background: "#fbfbfa",
  text: "#1b1b1a",
  mutedText: "#6d6c68",
  accent: "#2f5bea",
  line: "#e7e6e3",
  palette: LIGHT_PALETTE,
  font: '"Inter Variable", system-ui, sans-serif',
};
const dark: ScatterTheme = {
  ...light,
  background: "#131417",
  text: "#ececea",
  mutedText: "#9b9ca3",
  accent: "#7c9cff",
  line: "#2b2d33",
  palette: DARK_PALETTE,
};

const page = { createScatter, themes: { light, dark } };
export type ScatterPage = typeof page;
Object.assign(window, { scatterPage: page });
