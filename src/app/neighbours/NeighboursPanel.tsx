import { Check, ChevronDown, CornerDownLeft, Unlink, X } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type FormEvent, useState } from "react";
import type { Item } from "../../collection/types";
import type { Metric } from "../../core/space";
import { useColours } from "../colours/useColours";
import { spaceRoles } from "../commands/space";
import { useApp, useBench, useNearest, useView, useWorkbench } from "../context";
import { terms } from "../help/terms";
import { Ask } from "../ui/Ask";
import { Bar } from "../ui/Bar";
import controls from "../ui/controls.module.css";
import { Mark } from "../ui/Mark";
import menu from "../ui/menu.module.css";
import { barFraction, formatShare, formatSimilarity } from "../ui/numbers";
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

/** The true nearest neighbours of the selected item, or of any text that is typed here. */
export function NeighboursPanel() {
  return (
    <section className={styles.panel} aria-label="Neighbours">
      <Heading />
      <Rows />
      <AnyText />
      <Classes />
    </section>
  );
}

/** The item the ranking is about; undefined for typed texts and when nothing is selected. */
function useQueryItem(): Item | undefined {
  const query = useNearest((state) => state.query);
  const items = useBench((state) => state.items);
  return query && "id" in query ? items.find((item) => item.id === query.id) : undefined;
}

function Heading() {
  const query = useNearest((state) => state.query);
  const item = useQueryItem();
  const of = query && "text" in query ? query.text : item?.label;
  return (
    <div className={styles.head}>
      <h2 className={styles.title} title={of}>
        {of ? `Nearest to ${of}` : "Neighbours"}
      </h2>
      <HowMenu />
    </div>
  );
}

/** Metric and kind of the ranking, and the space it is made in. */
function HowMenu() {
  const { view } = useApp();
  const metric = useNearest((state) => state.metric);
  const kind = useView((state) => state.neighbourKind);
  const role = useBench((state) => state.shown.role);
  const space = spaceRoles.find((each) => each.role === role)?.title.toLowerCase();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={`${controls.button} ${styles.how}`}>
        {metricTitles[metric]}, {space} space
        <ChevronDown size={13} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={menu.content} align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Label className={menu.label}>Metric</DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            value={metric}
            onValueChange={(value) => view.setState({ metric: value as Metric })}
          >
            <RadioItem
              value="cosine"
              title="Cosine"
              note="Direction alone; what most encoders are trained for."
            />
            <RadioItem
              value="euclidean"
              title="Euclidean"
              note="Straight-line distance; nearest is smallest."
            />
            <RadioItem value="dot" title="Dot product" note="Direction and length together." />
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className={menu.separator} />
          <DropdownMenu.Label className={menu.label}>Rank</DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            value={kind ?? "all"}
            onValueChange={(value) =>
              view.setState({ neighbourKind: value === "text" || value === "image" ? value : null })
            }
          >
            <RadioItem value="all" title="Words and images" />
            <RadioItem value="text" title="Words only" />
            <RadioItem value="image" title="Images only" />
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function RadioItem({ value, title, note }: { value: string; title: string; note?: string }) {
  return (
    <DropdownMenu.RadioItem value={value} className={menu.item}>
      <span>
        <DropdownMenu.ItemIndicator>
          <Check size={14} aria-hidden />
        </DropdownMenu.ItemIndicator>
      </span>
      {title}
      {note && <span className={menu.note}>{note}</span>}
    </DropdownMenu.RadioItem>
  );
}

function Rows() {
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

/** Ranks the items by likeness to a text that need not be on the map. */
function AnyText() {
  const { view } = useApp();
  const typed = useView((state) => state.typedQuery);
  const [draft, setDraft] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    view.setState({ typedQuery: draft.trim() });
  };
  const clear = () => {
    setDraft("");
    view.setState({ typedQuery: "" });
  };
  return (
    <form className={styles.any} onSubmit={submit}>
      <input
        className={controls.field}
        aria-label="Neighbours of any word"
        placeholder="Neighbours of any word…"
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && clear()}
      />
      {typed && draft.trim() === typed ? (
        <button
          type="button"
          className={`${controls.button} ${controls.icon}`}
          aria-label="Back to the selection's neighbours"
          onClick={clear}
        >
          <X size={15} aria-hidden />
        </button>
      ) : (
        <button
          type="submit"
          className={`${controls.button} ${controls.icon}`}
          aria-label="Find neighbours"
          disabled={!draft.trim()}
        >
          <CornerDownLeft size={15} aria-hidden />
        </button>
      )}
    </form>
  );
}

/** What the classifier on top of the image encoder says of a selected image. */
function Classes() {
  const item = useQueryItem();
  if (!item?.classes?.length) return null;
  return (
    <div className={styles.classes}>
      <h3 className={styles.title}>What the classifier sees</h3>
      <ol>
        {item.classes.slice(0, 5).map(({ index, name, probability }) => (
          <li key={index} className={styles.row}>
            <span className={styles.label}>{name}</span>
            <Bar fraction={probability} colour="var(--soft)" />
            <span className={styles.number}>{formatShare(probability)}</span>
          </li>
        ))}
      </ol>
      <div className={styles.foot}>
        <Ask term="probability" className={styles.unit}>
          probability
        </Ask>
      </div>
      {item.credit && <p className={styles.credit}>{item.credit}</p>}
    </div>
  );
}
