import { Unlink } from "lucide-react";
import type { Metric } from "../../core/space";
import { useColours } from "../colours/useColours";
import { useApp, useBench, useNearest, useView, useWorkbench } from "../context";
import { terms } from "../help/terms";
import { Ask } from "../ui/Ask";
import { Bar } from "../ui/Bar";
import controls from "../ui/controls.module.css";
import { Mark } from "../ui/Mark";
import { barFraction, formatSimilarity } from "../ui/numbers";
import { shortNeighbourCount } from "../view";
import styles from "./NeighboursPanel.module.css";
import { useTorn } from "./useTorn";

/** More than this is a list nobody reads, and a query that costs no more than one of eight. */
const longNeighbourCount = 50;

export const metricTitles: Record<Metric, string> = {
  cosine: "cosine",
  euclidean: "Euclidean",
  dot: "dot product",
};

/** The ranking itself: nearest first, with what the map made of each. */
export function NeighbourRows() {
  const workbench = useWorkbench();
  const { view } = useApp();
  const colours = useColours();
  const { status, neighbours, metric, error } = useNearest((state) => state);
  const hovered = useBench((state) => state.hovered);
  const itemCount = useBench((state) => state.items.length);
  const limit = useView((state) => state.neighbourCount);
  const query = useNearest((state) => state.query);
  const torn = useTorn(query && "id" in query ? query.id : undefined);

  if (status === "failed" && error) {
    return (
      <p className={styles.message}>
        {error.message} {error.advice}
      </p>
    );
  }
  if (status === "none") {
    return (
      <p className={styles.message}>
        {itemCount === 0
          ? "Neighbours appear when something is on the map."
          : "Select an item on the map or in the list, or type any word below."}
      </p>
    );
  }
  if (neighbours.length === 0) {
    return status === "running" ? (
      <Skeleton rows={shortNeighbourCount} />
    ) : (
      <p className={styles.message}>Nothing else is in this space yet.</p>
    );
  }
  const tornCount = neighbours.filter(({ item }) => torn.has(item.id)).length;
  const similarities = neighbours.map((neighbour) => neighbour.similarity);
  const expandable = limit === shortNeighbourCount && neighbours.length === limit && itemCount > limit + 1;
  return (
    <>
      <ol className={styles.rows} aria-busy={status === "running"}>
        {neighbours.map(({ item, similarity }) => (
          <li key={item.id}>
            <button
              type="button"
              className={styles.row}
              data-hovered={item.id === hovered || undefined}
              data-torn={torn.has(item.id) || undefined}
              title={item.text ?? item.label}
              onClick={() => workbench.select([item.id])}
              onPointerEnter={() => workbench.hover(item.id)}
              onPointerLeave={() => workbench.hover(null)}
            >
              <span className={styles.mark}>
                <Mark item={item} colour={colours.css(item)} />
              </span>
              <span className={styles.label}>
                {item.label}
                {torn.has(item.id) && <TornMark />}
              </span>
              <Bar fraction={barFraction(similarity, metric, similarities)} colour={colours.css(item)} />
              <span className={styles.number}>{formatSimilarity(similarity, metric)}</span>
            </button>
          </li>
        ))}
      </ol>
      <div className={styles.foot}>
        {(expandable || limit > shortNeighbourCount) && (
          <button
            type="button"
            className={`${controls.link} ${styles.more}`}
            onClick={() =>
              view.setState({ neighbourCount: expandable ? longNeighbourCount : shortNeighbourCount })
            }
          >
            {expandable ? "Show more" : "Show fewer"}
          </button>
        )}
        {tornCount > 0 && (
          <Ask term="torn" className={styles.tornCount}>
            {tornCount} far on the map
          </Ask>
        )}
        <Ask term={metric} className={styles.unit}>
          {metric === "euclidean" ? "Euclidean distance" : metricTitles[metric]}
        </Ask>
      </div>
    </>
  );
}

/** Marks a true neighbour that the projection tore away. What it means can be asked below the list. */
function TornMark() {
  return (
    <span className={styles.torn} title={`${terms.torn.title} ${terms.torn.meaning}`}>
      <Unlink size={12} aria-hidden /> far on the map
    </span>
  );
}

function Skeleton({ rows }: { readonly rows: number }) {
  return (
    <div className={styles.rows} aria-hidden>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows stand for nothing yet
        <div key={index} className={styles.row}>
          <span className={styles.ghost} style={{ width: `${92 - index * 8}%` }} />
        </div>
      ))}
    </div>
  );
}
