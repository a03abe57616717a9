import { nextTask } from "../../encoders/next-task";

/** The page is left alone for no longer than this many milliseconds: half a frame at 60 a second. */
export const SLICE = 8;

/** Says when the page should get its turn. */
export interface Pace {
  /** True once the stretch of work that is under way has lasted long enough. */
  isOver(): boolean;
  /** Lets the page do its own work; the next stretch begins after it. */
  rest(): Promise<void>;
}

/** Begins a stretch of work that is handed over to the page in slices. */
export function createPace(): Pace {
  let until = performance.now() + SLICE;
  return {
    isOver: () => performance.now() >= until,
    async rest() {
      await nextTask();
      until = performance.now() + SLICE;
    },
  };
}

/** `inputs.map(make)`, with a pause for the page's own work whenever it took a while; a few inputs need none. */
export async function inSlices<From, To>(inputs: readonly From[], make: (input: From) => To): Promise<To[]> {
  const made: To[] = [];
  const pace = createPace();
  for (const input of inputs) {
    if (pace.isOver()) await pace.rest();
    made.push(make(input));
  }
  return made;
}
