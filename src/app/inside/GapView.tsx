import { ToggleGroup } from "radix-ui";
import { useMemo } from "react";
import { useBench, useWorkbench } from "../context";
import { Ask } from "../ui/Ask";
import controls from "../ui/controls.module.css";
import { useWidth } from "../ui/useWidth";
import type { GapHandling, ModalityGap } from "../workbench/types";
import { gapBars } from "./gapBars";
import styles from "./InsidePanel.module.css";

const handlings: readonly { readonly value: GapHandling; readonly title: string; readonly note: string }[] = [
  {
    value: "raw",
    title: "Raw",
    note: "Vectors as the encoders give them: words and images are two islands.",
  },
  {
    value: "centred",
    title: "Centred",
    note: "Each kind's middle is taken off its vectors: what is left is what they are about.",
  },
  {
    value: "cross",
    title: "Cross-modal",
    note: "Neighbours of words are images and those of images words; the map stays raw.",
  },
];

/** The gap between words and images, drawn, and what is done about it. */
export function GapView() {
  const workbench = useWorkbench();
  const handling = useBench((state) => state.shown.gap);
  const version = useBench((state) => state.vectorsVersion);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the gap changes with the vectors
  const gap = useMemo(() => workbench.modalityGap(), [workbench, version]);
  const current = handlings.find(({ value }) => value === handling);
  return (
    <div className={styles.gap}>
      <div className={styles.gapHead}>
        <Ask term="gap">Modality gap {gap ? gap.gap.toFixed(2) : "–"}</Ask>
        <ToggleGroup.Root
          type="single"
          aria-label="Modality gap"
          className={controls.segments}
          value={handling}
          onValueChange={(value) => value && workbench.handleGap(value as GapHandling)}
        >
          {handlings.map(({ value, title }) => (
            <ToggleGroup.Item key={value} value={value} className={controls.segment}>
              {title}
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
      </div>
      {gap && <GapChart gap={gap} />}
      <p className={styles.note}>{current?.note}</p>
    </div>
  );
}

const height = 72;

/** Words and images along the line between their middles, as two histograms. */
function GapChart({ gap }: { readonly gap: ModalityGap }) {
  const [ref, width] = useWidth();
  const bars = gapBars(gap.places);
  const column = width / bars.text.length;
  const middle = height / 2;
  return (
    <figure className={styles.chart}>
      <div ref={ref} style={{ height }}>
        {width > 0 && (
          <svg
            width={width}
            height={height}
            role="img"
            aria-label={`Words and images along the line between their middles, ${gap.gap.toFixed(2)} apart`}
          >
            {(["text", "image"] as const).map((kind) =>
              bars[kind].map((share, index) => (
                <rect
                  // biome-ignore lint/suspicious/noArrayIndexKey: a bar is known by its place
                  key={`${kind} ${index}`}
                  x={index * column + 0.5}
                  width={Math.max(1, column - 1)}
                  y={kind === "text" ? middle - 1 - share * (middle - 2) : middle + 1}
                  height={share * (middle - 2)}
                  className={kind === "text" ? styles.words : styles.images}
                />
              )),
            )}
            <line x1={0} x2={width} y1={middle} y2={middle} className={styles.rule} />
          </svg>
        )}
      </div>
      <figcaption className={styles.ends}>
        <span>
          <span className={styles.key} data-kind="image" aria-hidden /> images
        </span>
        <span>
          words <span className={styles.key} data-kind="text" aria-hidden />
        </span>
      </figcaption>
    </figure>
  );
}
