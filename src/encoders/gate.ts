/** Lets a limited number of jobs run at once; the others wait their turn. */
export function createGate(atOnce: number): <T>(job: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (job) => {
    if (running < atOnce) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      // The place is handed over, not freed.
      if (next) next();
      else running -= 1;
    }
  };
}
