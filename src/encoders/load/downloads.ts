import type { LoadProgress } from "../types";
import { type FetchOptions, fetchKnown, type KnownFile, parseJsonBytes } from "./fetch";

/** At most one report in this many milliseconds: a fast connection delivers thousands of chunks. */
const REPORT_EVERY = 50;

/** Fetches several files at once and reports their bytes as one sum. */
export class Downloads {
  private readonly report: (progress: LoadProgress) => void;
  private readonly signal: AbortSignal;
  private readonly received: number[] = [];
  private total = 0;
  private reported = 0;

  /** `report` hears of bytes and stages; `signal` stops all files. */
  constructor(signal: AbortSignal, report: (progress: LoadProgress) => void) {
    this.signal = signal;
    this.report = report;
  }

  /** Starts fetching. Call it for all files before awaiting any, so that the total is right from the first report. */
  start(file: KnownFile): Promise<Uint8Array<ArrayBuffer>> {
    const slot = this.received.push(0) - 1;
    this.total += file.bytes;
    const options: FetchOptions = {
      signal: this.signal,
      onBytes: (bytes) => {
        this.received[slot] = bytes;
        this.reportBytes();
      },
    };
    const bytes = fetchKnown(file, options);
    // Whoever awaits this promise hears of the failure; meanwhile it must not count as unhandled.
    bytes.catch(() => {});
    return bytes;
  }

  /** As `start`, for a file of JSON. Rejects with `ModelCorrupt` when it is something else. */
  startJson(file: KnownFile): Promise<unknown> {
    const json = this.start(file).then((bytes) => parseJsonBytes(bytes, file.url));
    json.catch(() => {});
    return json;
  }

  /** Reports that a later stage began. */
  stage(stage: LoadProgress["stage"]): void {
    this.report({ stage, loaded: this.loaded(), total: this.total });
  }

  private reportBytes(): void {
    const now = performance.now();
    const complete = this.loaded() === this.total;
    if (!complete && now - this.reported < REPORT_EVERY) return;
    this.reported = now;
    this.stage(complete ? "verify" : "download");
  }

  private loaded(): number {
    return this.received.reduce((sum, bytes) => sum + bytes, 0);
  }
}
