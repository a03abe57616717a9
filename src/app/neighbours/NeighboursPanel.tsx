import { Check, ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { Item } from "../../collection/types";
import type { Metric } from "../../core/space";
import { spaceRoles } from "../commands/space";
import { useApp, useBench, useNearest, useView, useWorkbench } from "../context";
import { Ask } from "../ui/Ask";
import { Bar } from "../ui/Bar";
import controls from "../ui/controls.module.css";
import { Menu } from "../ui/Menu";
import menu from "../ui/menu.module.css";
import { formatShare } from "../ui/numbers";
import { classesBy } from "../workbench/classes";
import { AnyQuery } from "./AnyQuery";
import { metricTitles, NeighbourRows } from "./NeighbourRows";
import styles from "./NeighboursPanel.module.css";

/** The true nearest neighbours of the selected item, or of any text that is typed here. */
export function NeighboursPanel() {
  return (
    <section className={styles.panel} aria-label="Neighbours">
      <Heading />
      <NeighbourRows />
      <AnyQuery />
      <Classes />
    </section>
  );
}

/** The item the ranking is about; undefined for typed texts and when nothing is selected. */
function useQueryItem(): Item | undefined {
  const query = useNearest((state) => state.query);
  const workbench = useWorkbench();
  return useBench(() => (query && "id" in query ? workbench.item(query.id) : undefined));
}

function Heading() {
  const query = useNearest((state) => state.query);
  const item = useQueryItem();
  const of =
    query && "text" in query ? query.text : query && "picture" in query ? query.picture.name : item?.label;
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
    <Menu
      trigger={
        <button type="button" className={`${controls.button} ${styles.how}`}>
          {metricTitles[metric]}, {space} space
          <ChevronDown size={13} aria-hidden />
        </button>
      }
    >
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
        <RadioItem value="euclidean" title="Euclidean" note="Straight-line distance; nearest is smallest." />
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
    </Menu>
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

/** What the classifier on top of the image encoder says of a selected image. */
function Classes() {
  const item = useQueryItem();
  const imageSpace = useBench((state) => state.imageEncoder.space);
  const classes = item ? classesBy(item, imageSpace) : undefined;
  if (!item || !classes?.length) return null;
  return (
    <div className={styles.classes}>
      <h3 className={styles.title}>What the classifier sees</h3>
      <ol>
        {classes.slice(0, 5).map(({ index, name, probability }) => (
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
