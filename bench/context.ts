import type { Browser, BrowserContext, Page } from "@playwright/test";

/** One thing that was measured, ours beside the peers'. */
export interface Measurement {
  /** What was done: "10,000 × 384, k = 15". */
  readonly case: string;
  /** What the numbers are, with their unit: "milliseconds", "texts per second". */
  readonly metric: string;
  readonly better: "lower" | "higher";
  readonly ours: number;
  /** The same measure of others, in the same run on the same machine. The default is none. */
  readonly peers?: Readonly<Record<string, number>>;
  /** The budget ours must keep to, in the metric's unit. The default is none. */
  readonly target?: number;
}

/** One line of `npm run bench -- --json`. */
export interface BenchRow {
  readonly benchmark: string;
  readonly case: string;
  readonly metric: string;
  readonly ours: number;
  readonly peers: Readonly<Record<string, number>>;
  /** How many times better ours is than the best peer: above 1, ours is better; null where there is no peer. */
  readonly ratio: number | null;
  readonly target?: number;
}

/** What a benchmark, `bench/NAME.ts`, is given: it exports `run(context: BenchContext): Promise<void>`. */
export interface BenchContext {
  /** Chromium as the end-to-end tests use it: WebGL2 and WASM, no WebGPU; with `NEARFIELD_GPU=1` both, on the GPU. */
  readonly browser: Browser;
  /** What encodes in this run: the GPU where `NEARFIELD_GPU=1` asks for it. */
  readonly device: "wasm" | "webgpu";
  /** Address of the built page, ending in a slash; builds it first when it is missing or stale. */
  app(): Promise<string>;
  /** Address of a benchmark's own page, `bench/pages/NAME.html`, built as the app is and served with the same headers. */
  page(name: string): Promise<string>;
  /** Opens a browser whose profile lives in a folder, caches on disk as a user's; close it when done. */
  profile(folder: string): Promise<BrowserContext>;
  /** Opens an address in a fresh profile; whatever goes wrong in the page fails the benchmark. Close it when done. */
  open(address: string): Promise<Page>;
  /** Notes a measurement; it is printed when the benchmark is done. */
  report(measurement: Measurement): void;
  /** Says on stderr what is going on. */
  say(line: string): void;
}

/** The row of a measurement. The best peer is the one with the best number, whatever its name. */
export function benchRow(benchmark: string, { better, peers = {}, target, ...rest }: Measurement): BenchRow {
  const values = Object.values(peers);
  const best = better === "lower" ? Math.min(...values) : Math.max(...values);
  const ratio = better === "lower" ? best / rest.ours : rest.ours / best;
  return {
    benchmark,
    case: rest.case,
    metric: rest.metric,
    ours: rest.ours,
    peers,
    ratio: values.length > 0 ? ratio : null,
    ...(target === undefined ? {} : { target }),
  };
}

/** The middle value, which one slow run does not move. Throws `RangeError` for no values. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("the median of nothing");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
