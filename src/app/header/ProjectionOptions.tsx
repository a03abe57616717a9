import { SlidersHorizontal } from "lucide-react";
import { Popover, Slider, ToggleGroup } from "radix-ui";
import { useId, useState } from "react";
import type { Metric } from "../../core/space";
import { useRun } from "../commands/useShortcuts";
import { useBench, useWorkbench } from "../context";
import type { Term } from "../help/terms";
import { Ask } from "../ui/Ask";
import controls from "../ui/controls.module.css";
import { Select } from "../ui/Select";
import styles from "./Choices.module.css";

const metrics = [
  { value: "cosine", title: "Cosine" },
  { value: "euclidean", title: "Euclidean" },
  { value: "dot", title: "Dot product" },
];

/** The projection's options behind a button: dimensions, UMAP's numbers, metric, seed. */
export default function ProjectionOptions() {
  return (
    <Popover.Root>
      <Popover.Trigger className={`${controls.button} ${controls.icon}`} aria-label="Projection options">
        <SlidersHorizontal size={15} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.popover}
          aria-label="Projection options"
          align="start"
          sideOffset={6}
          collisionPadding={8}
        >
          <Options />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Options() {
  const workbench = useWorkbench();
  const run = useRun();
  const projection = useBench((state) => state.projection);
  const note = useBench((state) => state.layout.note);
  const umap = projection.method === "umap";
  return (
    <>
      <div className={styles.setting}>
        <span>Dimensions</span>
        <ToggleGroup.Root
          type="single"
          aria-label="Dimensions"
          className={controls.segments}
          value={String(projection.dimensions)}
          onValueChange={(value) => value && run(value === "3" ? "map.3d" : "map.2d")}
        >
          <ToggleGroup.Item className={controls.segment} value="2">
            2-D
          </ToggleGroup.Item>
          <ToggleGroup.Item className={controls.segment} value="3">
            3-D
          </ToggleGroup.Item>
        </ToggleGroup.Root>
      </div>
      {umap && (
        <>
          <SliderSetting
            label="Neighbours"
            term="neighbourCount"
            value={projection.neighbours}
            min={2}
            max={100}
            step={1}
            onCommit={(neighbours) => workbench.setProjection({ neighbours })}
          />
          <SliderSetting
            label="Minimum distance"
            term="minDistance"
            value={projection.minDistance}
            min={0}
            max={0.99}
            step={0.01}
            onCommit={(minDistance) => workbench.setProjection({ minDistance })}
          />
          <div className={styles.setting}>
            <span>Metric</span>
            <Select
              label="Projection metric"
              value={projection.metric}
              options={metrics}
              onChange={(metric) => workbench.setProjection({ metric: metric as Metric })}
            />
          </div>
          <SeedSetting />
        </>
      )}
      {note && <p className={styles.note}>{note}</p>}
      <button
        type="button"
        className={`${controls.button} ${controls.primary}`}
        onClick={() => run("map.layOutAgain")}
      >
        Lay out again
      </button>
    </>
  );
}

interface SliderSettingProps {
  readonly label: string;
  readonly term: Term;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  onCommit(value: number): void;
}

/** A slider whose number follows the thumb at once, and whose effect waits until it is let go. */
function SliderSetting({ label, term, value, min, max, step, onCommit }: SliderSettingProps) {
  const [dragged, setDragged] = useState<number | null>(null);
  return (
    <div className={styles.setting}>
      <span>{label}</span>
      <Ask term={term} className={styles.value}>
        {dragged ?? value}
      </Ask>
      <Slider.Root
        className={styles.slider}
        min={min}
        max={max}
        step={step}
        value={[dragged ?? value]}
        onValueChange={([next]) => setDragged(next)}
        onValueCommit={([next]) => {
          setDragged(null);
          onCommit(next);
        }}
      >
        <Slider.Track className={styles.track}>
          <Slider.Range className={styles.range} />
        </Slider.Track>
        <Slider.Thumb className={styles.thumb} aria-label={label} />
      </Slider.Root>
    </div>
  );
}

function SeedSetting() {
  const workbench = useWorkbench();
  const seed = useBench((state) => state.projection.seed);
  const id = useId();
  const commit = (text: string) => {
    const next = Number.parseInt(text, 10);
    if (Number.isSafeInteger(next) && next >= 0 && next !== seed) workbench.setProjection({ seed: next });
  };
  return (
    <div className={styles.setting}>
      <span>
        <label htmlFor={id}>Seed</label>
      </span>
      <input
        id={id}
        key={seed}
        className={`${controls.field} ${styles.seed}`}
        inputMode="numeric"
        defaultValue={seed}
        onBlur={(event) => commit(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && commit(event.currentTarget.value)}
      />
    </div>
  );
}
