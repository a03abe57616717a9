import type { PictureOptions, ScatterLegend, ScatterTheme } from "../../scatter/types";
import { columnOf } from "../colours/colouring";
import { legendOf as tallied } from "../colours/tally";
import type { AppModel } from "../context";
import { readScatterTheme } from "../theme/readColours";
import { visibleOf } from "./visible";

/** More entries than this make a legend larger than the map; the rest is counted. */
const mostEntries = 24;

/** The legend of what is shown, in a theme's colours; undefined where the colours tell nothing. */
function legendOf({ workbench, view, colouring }: Target, theme: ScatterTheme): ScatterLegend | undefined {
  const { items, shown } = workbench.state.getState();
  const { colours } = colouring.getState();
  const state = view.getState();
  const onMap = items.filter(({ kind }) => shown.space.modalities.includes(kind));
  const legend = tallied(colours.tally(), visibleOf(onMap, state, colours)).filter(({ count }) => count > 0);
  if (legend.length < 2 && !colours.scale) return undefined;
  const more = legend.length - mostEntries;
  const entries = legend
    .slice(0, mostEntries)
    .map(({ label, slot }) => ({ label, colour: theme.palette[slot] }));
  if (more > 0) entries.push({ label: `and ${more} more`, colour: theme.mutedText });
  return { title: columnOf(state.colourBy) ?? state.colourBy, entries };
}

type Target = Pick<AppModel, "workbench" | "view" | "colouring">;

/** Saves the map as it is drawn now, with its legend, in the theme chosen for pictures. What goes wrong is reported by the page. */
export function savePicture(app: Target, options: Pick<PictureOptions, "format" | "scale">): Promise<void> {
  const { map, pictureTheme } = app.view.getState();
  const theme = readScatterTheme(pictureTheme ?? undefined);
  return app.workbench.save(`nearfield-map.${options.format}`, async () => {
    if (!map) throw new Error("There is no map to be saved.");
    return map.picture({ ...options, theme, legend: legendOf(app, theme) });
  });
}
