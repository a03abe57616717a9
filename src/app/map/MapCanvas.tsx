import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useApp } from "../context";
import { readScatterTheme } from "../theme/readColours";
import { phoneQuery } from "../ui/useMedia";
import type { Workbench } from "../workbench/types";
import { type BoundMap, bindMap, type MapEvents } from "./bindMap";
import { directionOf, nearestInDirection, type Place } from "./direction";
import styles from "./MapPanel.module.css";

/** On a phone the tools lie along the top, two lines of legend and the name of an axis along the bottom; CSS pixels. */
const phoneInsets = { top: 60, right: 40, bottom: 92, left: 40 };

/** With the encoder's files in the browser's cache the map would wait for nothing; it does not wait longer than this. */
const headStartMs = 500;

/**
 * Resolves once the text encoder's worker fetches its files, or needs none. Making a WebGL context can hold the main
 * thread for a second or two where there is no GPU; meanwhile the encoder gets on.
 */
function encoderUnderWay(workbench: Workbench): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const isUnderWay = () => {
      const { status, progress } = workbench.state.getState().textEncoder;
      return status !== "loading" || progress !== undefined;
    };
    const timer = setTimeout(done, headStartMs);
    const stop = workbench.state.subscribe(() => {
      if (isUnderWay()) done();
    });
    if (isUnderWay()) done();
  });
}

interface MapCanvasProps {
  readonly label: string;
  readonly onHover: MapEvents["hover"];
  /** Called when no map can be drawn here, for want of WebGL2 or because its context went. */
  onUnavailable(unavailable: boolean): void;
}

/** The drawn map: a thin wrapper that gives the scatter a place in the page and a keyboard. */
export function MapCanvas({ label, onHover, onUnavailable }: MapCanvasProps) {
  const app = useApp();
  const host = useRef<HTMLDivElement>(null);
  const bound = useRef<BoundMap | null>(null);
  const [gone, setGone] = useState(false);

  useEffect(() => {
    let cancelled = false;
    const element = host.current;
    if (!element) return;
    // Three.js is the largest part of the page and nothing needs it before the first frame.
    Promise.all([import("../../scatter"), encoderUnderWay(app.workbench)])
      .then(([{ createScatter }]) => {
        if (cancelled) return;
        const scatter = createScatter(element, {
          theme: readScatterTheme(),
          insets: matchMedia(phoneQuery).matches ? phoneInsets : undefined,
        });
        bound.current = bindMap(scatter, app, { hover: onHover, contextLost: onUnavailable });
      })
      .catch(() => {
        setGone(true);
        onUnavailable(true);
      });
    return () => {
      cancelled = true;
      bound.current?.dispose();
      bound.current = null;
    };
  }, [app, onHover, onUnavailable]);

  if (gone) return null;
  return (
    <div
      ref={host}
      className={styles.canvas}
      role="application"
      aria-label={label}
      aria-describedby="map-keys"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the map has a keyboard of its own
      tabIndex={0}
      onKeyDown={(event) => onMapKey(event, bound, app.workbench)}
    />
  );
}

/** Arrows walk to the next point in their direction; Enter selects the neighbours as well. */
function onMapKey(event: KeyboardEvent, bound: RefObject<BoundMap | null>, workbench: Workbench): void {
  const map = bound.current;
  if (!map || event.ctrlKey || event.metaKey || event.altKey) return;
  const direction = directionOf(event.key);
  const { selection } = workbench.state.getState();
  if (event.key === "Enter" && selection.length > 0) {
    event.preventDefault();
    const [first] = selection;
    void workbench.neighbours(first, { k: 8, space: workbench.state.getState().shown.space.id }).then(
      (found) => workbench.select([first, ...found.map(({ item }) => item.id)]),
      () => {},
    );
    return;
  }
  if (!direction) return;
  event.preventDefault();
  const { ids } = map.frame();
  const box = event.currentTarget.getBoundingClientRect();
  const places = ids.map((_, row): Place | undefined => map.scatter.locate(row) ?? undefined);
  const row = selection[0] === undefined ? undefined : map.rows().get(selection[0]);
  const from = (row === undefined ? undefined : places[row]) ?? { x: box.width / 2, y: box.height / 2 };
  const next = nearestInDirection(from, places, direction);
  if (next === undefined) return;
  workbench.select([ids[next]], event.shiftKey ? "add" : "replace");
  keepInView(map, places[next], box);
}

/** Points nearer to the edge than this are brought back towards the middle, with room for their label. */
const edge = 48;

function keepInView(map: BoundMap, place: Place | undefined, box: DOMRect): void {
  if (!place) return;
  const push = (at: number, size: number) =>
    at < edge ? edge - at : at > size - edge ? size - edge - at : 0;
  const x = push(place.x, box.width);
  const y = push(place.y, box.height);
  if (x === 0 && y === 0) return;
  map.scatter.panBy(x, y);
}
