import type { ScatterTheme } from "../../scatter/types";
import { paletteSize, tokenOf } from "../colours/assign";

/**
 * The colours of the theme that is drawn now, as "#rrggbb", for code that can't read custom properties. A probe
 * element is asked, because a custom property reads back as its `light-dark()` source and not as a colour.
 */
export function readScatterTheme(): ScatterTheme {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const colour = (name: string) => {
    probe.style.color = `var(--${name})`;
    return toHex(getComputedStyle(probe).color);
  };
  const theme: ScatterTheme = {
    background: colour("bg"),
    text: colour("ink"),
    mutedText: colour("soft"),
    accent: colour("accent"),
    line: colour("line"),
    palette: Array.from({ length: paletteSize }, (_, slot) => colour(tokenOf(slot))),
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
