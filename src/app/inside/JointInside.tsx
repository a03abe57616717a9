import { useBench } from "../context";
import { GapView } from "./GapView";
import styles from "./InsidePanel.module.css";
import { LabelRanker } from "./LabelRanker";

/** How words and images meet in one space: the gap between them, and labels ranked for an image. */
export function JointInside() {
  const hasJoint = useBench((state) => state.shown.available.includes("joint"));
  if (!hasJoint) {
    return (
      <p className={`${styles.note} ${styles.joint}`}>
        Words and images meet when both are on the map, and both encoders give what they were trained for:
        MiniLM with EfficientNet (by ConSE), or the two towers of a CLIP-like model.
      </p>
    );
  }
  return (
    <div className={styles.joint}>
      <div className={styles.jointGrid}>
        <GapView />
        <LabelRanker />
      </div>
    </div>
  );
}
