/** Does to its end, at once, what can be done in steps. */
export function exhaust<Result>(steps: Iterator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
