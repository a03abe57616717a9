import type { RunningTask, Tasks } from "./context";
import { counted } from "./counted";

/** A layout that takes longer is shown as a task that can be cancelled; shorter ones would only flicker. */
const TASK_AFTER_MS = 400;

/** A layout under way, as the page may show it. */
export interface OfferedLayout {
  /** Whether it took so long that it is shown. */
  isShown(): boolean;
  /** How much of it is done, in [0, 1]. */
  update(fraction: number): void;
  end(): void;
}

/** Offers a layout of `count` items for cancelling once it takes long; cancelling aborts the controller. */
export function offerLayout(tasks: Tasks, count: number, controller: AbortController): OfferedLayout {
  let task: RunningTask | undefined;
  const timer = setTimeout(() => {
    task = tasks.start(() => `Laying out ${counted(count, "item")}`, 1);
    task.signal.addEventListener("abort", () => controller.abort());
  }, TASK_AFTER_MS);
  return {
    isShown: () => task !== undefined,
    update: (fraction) => task?.update(fraction),
    end() {
      clearTimeout(timer);
      task?.end();
    },
  };
}
