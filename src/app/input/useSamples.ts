import { useEffect, useState } from "react";
import { useWorkbench } from "../context";
import type { SampleSummary } from "../workbench/types";

/** The built-in samples; none until they are known. A list that can't be fetched stays empty: samples are optional. */
export function useSamples(): readonly SampleSummary[] {
  const workbench = useWorkbench();
  const [samples, setSamples] = useState<readonly SampleSummary[]>([]);
  useEffect(() => {
    let gone = false;
    workbench.samples().then(
      (known) => !gone && setSamples(known),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [workbench]);
  return samples;
}
