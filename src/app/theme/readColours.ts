import type { ScatterTheme } from "../../scatter/types";
import { firstRampSlot, firstTrustSlot, tokenOf } from "../colours/assign";
import { rampColours } from "../colours/ramp";

/**
 * The colours of a theme, by default of the one that is drawn now, as "#rrggbb", for code that can't read custom properties. A probe
 * element is asked, because a custom property reads back as its `light-dark()` source and not as a colour.
 */
export function readScatterTheme(of?: "light" | "dark"): ScatterTheme {
  const root = document.documentElement;
  const before = root.dataset.theme;
  // The page is put into the other theme and back before it is painted: where the build writes `light-dark()` for older
  // browsers, a custom property is one colour or the other at the root, and no element can ask for both.
  if (of) root.dataset.theme = of;
  const theme = readDrawn();
  if (before) root.dataset.theme = before;
  else delete root.dataset.theme;
  return theme;
}

function readDrawn(): ScatterTheme {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const colour = (name: string) => {
    probe.style.color = `var(--${name})`;
    return toHex(getComputedStyle(probe).color);
  };
  const tokens = Array.from({ length: firstRampSlot }, (_, slot) => colour(tokenOf(slot)));
  const theme: ScatterTheme = {
    background: colour("bg"),
    text: colour("ink"),
    mutedText: colour("soft"),
    accent: colour("accent"),
    line: colour("line"),
    palette: [...tokens, ...rampColours(tokens.slice(firstTrustSlot))],
    font: getComputedStyle(document.body).fontFamily,
  };
  probe.remove();
  return theme;
}

/** "rgb(47, 91, 234)", as browsers give computed colours, to "#2f5bea"; opaque colours only, others stay as they are. */
export function toHex(colour: string): string {
  const channels = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour);
  if (!channels) return colour;
  return `#${channels
    .slice(1)
    .map((channel) => Number(channel).toString(16).padStart(2, "0"))
    .join("")}`;
}
