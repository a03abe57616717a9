import { type Handlers, moved } from "../../remote/protocol";
import { Choice } from "../choice";
import { Flag } from "../flags";
import { Grid } from "../grid";
import { IdleWork } from "../idle-work";
import { offering, type SeenPoints } from "../near";
import { exhaust } from "../steps";
import type { FinderMethods } from "./methods";

/** Answers what is asked of a finder. An index is made in slices: who looks for a point meanwhile need not wait for it. */
export function finderHandlers(): Handlers<FinderMethods> {
  let shown: SeenPoints | undefined;
  return {
    show(points) {
      shown = points;
      return undefined;
    },
    near({ from, spot, reach }) {
      if (!shown) throw new Error("No points have been shown to look through.");
      const choice = new Choice();
      choice.begin(reach);
      exhaust(offering({ ...shown, ...from }, spot, choice));
      const { best, distance, scale } = choice;
      return { best, distance, scale };
    },
    async index({ places, style, count }, { signal }) {
      const grid = new Grid();
      const work = new IdleWork({ rest: 0 });
      await new Promise<void>((resolve) => {
        const isHidden = (index: number) => (style[index * 4 + 2] & Flag.hidden) !== 0;
        work.begin(() => grid.building(places, count, isHidden), resolve);
        signal.addEventListener("abort", () => {
          work.stop();
          resolve();
        });
      });
      signal.throwIfAborted();
      const { cells } = grid;
      return moved(cells, [cells.items.buffer, cells.starts.buffer]);
    },
  };
}
