import { useMemo } from "react";
import { useBench } from "../context";
import controls from "../ui/controls.module.css";
import styles from "./AxisCaptions.module.css";
import { axisCaptions, axisNames, describeAxes } from "./axes";

/** What the map's axes mean: at its edges in 2-D; as a list in 3-D, where the axes turn with the view. */
export function AxisCaptions() {
  const layout = useBench((state) => state.layout);
  const projection = useBench((state) => state.projection);
  const axes = useBench((state) => state.axes);
  const captions = useMemo(() => axisCaptions(layout, projection, axes), [layout, projection, axes]);
  if (captions.length === 0) return null;
  const [across, upright] = captions;
  return (
    <>
      <p className={controls.hidden}>{describeAxes(captions)}</p>
      {projection.dimensions === 2 ? (
        <div aria-hidden>
          <Edge at="left" text={across.from} />
          <Edge at="right" text={across.to} />
          <Edge at="bottom" text={upright.from} />
          <Edge at="top" text={upright.to} />
        </div>
      ) : (
        <ul className={styles.list} aria-hidden>
          {captions.map(({ from, to }, axis) => (
            <li key={axisNames[axis]}>
              {axisNames[axis]}: {from ? `${from} → ${to}` : to}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Edge({ at, text }: { readonly at: "left" | "right" | "top" | "bottom"; readonly text: string }) {
  if (!text) return null;
  return (
    <span className={styles.edge} data-at={at}>
      {text}
    </span>
  );
}
