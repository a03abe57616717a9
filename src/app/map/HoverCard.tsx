import { useLayoutEffect, useRef, useState } from "react";
import type { Item } from "../../collection/types";
import { useColours } from "../colours/useColours";
import { Dot } from "../ui/Mark";
import { formatSimilarity } from "../ui/numbers";
import { useObjectUrl } from "../ui/useObjectUrl";
import { useWhole } from "../ui/useWhole";
import type { NeighbourItem } from "../workbench/types";
import styles from "./HoverCard.module.css";
import { useMetric, useNearestTo } from "./useNearestTo";

interface HoverCardProps {
  readonly item: Item;
  /** Where the pointer is, in CSS pixels of the map. */
  readonly x: number;
  readonly y: number;
}

const none: readonly NeighbourItem[] = [];
/** More of a table's columns than this make a list that nobody reads while pointing. */
const mostColumns = 8;
/** Clear of the pointer and of the point. */
const gap = 16;

/** What a point is: its picture or whole text, its category, its nearest. Lies beside the pointer, never under it. */
export default function HoverCard({ item, x, y }: HoverCardProps) {
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number }>();
  const colours = useColours();
  const whole = useWhole(item);
  const picture = useObjectUrl((whole ?? item).image?.thumbnail);
  const nearest = useNearestTo(item) ?? none;
  const metric = useMetric();
  const columns = Object.entries(item.columns ?? {}).slice(0, mostColumns);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what the card holds changes its size, and so its place
  useLayoutEffect(() => {
    const box = card.current?.getBoundingClientRect();
    const room = card.current?.offsetParent?.getBoundingClientRect();
    if (!box || !room) return;
    const left = x + gap + box.width > room.width ? x - gap - box.width : x + gap;
    const top = y + gap + box.height > room.height ? y - gap - box.height : y + gap;
    setPlace({ left: Math.max(8, left), top: Math.max(8, top) });
  }, [x, y, item, nearest, picture]);

  return (
    <div
      ref={card}
      className={styles.card}
      style={place ?? { left: x, top: y, visibility: "hidden" }}
      aria-hidden
    >
      {picture && (
        <div className={styles.picture}>
          <img src={picture} alt="" />
          {item.part && "box" in item.part && <span className={styles.piece} style={inset(item.part.box)} />}
        </div>
      )}
      <p className={styles.text}>{item.text ?? item.label}</p>
      <p className={styles.facts}>
        <Dot colour={colours.css(item)} />
        {item.category ?? item.kind}
        {item.truncated && <span>· only its beginning is read</span>}
      </p>
      {columns.length > 0 && (
        <dl className={styles.columns}>
          {columns.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {nearest.length > 0 && (
        <p className={styles.nearest}>
          {nearest.map(({ item: other, similarity }) => (
            <span key={other.id}>
              <span className={styles.name}>{other.label}</span>
              <span className={styles.number}>{formatSimilarity(similarity, metric)}</span>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

/** Where a box (left, top, width and height as shares) lies in its picture. */
function inset([left, top, width, height]: readonly number[]) {
  return Object.fromEntries(
    Object.entries({ left, top, width, height }).map(([side, share]) => [side, `${share * 100}%`]),
  );
}
