import { useEffect, useState } from "react";
import type { ItemId } from "../../collection/types";
import { useBench, useWorkbench } from "../context";

const none: ReadonlySet<ItemId> = new Set();

/** The true neighbours of an item that the finished map put far away; none while it moves, and for no item. */
export function useTorn(id: ItemId | undefined): ReadonlySet<ItemId> {
  const workbench = useWorkbench();
  const finished = useBench(({ layout }) => (layout.status === "done" ? layout : null));
  const [found, setFound] = useState<{ of: unknown; id: ItemId; torn: ReadonlySet<ItemId> }>();
  useEffect(() => {
    if (id === undefined || !finished) return;
    let overtaken = false;
    workbench.trueNeighbours(id).then(
      (neighbours) => {
        if (overtaken) return;
        const torn = neighbours.filter((neighbour) => neighbour.torn).map(({ item }) => item.id);
        setFound({ of: finished, id, torn: new Set(torn) });
      },
      // Where the map can't tell, no neighbour is marked: the ranking itself reports its failures.
      () => undefined,
    );
    return () => {
      overtaken = true;
    };
  }, [workbench, id, finished]);
  return found && found.id === id && found.of === finished ? found.torn : none;
}
