import { nextTask } from "../encoders/next-task";

/**
 * What follows from a change of more items than this is done in several tasks: each step takes some 10 ms for 50,000 items,
 * and all at once would be felt.
 */
export const manyItems = 5_000;

/** A piece of work. One that returns false has more to do: it goes on in the next task. */
// biome-ignore lint/suspicious/noConfusingVoidType: most steps return nothing
export type WorkStep = () => void | boolean;

/** Pieces of work that are done one after the other, each in a task of its own. */
export interface Steps {
  /** Begins with the next task. What is left of an earlier run is dropped. */
  run(steps: readonly WorkStep[]): void;
  /** True until the last step is done. */
  readonly isRunning: boolean;
  cancel(): void;
}

export function createSteps(): Steps {
  let latest = 0;
  let isRunning = false;
  return {
    get isRunning() {
      return isRunning;
    },
    async run(steps) {
      const own = ++latest;
      isRunning = true;
      for (const step of steps) {
        do {
          await nextTask();
          if (own !== latest) return;
        } while (step() === false);
      }
      isRunning = false;
    },
    cancel() {
      latest++;
      isRunning = false;
    },
  };
}
