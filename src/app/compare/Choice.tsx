import { X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useApp, useView } from "../context";
import styles from "./Choice.module.css";

/** A matrix of more texts than this no longer fits the panel with numbers that can be read. */
const mostCandidates = 7;

/** What everything else is compared with, edited in place. */
export function Anchor() {
  const { view } = useApp();
  const { anchor, candidates } = useView((state) => state.comparison);
  const onChange = (next: string) =>
    view.setState({
      comparison: { anchor: next, candidates: candidates.filter((text) => text !== next) },
    });
  return <AnchorField key={anchor} anchor={anchor} onChange={onChange} />;
}

/** What is compared with the anchor: chips that can be taken out, and a field for more. */
export function Candidates() {
  const { view } = useApp();
  const { anchor, candidates } = useView((state) => state.comparison);
  const setCandidates = (next: readonly string[]) =>
    view.setState({ comparison: { anchor, candidates: next.filter((text) => text !== anchor) } });
  return (
    <fieldset className={styles.chips} aria-label="Candidates">
      {candidates.map((text) => (
        <span key={text} className={styles.chip}>
          <span className={styles.text} title={text}>
            {text}
          </span>
          <button
            type="button"
            className={styles.remove}
            aria-label={`Take ${text} out of the comparison`}
            onClick={() => setCandidates(candidates.filter((each) => each !== text))}
          >
            <X size={12} aria-hidden />
          </button>
        </span>
      ))}
      {candidates.length < mostCandidates && (
        <span className={styles.more}>
          <CandidateField
            onAdd={(texts) => setCandidates([...new Set([...candidates, ...texts])].slice(0, mostCandidates))}
          />
        </span>
      )}
    </fieldset>
  );
}

function AnchorField({ anchor, onChange }: { readonly anchor: string; onChange(anchor: string): void }) {
  const [draft, setDraft] = useState(anchor);
  const commit = () => {
    const next = draft.trim();
    if (next && next !== anchor) onChange(next);
    else setDraft(anchor);
  };
  return (
    <label className={styles.anchor}>
      <span>anchor</span>
      <input
        value={draft}
        aria-label="Anchor"
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === "Enter" && commit()}
      />
    </label>
  );
}

function CandidateField({ onAdd }: { onAdd(texts: readonly string[]): void }) {
  const [draft, setDraft] = useState("");
  const commit = () => {
    const texts = draft
      .split(",")
      .map((text) => text.trim())
      .filter(Boolean);
    if (texts.length > 0) onAdd(texts);
    setDraft("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== ",") return;
    event.preventDefault();
    commit();
  };
  return (
    <input
      className={styles.candidate}
      aria-label="Add a candidate"
      placeholder="Add…"
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={commit}
    />
  );
}
