/** Below this many milliseconds a motion is one step of a stream of steps, and runs evenly so that the steps join. */
const STREAM_STEP = 260;

/** Slow, fast, slow: for a motion that starts and ends at rest. `t` in [0, 1]. */
export function easeInOut(t: number): number {
  return t < 0.5 ? 4 * t * t * t : 1 - (2 - 2 * t) ** 3 / 2;
}

/** The share of the way covered after the share `t` in [0, 1] of `duration` milliseconds. */
export function progress(t: number, duration: number): number {
  const clamped = Math.min(1, Math.max(0, t));
  return duration <= STREAM_STEP ? clamped : easeInOut(clamped);
}
