import { useEffect, useMemo, useState } from "react";
import { useColours } from "../colours/useColours";
import { useBench, useWorkbench } from "../context";
import type { MapFrame } from "../workbench/types";
import styles from "./FlatMap.module.css";
import { useVisible } from "./useVisible";

/** An SVG with more elements than this turns slow; the list of items holds them all. */
const mostPoints = 800;
/** Room for labels around the outermost points, in the SVG's units. */
const size = 1000;
const margin = 80;

interface FlatMapProps {
  readonly because: WhyFlat;
}

/**
 * Why it stands in: this browser draws no maps, the graphics card took the drawn one away for now, or what draws it has
 * stopped, for now or too often.
 */
export type WhyFlat = keyof typeof reasons;

const reasons = {
  missing: "This browser offers no WebGL2, so the map is drawn plainly",
  lost: "The graphics card took the map away and may give it back; until then it is drawn plainly",
  stopped: "What draws the map has stopped and is being started again; until then it is drawn plainly",
  failed: "What draws the map could not be started, so it is drawn plainly; reload the page to try again",
} as const;

/** The map without WebGL: still dots and labels that can be selected, in two dimensions; the list of items says the same. */
export default function FlatMap({ because }: FlatMapProps) {
  const workbench = useWorkbench();
  const colours = useColours();
  const items = useVisible();
  const selection = useBench((state) => state.selection);
  const [frame, setFrame] = useState<MapFrame>();
  useEffect(() => workbench.onFrame(setFrame), [workbench]);

  const places = useMemo(() => (frame ? fitted(frame) : []), [frame]);
  const byId = useMemo(() => new Map(items.map((item) => [item.id, item])), [items]);
  const selected = new Set(selection);
  return (
    <div className={styles.flat}>
      <p className={styles.note} role="alert">
        {reasons[because]}
        {places.length > mostPoints ? `, with the first ${mostPoints} of ${places.length} items` : ""}. The
        list of items, neighbours, comparison and export are the same.
      </p>
      <svg viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
        {places.slice(0, mostPoints).map(({ id, x, y }) => {
          const item = byId.get(id);
          if (!item) return null;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the list of items is the keyboard's way to the same
            <g
              key={id}
              className={styles.point}
              data-selected={selected.has(id) || undefined}
              transform={`translate(${x} ${y})`}
              onClick={(event) =>
                workbench.select(
                  [id],
                  event.shiftKey || event.ctrlKey || event.metaKey ? "toggle" : "replace",
                )
              }
            >
              <circle r={7} fill={colours.css(item)} />
              <text x={12} y={5}>
                {item.label}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** The first two axes scaled into the SVG's square, y upwards. */
function fitted({ ids, dimensions, positions }: MapFrame) {
  const xs = ids.map((_, row) => positions[row * dimensions]);
  const ys = ids.map((_, row) => positions[row * dimensions + 1]);
  const scale = (values: readonly number[]) => {
    const known = values.filter((value) => !Number.isNaN(value));
    const low = known.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const high = known.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    return (value: number) => margin + ((value - low) / (high - low || 1)) * (size - 2 * margin);
  };
  const x = scale(xs);
  const y = scale(ys);
  return ids
    .map((id, row) => ({ id, x: x(xs[row]), y: size - y(ys[row]) }))
    .filter((place) => !Number.isNaN(place.x));
}
