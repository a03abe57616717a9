import { Info, TriangleAlert, X } from "lucide-react";
import { lazy, Suspense } from "react";
import { useBench } from "../context";
import { Ask } from "../ui/Ask";
import controls from "../ui/controls.module.css";
import { formatItems } from "../ui/numbers";
import { Progress } from "../ui/Progress";
import { sheetQuery, useMedia } from "../ui/useMedia";
import { counted } from "../workbench/counted";
import { DeviceSelect, ParityNote } from "./facts";
import { MapTrust } from "./MapTrust";
import { isNote } from "./notes";
import styles from "./StatusBar.module.css";

const Problems = lazy(() => import("./Problems"));

/** What is going on, and how far what is shown can be believed. */
export function StatusBar() {
  const compact = useMedia(sheetQuery);
  const items = useBench((state) => state.items.length);
  return (
    <footer className={styles.bar}>
      <StatusLine />
      <TaskControls />
      {!compact && (
        <>
          <DeviceSelect />
          <ParityNote />
        </>
      )}
      <div className={styles.grow} />
      <SecondTab />
      <ProblemCount />
      <span>{formatItems(items)}</span>
      {!compact && <MapTrust />}
    </footer>
  );
}

function StatusLine() {
  const status = useBench((state) => state.status);
  const state = useBench(({ textEncoder, imageEncoder, layout, tasks }) => {
    if (textEncoder.status === "failed" || imageEncoder.status === "failed" || layout.status === "failed") {
      return "failed";
    }
    const busy = tasks.length > 0 || layout.status === "running" || textEncoder.status === "loading";
    return busy ? "busy" : "ready";
  });
  return (
    <span className={styles.line}>
      <span className={styles.lamp} data-state={state} aria-hidden />
      <span role="status" className={styles.status} title={status}>
        {status}
      </span>
    </span>
  );
}

/** The first task's progress and its Cancel; more tasks queue behind it. */
function TaskControls() {
  const task = useBench((state) => state.tasks[0]);
  if (!task) return null;
  return (
    <span className={styles.task}>
      <Progress
        label={task.title}
        value={task.total > 0 ? task.done : undefined}
        max={task.total > 0 ? task.total : undefined}
      />
      <button
        type="button"
        className={`${controls.button} ${styles.small}`}
        aria-label={`Cancel: ${task.title}`}
        onClick={() => task.cancel()}
      >
        <X size={12} aria-hidden /> Cancel
      </button>
    </span>
  );
}

function SecondTab() {
  const persisted = useBench((state) => state.persisted);
  if (persisted) return null;
  return <Ask term="kept">Not kept</Ask>;
}

function ProblemCount() {
  const problems = useBench((state) => state.problems);
  if (problems.length === 0) return null;
  const onlyNotes = problems.every(isNote);
  const Icon = onlyNotes ? Info : TriangleAlert;
  const className = onlyNotes ? styles.notes : styles.problems;
  const button = (
    <>
      <Icon size={13} aria-hidden /> {counted(problems.length, onlyNotes ? "note" : "problem")}
    </>
  );
  return (
    <Suspense fallback={<span className={className}>{button}</span>}>
      <Problems className={className}>{button}</Problems>
    </Suspense>
  );
}
