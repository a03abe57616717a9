import { useState } from "react";
import { type ErrorReport, isCancelled, reportError } from "../../core/errors";
import type { Modality } from "../../core/space";
import { useBench, useWorkbench } from "../context";
import { Ask } from "../ui/Ask";
import controls from "../ui/controls.module.css";
import { counted } from "../workbench/counted";
import type { ParityReport } from "../workbench/types";
import styles from "./InsidePanel.module.css";

/** One click compares the encoder's vectors on both devices by the user's own items, and shows the worst. */
export function ParityCheck({ modality }: { readonly modality: Modality }) {
  const workbench = useWorkbench();
  const ready = useBench((state) => state[`${modality}Encoder`].status === "ready");
  const space = useBench((state) => state[`${modality}Encoder`].space);
  const [result, setResult] = useState<{ space: string; report?: ParityReport; error?: ErrorReport }>();
  const [running, setRunning] = useState(false);
  const check = async () => {
    setRunning(true);
    setResult(undefined);
    try {
      setResult({ space, report: await workbench.checkParity(modality) });
    } catch (thrown) {
      if (!isCancelled(thrown)) setResult({ space, error: reportError(thrown) });
    } finally {
      setRunning(false);
    }
  };
  const { report, error } = result?.space === space ? result : {};
  return (
    <div className={styles.parity}>
      <button
        type="button"
        className={`${controls.button} ${controls.outlined}`}
        disabled={!ready || running}
        onClick={check}
      >
        {running ? "Checking …" : "Check WebGPU against WASM"}
      </button>
      <div aria-live="polite" className={styles.result}>
        {report && (
          <>
            <Ask term="devices" detail={report.devices.map(({ title }) => title).join(" against ")}>
              <span className={report.matches ? undefined : styles.bad}>
                {report.matches ? "Both agree" : "They differ"} on {counted(report.checked, "item")}.
              </span>
            </Ask>{" "}
            Worst:{" "}
            <button
              type="button"
              className={controls.link}
              onClick={() => workbench.select([report.worst.id])}
            >
              {report.worst.label}
            </button>{" "}
            <span className={controls.number}>{report.worst.cosine.toFixed(6)}</span>
          </>
        )}
        {error && `${error.message} ${error.advice ?? ""}`}
      </div>
    </div>
  );
}
