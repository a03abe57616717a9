import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import type { Item } from "../../collection/types";
import { useRun } from "../commands/useShortcuts";
import { useBench, useWorkbench } from "../context";
import { Notice } from "../status/Notice";
import controls from "../ui/controls.module.css";
import { formatItems } from "../ui/numbers";
import { AxisCaptions } from "./AxisCaptions";
import type { WhyFlat } from "./FlatMap";
import { MapCanvas } from "./MapCanvas";
import styles from "./MapPanel.module.css";
import { isStopped, MapOverlay } from "./overlays";
import { Tools } from "./Tools";

// What is not on the first screen, or comes after the first points, is loaded then.
const Announcer = lazy(() => import("./Announcer"));
const FlatMap = lazy(() => import("./FlatMap"));
const HoverCard = lazy(() => import("./HoverCard"));
const LayoutControls = lazy(() => import("./LayoutControls"));
const Legend = lazy(() => import("./Legend"));

/** The map with everything that lies on it. */
export function MapPanel() {
  const count = useMappedCount();
  const [unavailable, setUnavailable] = useState<WhyFlat | null>(null);
  const [hovered, setHovered] = useState<{ item: Item; x: number; y: number } | null>(null);
  const onHover = useCallback(setHovered, []);
  const [isInView, setInView] = useState(true);
  const dimensions = useBench((state) => state.projection.dimensions);
  return (
    <section className={styles.map} aria-label="Map">
      <LayoutProgress />
      <MapCanvas
        label={`Map of ${formatItems(count)} in ${dimensions} dimensions`}
        onHover={onHover}
        onInView={setInView}
        onUnavailable={setUnavailable}
      />
      <Suspense>{unavailable && <FlatMap because={unavailable} />}</Suspense>
      <p id="map-keys" className={controls.hidden}>
        Arrow keys walk from point to point, Enter selects one, and once more its neighbours; Escape leaves
        the walk, then clears the selection. Plus and minus zoom, 0 fits the map.
      </p>
      <Suspense>
        <Announcer />
      </Suspense>
      {count > 0 && <AxisCaptions />}
      <Suspense>{count > 0 && <Legend />}</Suspense>
      {count > 0 && !unavailable && <Tools />}
      {count > 0 && !unavailable && !isInView && <OutOfView />}
      <LongLayout />
      <Suspense>{hovered && count > 0 && <HoverCard {...hovered} />}</Suspense>
      <MapOverlay mapped={count} />
      <Notice />
    </section>
  );
}

/** How many items stand on the map. */
function useMappedCount(): number {
  const workbench = useWorkbench();
  const [count, setCount] = useState(0);
  useEffect(() => workbench.onFrame((frame) => setCount(frame.ids.length)), [workbench]);
  return count;
}

/** Says of a part of the map where nothing is that it is one, and leads back. */
function OutOfView() {
  const run = useRun();
  return (
    <p className={styles.away}>
      Nothing is in view.
      <button type="button" className={controls.link} onClick={() => run("map.fit")}>
        Fit the map
      </button>
    </p>
  );
}

/** What can be done about a layout that takes a while, or was stopped. */
function LongLayout() {
  const isOffered = useBench(({ layout }) =>
    layout.status === "running" ? layout.isLong || layout.isPaused : isStopped(layout),
  );
  if (!isOffered) return null;
  return (
    <Suspense>
      <LayoutControls />
    </Suspense>
  );
}

/** A thin line along the top while a layout runs. */
function LayoutProgress() {
  const running = useBench((state) => state.layout.status === "running");
  const fraction = useBench((state) => state.layout.fraction);
  if (!running) return null;
  return <span className={styles.progress} style={{ scale: `${Math.max(0.02, fraction)} 1` }} aria-hidden />;
}
