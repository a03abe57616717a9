import { useEffect, useState } from "react";
import { type ErrorReport, isCancelled, reportError } from "../../core/errors";
import type { Modality } from "../../core/space";
import { useBench, useView, useWorkbench } from "../context";
import type { LayersRead } from "../workbench/types";

/** Items whose layers are read without being asked for: under a second on two threads. */
const unaskedItems = 300;
/** Additions come in bursts; one reading for all of a burst. */
const restMilliseconds = 400;

/** Two inputs beside the anchor, more would be a chart of threads. */
const mostCompared = 5;

/** What is compared from layer to layer: the first with each of the others, by text or by the image's label. */
export interface ComparedInputs {
  /** Texts, or ids of images. */
  readonly inputs: readonly string[];
  readonly titles: readonly string[];
}

/** The comparison's words, or the selected image (the first, where none is) and those beside it in the selection. */
export function useCompared(modality: Modality): ComparedInputs {
  const comparison = useView((state) => state.comparison);
  const items = useBench((state) => state.items);
  const selection = useBench((state) => state.selection);
  if (modality === "text") {
    const texts = [comparison.anchor, ...comparison.candidates].slice(0, mostCompared);
    return { inputs: texts, titles: texts };
  }
  const images = items.filter((item) => item.kind === "image" && item.image?.thumbnail);
  const chosen = images.filter(({ id }) => selection.includes(id));
  const others = images.filter(({ id }) => !selection.includes(id));
  const compared = [...chosen, ...others].slice(0, 3);
  return { inputs: compared.map(({ id }) => id), titles: compared.map(({ label }) => label) };
}

/** Every layer of an encoder, read again when items come, the comparison changes or another model is chosen. */
export function useLayers(
  modality: Modality,
  { inputs }: ComparedInputs,
): {
  read?: LayersRead;
  error?: ErrorReport;
  running: boolean;
  /** Reads them now, where there are too many items to do it unasked. */
  ask?(): void;
} {
  const workbench = useWorkbench();
  const model = useBench((state) => state[`${modality}Encoder`].id);
  const ready = useBench((state) => state[`${modality}Encoder`].status === "ready");
  const pooling = useBench((state) => state[`${modality}Encoder`].pooling);
  const count = useBench((state) => state.items.filter((item) => item.kind === modality).length);
  const [asked, setAsked] = useState(0);
  const [found, setFound] = useState<{ model: string; read: LayersRead }>();
  const [error, setError] = useState<ErrorReport>();
  const [running, setRunning] = useState(false);
  // Items that come are read as well; those that go change nothing but the count.
  const question = JSON.stringify({ inputs, count });
  const isLarge = count > unaskedItems && asked < count;

  useEffect(() => {
    if (!ready || isLarge || pooling === undefined) return;
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      setRunning(true);
      setError(undefined);
      try {
        const { inputs: compared }: { inputs: readonly string[] } = JSON.parse(question);
        const read = await workbench.readLayers(modality, { compared, signal: controller.signal });
        if (!controller.signal.aborted) setFound({ model, read });
      } catch (thrown) {
        if (!controller.signal.aborted && !isCancelled(thrown)) setError(reportError(thrown));
      } finally {
        if (!controller.signal.aborted) setRunning(false);
      }
    }, restMilliseconds);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [workbench, modality, model, ready, pooling, isLarge, question]);

  return {
    read: found?.model === model ? found.read : undefined,
    error,
    running,
    ...(isLarge ? { ask: () => setAsked(count) } : {}),
  };
}
