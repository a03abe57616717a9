import { ArrowRight } from "lucide-react";
import { type FocusEvent, type KeyboardEvent, useRef } from "react";
import { useBench, useWorkbench } from "../context";
import { axisNames } from "../map/axes";
import controls from "../ui/controls.module.css";
import styles from "./Choices.module.css";
import { axesFrom, axisRows } from "./drafts";
import { CheckSetting, Why } from "./settings";

/** The directions of a map by word axes, each from what one text means to what another does. */
export function AxesSettings() {
  const workbench = useWorkbench();
  const { dimensions, orthogonal = false } = useBench((state) => state.projection);
  const axes = useBench((state) => state.axes);
  const form = useRef<HTMLFieldSetElement>(null);
  const rows = axisRows(axes, dimensions);

  const commit = () => {
    const written = (name: string) =>
      form.current?.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value;
    const drafts = rows.map((_, axis) => ({
      from: written(`from-${axis}`) ?? "",
      to: written(`to-${axis}`) ?? "",
    }));
    const chosen = axesFrom(drafts, axes);
    if (chosen) workbench.setAxes(chosen);
  };
  const field = (axis: number, end: "from" | "to", value: string) => ({
    name: `${end}-${axis}`,
    "aria-label": `Axis ${axisNames[axis]}, ${end}`,
    placeholder: end,
    autoComplete: "off",
    defaultValue: value,
    className: `${controls.field} ${styles.word}`,
    onBlur: (_: FocusEvent) => commit(),
    onKeyDown: (event: KeyboardEvent) => event.key === "Enter" && commit(),
  });
  return (
    <>
      <fieldset ref={form} className={styles.axes}>
        <legend>
          Axes <Why term="wordAxes" />
        </legend>
        {rows.map(({ from, to }, axis) => (
          <div key={`${axisNames[axis]} ${from} ${to}`} className={styles.axis}>
            <input {...field(axis, "from", from)} />
            <ArrowRight size={14} aria-hidden />
            <input {...field(axis, "to", to)} />
          </div>
        ))}
      </fieldset>
      <CheckSetting
        label="Make axes independent"
        term="independent"
        checked={orthogonal}
        onChange={(checked) => workbench.setProjection({ orthogonal: checked })}
      />
    </>
  );
}
