import { useEffect, useState } from "react";
import { type ErrorReport, isCancelled, reportError } from "../../core/errors";
import { useBench, useView, useWorkbench } from "../context";
import type { ComparisonChoice } from "../view";
import type { ComparisonColumn } from "../workbench/types";

/** A comparison as it was asked for, and its answer. */
export interface Comparison {
  readonly choice: ComparisonChoice;
  readonly columns: readonly ComparisonColumn[];
}

/** The current comparison under the current encoder. The last answer stays on show until the next one is there. */
export function useComparison(): { answer?: Comparison; error?: ErrorReport; running: boolean } {
  const workbench = useWorkbench();
  const choice = useView((state) => state.comparison);
  const encoder = useBench((state) => state.textEncoder.id);
  const ready = useBench((state) => state.textEncoder.status === "ready");
  const [answer, setAnswer] = useState<Comparison>();
  const [error, setError] = useState<ErrorReport>();
  const [running, setRunning] = useState(false);

  useEffect(() => {
    if (!ready || choice.candidates.length === 0 || encoder === "") return;
    const controller = new AbortController();
    setRunning(true);
    workbench
      .compare(choice.anchor, choice.candidates, controller.signal)
      .then((columns) => {
        if (controller.signal.aborted) return;
        setAnswer({ choice, columns });
        setError(undefined);
      })
      .catch((thrown: unknown) => {
        if (!controller.signal.aborted && !isCancelled(thrown)) setError(reportError(thrown));
      })
      .finally(() => {
        if (!controller.signal.aborted) setRunning(false);
      });
    return () => controller.abort();
  }, [workbench, choice, encoder, ready]);

  return { answer, error, running };
}
