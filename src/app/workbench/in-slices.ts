import { nextTask } from "../../encoders/next-task";

/** The page is left alone for no longer than this many milliseconds: half a frame at 60 a second. */
const SLICE = 8;

/** `inputs.map(make)`, with a pause for the page's own work whenever it took a while; a few inputs need none. */
export async function inSlices<From, To>(inputs: readonly From[], make: (input: From) => To): Promise<To[]> {
  const made: To[] = [];
  while (made.length < inputs.length) {
    const until = performance.now() + SLICE;
    do made.push(make(inputs[made.length]));
    while (made.length < inputs.length && performance.now() < until);
    if (made.length < inputs.length) await nextTask();
  }
  return made;
}
