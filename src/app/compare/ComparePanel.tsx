import { ToggleGroup } from "radix-ui";
import { useMemo, useState } from "react";
import type { Item } from "../../collection/types";
import { useColours } from "../colours/useColours";
import { useRun } from "../commands/useShortcuts";
import { useBench } from "../context";
import type { Term } from "../help/terms";
import { useItems } from "../items/useItems";
import { Ask } from "../ui/Ask";
import { Bar } from "../ui/Bar";
import controls from "../ui/controls.module.css";
import type { ComparisonColumn } from "../workbench/types";
import { Anchor, Candidates } from "./Choice";
import styles from "./ComparePanel.module.css";
import { findingOf } from "./finding";
import { SimilarityMatrix } from "./SimilarityMatrix";
import { type Comparison, useComparison } from "./useComparison";

/** An anchor and its candidates, ranked by the encoder and by letters alone. */
export function ComparePanel() {
  const { answer, error, running } = useComparison();
  const run = useRun();
  const comparable = useBench((state) => state.selection.length > 1);
  return (
    <section className={styles.panel} aria-label="Compare">
      <div className={styles.head}>
        <h2 className={styles.title}>Compare</h2>
        <Anchor />
        {comparable && (
          <button
            type="button"
            className={`${controls.link} ${styles.use}`}
            onClick={() => run("edit.compareSelection")}
          >
            Use selection
          </button>
        )}
      </div>
      <Candidates />
      {error ? (
        <p className={styles.message} role="alert">
          {error.message} {error.advice}
        </p>
      ) : answer ? (
        <div aria-busy={running}>
          <Result comparison={answer} />
        </div>
      ) : (
        <p className={styles.message}>The comparison appears when the text encoder is ready.</p>
      )}
    </section>
  );
}

function Result({ comparison }: { readonly comparison: Comparison }) {
  const { choice, columns } = comparison;
  const [shown, setShown] = useState<string>();
  const column = columns.find((each) => each.encoder === shown) ?? columns[0];
  const finding = findingOf(choice.anchor, columns);
  return (
    <>
      {columns.map((each) => (
        <Ranking key={each.encoder} column={each} />
      ))}
      {finding && (
        <p className={styles.finding}>
          <strong>{finding.title}</strong>{" "}
          {finding.parts.map((part, index) =>
            part.stress ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never move
              <em key={index}>{part.text}</em>
            ) : (
              part.text
            ),
          )}
        </p>
      )}
      <div className={styles.matrixHead}>
        <h3 className={styles.title}>All pairs</h3>
        {columns.length > 1 && (
          <ToggleGroup.Root
            type="single"
            aria-label="Encoder of the matrix"
            className={`${controls.segments} ${styles.which}`}
            value={column.encoder}
            onValueChange={(value) => value && setShown(value)}
          >
            {columns.map((each, index) => (
              <ToggleGroup.Item key={each.encoder} value={each.encoder} className={controls.segment}>
                {index > 0 ? "Letters" : each.reads === "meaning" ? "Meaning" : "Words"}
              </ToggleGroup.Item>
            ))}
          </ToggleGroup.Root>
        )}
      </div>
      <SimilarityMatrix texts={[choice.anchor, ...choice.candidates]} values={column.matrix} />
    </>
  );
}

/** What explains a column's heading; by default what a cosine is. */
const terms: Readonly<Record<string, Term>> = { "letters only": "lettersOnly", "words only": "oneHot" };

/** The first item of each text that a column ranks: one look at each item, of which there may be a million. */
function itemsOfTexts(items: readonly Item[], { ranking }: ComparisonColumn): ReadonlyMap<string, Item> {
  const wanted = new Set(ranking.map(({ text }) => text));
  const found = new Map<string, Item>();
  for (const item of items) {
    if (item.text === undefined || !wanted.delete(item.text)) continue;
    found.set(item.text, item);
    if (wanted.size === 0) break;
  }
  return found;
}

function Ranking({ column }: { readonly column: ComparisonColumn }) {
  const items = useItems();
  const colours = useColours();
  const itemOf = useMemo(() => itemsOfTexts(items, column), [items, column]);
  const colourOf = (text: string) => {
    const item = itemOf.get(text);
    return item ? colours.css(item) : "var(--accent)";
  };
  const heading =
    column.reads === "letters only"
      ? "Letters only — character n-grams"
      : `${column.title} — ${column.reads}`;
  return (
    <div className={styles.ranking}>
      <h3 className={styles.encoder}>
        <Ask term={terms[column.reads] ?? "cosine"}>{heading}</Ask>
      </h3>
      <ol aria-label={heading}>
        {column.ranking.map(({ text, similarity }) => (
          <li key={text} className={styles.row}>
            <span className={styles.label} title={text}>
              {text}
            </span>
            <Bar thick fraction={similarity} colour={colourOf(text)} />
            <span className={styles.number}>{similarity.toFixed(3).replace("-", "−")}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
