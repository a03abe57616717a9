import { throwIfCancelled } from "../core/errors";
import type { Gate } from "./gate";

/**
 * Milliseconds of work after which a worker looks at its messages. A cancelled job stops within about this time, and
 * the pause itself (well under a millisecond) stays below 2 % of the work.
 */
const SLICE = 30;

/** Gives the event loop a turn when a slice of work is over, waits while paused, and throws `Cancelled` if the signal was aborted. */
export type Pace = () => void | Promise<void>;

/** Makes a pace for one job, which pauses while the gate is closed. */
export function createPace(signal: AbortSignal, gate: Gate): Pace {
  let sliceStart = performance.now();
  return () => {
    if (performance.now() - sliceStart < SLICE) return;
    return turn().then(async () => {
      await gate.passed(signal);
      sliceStart = performance.now();
      throwIfCancelled(signal);
    });
  };
}

/** Lets waiting messages through. A message channel, because browsers stretch nested timers to 4 ms. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
