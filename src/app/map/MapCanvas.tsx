import { useEffect, useRef, useState } from "react";
import { useApp } from "../context";
import { readScatterTheme } from "../theme/readColours";
import { phoneQuery } from "../ui/useMedia";
import type { BoundMap, MapEvents } from "./bindMap";
import type { WhyFlat } from "./FlatMap";
import styles from "./MapPanel.module.css";
import { somethingToDraw } from "./something-to-draw";

/** On a phone the tools lie along the top, two lines of legend and the name of an axis along the bottom; CSS pixels. */
const phoneInsets = { top: 60, right: 40, bottom: 92, left: 40 };

interface MapCanvasProps {
  readonly label: string;
  readonly onHover: MapEvents["hover"];
  readonly onInView: MapEvents["inView"];
  /** Called when no map can be drawn here, for now or for good; null when it came back. */
  onUnavailable(because: WhyFlat | null): void;
}

/** The drawn map: a thin wrapper that gives the scatter a place in the page and a keyboard. */
export function MapCanvas({ label, onHover, onInView, onUnavailable }: MapCanvasProps) {
  const app = useApp();
  const host = useRef<HTMLDivElement>(null);
  const bound = useRef<BoundMap | null>(null);
  const [gone, setGone] = useState(false);

  useEffect(() => {
    let cancelled = false;
    const element = host.current;
    if (!element) return;
    const giveUp = (because: WhyFlat) => {
      bound.current?.dispose();
      bound.current = null;
      setGone(true);
      onInView(true);
      onUnavailable(because);
    };
    // Nothing needs the map before there is something to draw.
    Promise.all([import("../../scatter"), import("./bindMap"), somethingToDraw(app.workbench)])
      .then(([{ createScatter }, { bindMap }]) => {
        if (cancelled) return;
        const scatter = createScatter(element, {
          theme: readScatterTheme(),
          insets: matchMedia(phoneQuery).matches ? phoneInsets : undefined,
        });
        bound.current = bindMap(scatter, element, app, {
          hover: onHover,
          inView: onInView,
          lost: onUnavailable,
          unavailable: giveUp,
        });
      })
      .catch(() => giveUp("failed"));
    return () => {
      cancelled = true;
      bound.current?.dispose();
      bound.current = null;
    };
  }, [app, onHover, onInView, onUnavailable]);

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
      onKeyDown={(event) => bound.current?.press(event.nativeEvent)}
      onBlur={() => app.view.setState({ cursor: null })}
    />
  );
}
