import type { Workbench, WorkbenchState } from "../workbench/types";

/** After so many milliseconds the map no longer waits for a model that is still being fetched: that can take minutes. */
const FETCHING_WAITS = 1200;

/** Nor does it wait longer than this for anything, in milliseconds. */
const MOST_WAITS = 4000;

/**
 * Resolves once there is something to draw, or nothing about to come. Where there is no GPU, making a WebGL context keeps a
 * processor busy for up to a second, and the first words are encoded on it.
 */
export function somethingToDraw(workbench: Workbench): Promise<void> {
  const started = performance.now();
  const isTime = ({ textEncoder, layout, items, tasks }: WorkbenchState) => {
    if (layout.status === "done") return true;
    const waited = performance.now() - started;
    const { status, progress } = textEncoder;
    if (status === "loading") {
      const isFetching = progress === undefined || progress.stage === "download";
      return waited > (isFetching ? FETCHING_WAITS : MOST_WAITS);
    }
    // An encoder that is ready is given its texts a moment later.
    const isComing = status === "ready" && (items.length > 0 || tasks.length > 0);
    return !isComing || waited > MOST_WAITS;
  };
  return new Promise((resolve) => {
    const look = () => {
      if (!isTime(workbench.state.getState())) return;
      clearTimeout(fetching);
      clearTimeout(most);
      stop();
      // The page shows first what has come.
      requestAnimationFrame(() => setTimeout(resolve));
    };
    const fetching = setTimeout(look, FETCHING_WAITS + 1);
    const most = setTimeout(look, MOST_WAITS + 1);
    const stop = workbench.state.subscribe(look);
    look();
  });
}
