import { X } from "lucide-react";
import { Popover } from "radix-ui";
import type { ReactNode } from "react";
import { useBench, useWorkbench } from "../context";
import controls from "../ui/controls.module.css";
import type { Problem } from "../workbench/types";
import { isNote } from "./notes";
import styles from "./Problems.module.css";

interface ProblemsProps {
  readonly children: ReactNode;
  readonly className: string;
}

/** A list shows this many problems; five hundred broken files are as clear as a hundred, and quicker to draw. */
const shownAtMost = 100;

/** The problem count as a button, and behind it what went wrong with which input. */
export default function Problems({ children, className }: ProblemsProps) {
  const workbench = useWorkbench();
  const problems = useBench((state) => state.problems);
  return (
    <Popover.Root>
      <Popover.Trigger className={className}>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.panel}
          aria-label="Problems"
          side="top"
          align="end"
          sideOffset={8}
          collisionPadding={8}
        >
          <div className={styles.head}>
            <strong>{problems.every(isNote) ? "Worth knowing" : "Not everything worked"}</strong>
            <button type="button" className={controls.button} onClick={() => workbench.dismissAllProblems()}>
              Dismiss all
            </button>
          </div>
          <ul className={styles.list}>
            {problems.slice(0, shownAtMost).map((problem) => (
              <ProblemRow key={problem.id} problem={problem} />
            ))}
          </ul>
          {problems.length > shownAtMost && (
            <p className={styles.more}>and {problems.length - shownAtMost} more</p>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function ProblemRow({ problem }: { readonly problem: Problem }) {
  const workbench = useWorkbench();
  const { input, error } = problem;
  return (
    <li className={styles.row}>
      <div className={styles.text}>
        {input && <p className={styles.input}>{input}</p>}
        <p>
          {error.message} {error.advice && <span className={styles.advice}>{error.advice}</span>}
        </p>
        <p className={styles.name}>{error.name}</p>
      </div>
      {problem.retry && (
        <button
          type="button"
          className={`${controls.button} ${controls.outlined}`}
          onClick={() => problem.retry?.()}
        >
          Retry
        </button>
      )}
      <button
        type="button"
        className={`${controls.button} ${controls.icon}`}
        aria-label={`Dismiss: ${error.message}`}
        onClick={() => workbench.dismissProblem(problem.id)}
      >
        <X size={14} aria-hidden />
      </button>
    </li>
  );
}
