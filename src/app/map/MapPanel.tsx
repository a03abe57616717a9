import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import type { Item } from "../../collection/types";
import { useBench, useNearest, useWorkbench } from "../context";
import { Notice } from "../status/Notice";
import controls from "../ui/controls.module.css";
import { formatItems, formatSimilarity } from "../ui/numbers";
import { AxisCaptions } from "./AxisCaptions";
import { describeItem } from "./drawing";
import { FlatMap } from "./FlatMap";
import { HoverCard } from "./HoverCard";
import { Legend } from "./Legend";
import { MapCanvas } from "./MapCanvas";
import styles from "./MapPanel.module.css";
import { isStopped, MapOverlay } from "./overlays";
import { Tools } from "./Tools";

const LayoutControls = lazy(() => import("./LayoutControls"));

/** The map with everything that lies on it. */
export function MapPanel() {
  const count = useMappedCount();
  const [unavailable, setUnavailable] = useState(false);
  const [hovered, setHovered] = useState<{ item: Item; x: number; y: number } | null>(null);
  const onHover = useCallback(setHovered, []);
  const dimensions = useBench((state) => state.projection.dimensions);
  return (
    <section className={styles.map} aria-label="Map">
      <LayoutProgress />
      <MapCanvas
        label={`Map of ${formatItems(count)} in ${dimensions} dimensions`}
        onHover={onHover}
        onUnavailable={setUnavailable}
      />
      {unavailable && <FlatMap />}
      <p id="map-keys" className={controls.hidden}>
        Arrow keys walk from point to point, plus and minus zoom, 0 fits the map, Enter selects the
        neighbours, Escape clears the selection.
      </p>
      <Announcer />
      {count > 0 && <AxisCaptions />}
      {count > 0 && <Legend />}
      {count > 0 && !unavailable && <Tools />}
      <LongLayout />
      {hovered && count > 0 && <HoverCard {...hovered} />}
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

/** Tells a screen reader what is selected, once its neighbours are known. */
function Announcer() {
  const { query, status, neighbours, metric } = useNearest((state) => state);
  const item = useBench((state) =>
    query && "id" in query ? state.items.find((each) => each.id === query.id) : undefined,
  );
  const text =
    item && status === "done"
      ? describeItem(
          item,
          neighbours
            .slice(0, 3)
            .map((each) => `${each.item.label} ${formatSimilarity(each.similarity, metric)}`),
        )
      : "";
  return (
    <p className={controls.hidden} aria-live="polite">
      {text}
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
