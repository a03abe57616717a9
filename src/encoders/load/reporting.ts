import type { EncodeFailure, EncodeOptions } from "../types";

/** Hands an encoder's results to its caller. */
export interface Reporting<Result> {
  /** Aborted when the caller gives up, or when the caller's listener throws. */
  readonly signal: AbortSignal;
  results(results: readonly Result[], failures: readonly EncodeFailure[]): void;
  /** Waits for the work; what the caller's listener threw goes before what became of the work. */
  until(work: Promise<unknown>): Promise<void>;
}

/**
 * Counts results for `onProgress`, and makes an error in the caller's own listener end the call with that error: a
 * listener is called from a message event, where nobody else would catch it.
 */
export function reporting<Result extends { readonly index: number }>(
  total: number,
  options: EncodeOptions<Result>,
): Reporting<Result> {
  const listenerFailed = new AbortController();
  let done = 0;
  return {
    signal: options.signal ? AbortSignal.any([options.signal, listenerFailed.signal]) : listenerFailed.signal,
    results(results, failures) {
      if (listenerFailed.signal.aborted) return;
      try {
        options.onResults(results, failures);
        // An input whose parts have vectors counts once.
        done += new Set(results.map(({ index }) => index)).size + failures.length;
        options.onProgress?.({ done, total });
      } catch (error) {
        listenerFailed.abort(error);
      }
    },
    async until(work) {
      try {
        await work;
      } catch (error) {
        if (!listenerFailed.signal.aborted) throw error;
      }
      if (listenerFailed.signal.aborted) throw listenerFailed.signal.reason;
    },
  };
}
