import { createSteps, manyItems } from "../steps";
import type { Context } from "./context";
import { createPace, SLICE } from "./in-slices";
import type { Layout } from "./layout";
import type { Spaces } from "./spaces";

/** Makes what brings spaces and map up to date after the items changed: at once for a few, bit by bit for many. */
export function createRefreshing({ store, collection }: Context, spaces: Spaces, layout: Layout): () => void {
  const steps = createSteps();
  const shownTable = () => collection.table(store.getState().shown.space.id);
  /** Puts the shown vectors in order before somebody asks for them. */
  const tidy = async () => {
    const pace = createPace();
    const table = shownTable();
    while (table?.prepare(SLICE) === false) await pace.rest();
  };
  return () => {
    if (collection.state().items.length <= manyItems) {
      spaces.refresh();
      layout.refresh();
    } else steps.run([spaces.refresh, shownTable, layout.refresh, tidy]);
  };
}
