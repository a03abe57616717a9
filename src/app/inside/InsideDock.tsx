import { ChevronDown, ChevronUp, Layers } from "lucide-react";
import { lazy, Suspense } from "react";
import { useRun } from "../commands/useShortcuts";
import { useBench, useView } from "../context";
import { Boundary } from "../ui/Boundary";
import styles from "./InsideDock.module.css";

const InsidePanel = lazy(() => import("./InsidePanel"));

/** Below the map of a wide screen: a line that says what is read out of the encoder, and opens to look inside. */
export function InsideDock() {
  const open = useView((state) => state.insideOpen);
  const modality = useView((state) => (state.insideView === "image" ? "image" : "text"));
  const encoder = useBench((state) => state[`${modality}Encoder`]);
  const run = useRun();
  const Chevron = open ? ChevronDown : ChevronUp;
  return (
    <div className={styles.dock} data-open={open || undefined}>
      <button
        type="button"
        className={styles.strip}
        aria-expanded={open}
        aria-controls="inside"
        onClick={() => run("page.inside")}
      >
        <Layers size={14} aria-hidden />
        <span className={styles.title}>Inside</span>
        <span className={styles.what}>
          {[encoder.title, encoder.tap?.title, encoder.pooling === "none" ? undefined : encoder.pooling]
            .filter(Boolean)
            .join(" · ")}
        </span>
        <Chevron size={14} aria-hidden />
      </button>
      {open && (
        <div id="inside" className={styles.room}>
          <InsideContent />
        </div>
      )}
    </div>
  );
}

/** The panel itself, loaded when it is first looked at. */
export function InsideContent() {
  return (
    <Boundary what="inside of the encoder">
      <Suspense fallback={<p className={styles.waiting}>Opening …</p>}>
        <InsidePanel />
      </Suspense>
    </Boundary>
  );
}
