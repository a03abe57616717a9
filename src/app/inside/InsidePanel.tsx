import { ToggleGroup } from "radix-ui";
import { useApp, useView } from "../context";
import controls from "../ui/controls.module.css";
import type { ViewState } from "../view";
import { EncoderInside } from "./EncoderInside";
import styles from "./InsidePanel.module.css";
import { JointInside } from "./JointInside";

const views: readonly { readonly value: ViewState["insideView"]; readonly title: string }[] = [
  { value: "text", title: "Text" },
  { value: "image", title: "Images" },
  { value: "joint", title: "Joint" },
];

/** What goes on inside the encoders: their layers, tokens and patches, and how words and images meet. */
export default function InsidePanel() {
  const { view, workbench } = useApp();
  const shown = useView((state) => state.insideView);
  const look = (next: ViewState["insideView"]) => {
    view.setState({ insideView: next });
    // The gap is seen on the map on which words and images meet.
    const { role, available } = workbench.state.getState().shown;
    if (next === "joint" && role !== "joint" && available.includes("joint")) workbench.showSpace("joint");
  };
  return (
    <section className={styles.panel} aria-label="Inside">
      <div className={styles.content} data-view={shown}>
        <ToggleGroup.Root
          type="single"
          aria-label="Look into"
          className={`${controls.segments} ${styles.views}`}
          value={shown}
          onValueChange={(value) => value && look(value as ViewState["insideView"])}
        >
          {views.map(({ value, title }) => (
            <ToggleGroup.Item key={value} value={value} className={controls.segment}>
              {title}
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
        {shown === "joint" ? <JointInside /> : <EncoderInside key={shown} modality={shown} />}
      </div>
    </section>
  );
}
