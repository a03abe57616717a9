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
  const what = useWhat();
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
        <span className={styles.what}>{what}</span>
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

/** What is looked into: an encoder's layer and how it is pooled, or the two encoders that meet. */
function useWhat(): string {
  const shown = useView((state) => state.insideView);
  const text = useBench((state) => state.textEncoder);
  const image = useBench((state) => state.imageEncoder);
  if (shown === "joint") return text.id === image.id ? text.title : `${text.title} and ${image.title}`;
  const { title, tap, pooling } = shown === "image" ? image : text;
  return [title, tap?.title, pooling === "none" ? undefined : pooling].filter(Boolean).join(" · ");
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
