import { useBench, useNearest, useView, useWorkbench } from "../context";
import controls from "../ui/controls.module.css";
import { formatCount, formatSimilarity } from "../ui/numbers";
import { describeItem } from "./drawing";
import { useMetric, useNearestTo } from "./useNearestTo";
import { whereOnMap } from "./where";

/** Tells a screen reader where the keyboard walked to, or else what is selected, once its neighbours are known. */
export default function Announcer() {
  const workbench = useWorkbench();
  const { query, status, neighbours } = useNearest((state) => state);
  const cursor = useView((state) => state.cursor);
  const map = useView((state) => state.map);
  const metric = useMetric();
  const selected = useBench((state) => state.selection.length);
  const isSelected = useBench((state) => cursor !== null && state.selection.includes(cursor));
  const id = cursor ?? (query && "id" in query ? query.id : undefined);
  const item = useBench(() => (id ? workbench.item(id) : undefined));
  const walked = useNearestTo(cursor === null ? undefined : item);
  const nearest = cursor === null ? (status === "done" ? neighbours.slice(0, 3) : undefined) : walked;
  let text = "";
  if (item && nearest) {
    const place = map?.place(item.id);
    text = describeItem(item, {
      where: place ? whereOnMap(place) : "out of view",
      nearest: nearest.map((each) => `${each.item.label} ${formatSimilarity(each.similarity, metric)}`),
    });
    if (isSelected || (cursor === null && selected > 1)) text += ` ${formatCount(selected)} selected.`;
  }
  return (
    <p className={controls.hidden} aria-live="polite">
      {text}
    </p>
  );
}
