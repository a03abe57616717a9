import { type FormEvent, useState } from "react";
import { type ErrorReport, isCancelled, reportError } from "../../core/errors";
import { useBench, useView, useWorkbench } from "../context";
import { Bar } from "../ui/Bar";
import controls from "../ui/controls.module.css";
import { Mark } from "../ui/Mark";
import { formatShare, formatSimilarity } from "../ui/numbers";
import type { LabelRanking } from "../workbench/types";
import styles from "./InsidePanel.module.css";

/** The sentence that CLIP's authors put labels into (Radford et al., 2021, §3.1.4). */
const clipTemplate = "a photo of a {}.";

/** Ranks typed labels for the selected image (the first one, where none is), as a classifier that was never trained. */
export function LabelRanker() {
  const workbench = useWorkbench();
  const comparison = useView((state) => state.comparison);
  const image = useBench((state) => {
    const images = state.items.filter(({ kind }) => kind === "image");
    return images.find(({ id }) => state.selection.includes(id)) ?? images[0];
  });
  // ConSE reads labels as they are; only towers were trained on sentences.
  const isTrained = useBench((state) => state.textEncoder.space === state.imageEncoder.space);
  const [labels, setLabels] = useState([comparison.anchor, ...comparison.candidates].join(", "));
  const [template, setTemplate] = useState(clipTemplate);
  const [result, setResult] = useState<{ of: string; ranking?: LabelRanking; error?: ErrorReport }>();
  const [running, setRunning] = useState(false);
  if (!image) return null;
  const rank = async (event: FormEvent) => {
    event.preventDefault();
    const typed = [...new Set(labels.split(",").map((label) => label.trim()))].filter(Boolean);
    if (typed.length === 0) return;
    setRunning(true);
    try {
      setResult({ of: image.id, ranking: await workbench.rankLabels(image.id, typed, { template }) });
    } catch (thrown) {
      if (!isCancelled(thrown)) setResult({ of: image.id, error: reportError(thrown) });
    } finally {
      setRunning(false);
    }
  };
  const { ranking, error } = result?.of === image.id ? result : {};
  const labelsField = (
    <label className={styles.caption}>
      Labels, separated by commas
      <input className={controls.field} value={labels} onChange={(event) => setLabels(event.target.value)} />
    </label>
  );
  return (
    <form className={styles.labels} onSubmit={rank} aria-label="Labels for an image">
      <div className={styles.labelsHead}>
        <Mark item={image} colour="var(--data-14)" />
        <span className={styles.name}>What is on {image.label}?</span>
      </div>
      {isTrained && labelsField}
      <div className={styles.labelsRow}>
        {isTrained ? (
          <label className={styles.caption}>
            Sentence around a label
            <input
              className={controls.field}
              value={template}
              onChange={(event) => setTemplate(event.target.value)}
            />
          </label>
        ) : (
          labelsField
        )}
        <button type="submit" className={`${controls.button} ${controls.outlined}`} disabled={running}>
          Rank labels
        </button>
      </div>
      {error && (
        <p className={styles.note} role="alert">
          {error.message} {error.advice}
        </p>
      )}
      {ranking && (
        <>
          <ol aria-label={`Labels for ${image.label}`}>
            {ranking.rows.map(({ label, similarity, probability }) => (
              <li key={label} className={styles.labelRow}>
                <span className={styles.name}>{label}</span>
                <Bar thick fraction={probability ?? similarity} />
                <span className={controls.number}>
                  {probability === undefined
                    ? formatSimilarity(similarity, "cosine")
                    : formatShare(probability)}
                </span>
              </li>
            ))}
          </ol>
          <p className={styles.note}>{explain(ranking)}</p>
        </>
      )}
    </form>
  );
}

function explain({ activation }: LabelRanking): string {
  if (activation === "softmax") return "The labels share one probability (softmax with the model's scale).";
  if (activation === "sigmoid") return "Each label has a probability of its own (sigmoid).";
  return "Cosines in the joint space: ConSE was never trained to give probabilities, and reads labels as they are.";
}
