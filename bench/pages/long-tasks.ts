/** What a stretch of work took, and the longest time it kept the page from answering. */
export interface Timed<T> {
  readonly value: T;
  readonly milliseconds: number;
  /** The longest pause between two timers while the work ran. */
  readonly longestPause: number;
}

/** Times asynchronous work and watches the main thread meanwhile. */
export async function timed<T>(work: () => Promise<T> | T): Promise<Timed<T>> {
  let [longestPause, last, running] = [0, performance.now(), true];
  const tick = () => {
    const now = performance.now();
    longestPause = Math.max(longestPause, now - last);
    last = now;
    if (running) setTimeout(tick);
  };
  // The first timers of a row come at once; let them settle before anything is measured.
  await new Promise((resolve) => setTimeout(resolve, 50));
  last = performance.now();
  setTimeout(tick);
  const started = performance.now();
  const value = await work();
  const milliseconds = performance.now() - started;
  await new Promise((resolve) => setTimeout(resolve, 20));
  running = false;
  return { value, milliseconds, longestPause };
}
