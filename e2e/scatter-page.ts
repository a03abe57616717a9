/** The map alone, for tests that drive it with real pointer events: hands `createScatter` to the page. */
import "@fontsource-variable/inter";
import { createScatter, type ScatterTheme } from "../src/scatter/index";

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

const page = { createScatter, themes: { light, dark } };
export type ScatterPage = typeof page;
Object.assign(window, { scatterPage: page });
