import { Info, TriangleAlert, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useBench } from "../context";
import controls from "../ui/controls.module.css";
import styles from "./Notice.module.css";
import { isNote } from "./notes";

/** A notice stays this long after the last one came: time to read two sentences twice. The list keeps them all. */
const SHOWN_MS = 15_000;

/** The newest problem, in full, where the eye is: which input, what happened, what to do. */
export function Notice() {
  const problem = useBench((state) => state.problems.at(-1));
  const [seen, setSeen] = useState(0);
  const id = problem?.id ?? 0;
  useEffect(() => {
    const timer = setTimeout(() => setSeen(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id]);
  if (!problem || id <= seen) return null;
  const { input, error, retry } = problem;
  const Icon = isNote(problem) ? Info : TriangleAlert;
  return (
    <div role="alert" className={styles.notice} data-tone={isNote(problem) ? "note" : "problem"}>
      <Icon size={14} aria-hidden className={styles.icon} />
      <p className={styles.text}>
        {input && !error.message.includes(input) && <strong>{input}: </strong>}
        {error.message} {error.advice}
      </p>
      {retry && (
        <button type="button" className={`${controls.button} ${controls.outlined}`} onClick={retry}>
          Retry
        </button>
      )}
      <button
        type="button"
        className={`${controls.button} ${controls.icon}`}
        aria-label="Hide this message"
        onClick={() => setSeen(id)}
      >
        <X size={14} aria-hidden />
      </button>
    </div>
  );
}
