import { CircleAlert } from "lucide-react";
import type { Modality } from "../../core/space";
import { useRun } from "../commands/useShortcuts";
import { useBench, useWorkbench } from "../context";
import { useSamples } from "../input/useSamples";
import controls from "../ui/controls.module.css";
import { formatBytes } from "../ui/numbers";
import { Progress } from "../ui/Progress";
import type { EncoderState, LayoutState } from "../workbench/types";
import styles from "./overlays.module.css";

/** True after the user has stopped a layout. */
export function isStopped({ status, error }: LayoutState): boolean {
  return status === "done" && error?.name === "Cancelled";
}

/** What lies over the map while there is nothing on it, or when something stands in its way. */
export function MapOverlay({ mapped }: { readonly mapped: number }) {
  const text = useBench((state) => state.textEncoder);
  const image = useBench((state) => state.imageEncoder);
  const items = useBench((state) => state.items.length);
  const layout = useBench((state) => state.layout);
  const tasks = useBench((state) => state.tasks.length);
  if (text.status === "failed") return <EncoderFailed encoder={text} modality="text" small={mapped > 0} />;
  if (image.status === "failed") return <EncoderFailed encoder={image} modality="image" small={mapped > 0} />;
  if (layout.status === "failed") return <LayoutFailed />;
  if (mapped > 0 || (isStopped(layout) && tasks === 0)) return null;
  const busy = items > 0 || tasks > 0;
  if (text.status === "loading" && busy) return <FirstLoad encoder={text} />;
  if (image.status === "loading" && busy) return <FirstLoad encoder={image} />;
  if (busy) return <Skeleton />;
  return <Invitation />;
}

const stages = { verify: "Checking", start: "Starting", check: "Comparing with its reference:" } as const;

function FirstLoad({ encoder }: { readonly encoder: EncoderState }) {
  const task = useBench((state) => state.tasks[0]);
  const { progress, title } = encoder;
  const downloading = !progress || progress.stage === "download";
  return (
    <>
      <Skeleton />
      <div className={styles.card} data-calm>
        <p className={styles.what}>
          {progress && progress.stage !== "download"
            ? `${stages[progress.stage]} ${title}`
            : progress
              ? `Fetching ${title}, ${formatBytes(progress.loaded, progress.total)}`
              : `Fetching ${title}`}
        </p>
        <Progress
          label={`Loading ${title}`}
          value={downloading && progress ? progress.loaded : undefined}
          max={progress?.total}
        />
        <p className={styles.small}>It is kept for the next visit. Nothing you add leaves this machine.</p>
        {task && (
          <button
            type="button"
            className={`${controls.button} ${controls.outlined}`}
            onClick={() => task.cancel()}
          >
            Cancel
          </button>
        )}
      </div>
    </>
  );
}

/** Where the points of a waiting map are drawn, in per cent: a hint of what will stand there, in no order. */
const ghosts = [
  [46, 14],
  [54, 20],
  [61, 12],
  [50, 27],
  [38, 22],
  [24, 52],
  [30, 60],
  [20, 63],
  [33, 47],
  [70, 50],
  [76, 58],
  [67, 62],
  [80, 47],
  [46, 76],
  [54, 82],
  [60, 74],
  [42, 86],
  [52, 48],
  [57, 55],
] as const;

function Skeleton() {
  return (
    <div className={styles.skeleton} aria-hidden>
      {ghosts.map(([left, top]) => (
        <span key={`${left} ${top}`} style={{ left: `${left}%`, top: `${top}%` }} />
      ))}
    </div>
  );
}

interface EncoderFailedProps {
  readonly encoder: EncoderState;
  readonly modality: Modality;
  /** Leaves the map free, where there is one. */
  readonly small: boolean;
}

function EncoderFailed({ encoder, modality, small }: EncoderFailedProps) {
  const workbench = useWorkbench();
  return (
    <div className={styles.card} data-small={small || undefined} role="alert">
      <p className={styles.what}>
        <CircleAlert size={16} aria-hidden className={styles.bad} /> {encoder.title} could not be loaded
      </p>
      <p>{encoder.error?.message}</p>
      {encoder.error?.advice && <p className={styles.small}>{encoder.error.advice}</p>}
      <button
        type="button"
        className={`${controls.button} ${controls.primary}`}
        onClick={() => void workbench.retryEncoder(modality).catch(() => {})}
      >
        Retry
      </button>
    </div>
  );
}

function LayoutFailed() {
  const run = useRun();
  const error = useBench((state) => state.layout.error);
  return (
    <div className={styles.card} data-small role="alert">
      <p className={styles.what}>
        <CircleAlert size={16} aria-hidden className={styles.bad} /> The layout failed
      </p>
      <p>
        {error?.message} {error?.advice}
      </p>
      <button
        type="button"
        className={`${controls.button} ${controls.primary}`}
        onClick={() => run("map.layOutAgain")}
      >
        Lay out again
      </button>
    </div>
  );
}

/** An empty map says what it is for, and offers something to look at. */
function Invitation() {
  const workbench = useWorkbench();
  const samples = useSamples();
  const run = useRun();
  const undoLabel = useBench((state) => state.undoLabel);
  return (
    <div className={styles.card}>
      <h2 className={styles.title}>See what lies near what</h2>
      <p>
        Type words, drop pictures or a table. An encoder in this page turns each into a vector, and the map
        shows which belong together.
      </p>
      <div className={styles.samples}>
        {samples.map((sample) => (
          <button
            type="button"
            key={sample.name}
            className={styles.sample}
            onClick={() => void workbench.openSample(sample.name)}
          >
            <strong>{sample.title}</strong>
            <span>{sample.description}</span>
          </button>
        ))}
      </div>
      <p className={styles.ways}>
        <button type="button" className={`${controls.link} ${styles.type}`} onClick={() => run("add.words")}>
          Or type your own words
        </button>
        {undoLabel && (
          <button type="button" className={controls.link} onClick={() => run("edit.undo")}>
            Undo “{undoLabel}”
          </button>
        )}
      </p>
    </div>
  );
}
