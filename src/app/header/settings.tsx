import { Slider } from "radix-ui";
import { type ReactNode, useId, useState } from "react";
import type { Metric } from "../../core/space";
import { useBench, useWorkbench } from "../context";
import type { Term } from "../help/terms";
import { Ask } from "../ui/Ask";
import controls from "../ui/controls.module.css";
import { Select } from "../ui/Select";
import styles from "./Choices.module.css";
import { wholeNumber } from "./drafts";

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
export function SliderSetting({ label, term, value, min, max, step, onCommit }: SliderSettingProps) {
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

interface NumberFieldProps {
  /** The accessible name. The default is that a label names it by its id. */
  readonly label?: string;
  readonly id?: string;
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  /** What an empty field stands for; without it a number must be given. */
  readonly placeholder?: string;
  onCommit(value: number | undefined): void;
}

/** A whole number that counts on Enter or when the field is left; what is no such number gives way to the old one. */
export function NumberField({ label, id, value, min, max, placeholder, onCommit }: NumberFieldProps) {
  const shown = value === undefined ? "" : String(value);
  const commit = (field: HTMLInputElement) => {
    const next = wholeNumber(field.value, { min, max, optional: placeholder !== undefined });
    if (next === null) field.value = shown;
    else if (next !== value) onCommit(next);
  };
  return (
    <input
      id={id}
      key={shown}
      className={`${controls.field} ${styles.number}`}
      aria-label={label}
      inputMode="numeric"
      autoComplete="off"
      placeholder={placeholder}
      defaultValue={shown}
      onBlur={(event) => commit(event.currentTarget)}
      onKeyDown={(event) => event.key === "Enter" && commit(event.currentTarget)}
    />
  );
}

interface NumberSettingProps extends Omit<NumberFieldProps, "label" | "id"> {
  readonly label: string;
  readonly term: Term;
}

/** A labelled number. */
export function NumberSetting({ label, term, ...field }: NumberSettingProps) {
  const id = useId();
  return (
    <div className={styles.setting}>
      <span>
        <label htmlFor={id}>{label}</label> <Why term={term} />
      </span>
      <NumberField id={id} {...field} />
    </div>
  );
}

/** A quiet mark that says what the setting beside it means. */
export function Why({ term }: { readonly term: Term }) {
  return (
    <Ask term={term} className={styles.why}>
      <span aria-hidden>?</span>
      <span className={controls.hidden}>What it means</span>
    </Ask>
  );
}

interface CheckSettingProps {
  readonly label: string;
  readonly term: Term;
  readonly checked: boolean;
  onChange(checked: boolean): void;
}

/** A labelled check box. */
export function CheckSetting({ label, term, checked, onChange }: CheckSettingProps) {
  const id = useId();
  return (
    <div className={styles.check}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        <label htmlFor={id}>{label}</label> <Why term={term} />
      </span>
    </div>
  );
}

/** A heading over settings that belong together, or a fact beside its name. */
export function Row({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={styles.setting}>
      <span>{name}</span>
      {children}
    </div>
  );
}

const metrics: readonly { readonly value: Metric; readonly title: string }[] = [
  { value: "cosine", title: "Cosine" },
  { value: "euclidean", title: "Euclidean" },
  { value: "dot", title: "Dot product" },
];

/** The metric that neighbours are found with. */
export function MetricSetting() {
  const workbench = useWorkbench();
  const metric = useBench((state) => state.projection.metric);
  return (
    <Row name="Metric">
      <Select
        label="Projection metric"
        value={metric}
        options={metrics}
        onChange={(value) => workbench.setProjection({ metric: value as Metric })}
      />
    </Row>
  );
}

/** Where chance starts. */
export function SeedSetting() {
  const workbench = useWorkbench();
  const seed = useBench((state) => state.projection.seed);
  return (
    <NumberSetting
      label="Seed"
      term="seed"
      value={seed}
      min={0}
      max={Number.MAX_SAFE_INTEGER}
      onCommit={(next) => next !== undefined && workbench.setProjection({ seed: next })}
    />
  );
}
