import type { LoadProgress } from "../types";
import { type FetchOptions, fetchModule, parseJsonBytes } from "./fetch";
import { type FileAt, fileBytes, fileName, type ModelFiles, type PageFile } from "./files";
import { readFile } from "./read-file";
import type { ExternalData } from "./runtime";
import { Speed } from "./speed";

/** At most one report in this many milliseconds: a fast connection delivers thousands of chunks. */
const REPORT_EVERY = 50;

/** A model's graph and the weights outside of it, in memory. */
export interface Weights {
  readonly graph: Uint8Array<ArrayBuffer>;
  readonly external: readonly ExternalData[];
}

/** Fetches several files at once and reports their bytes as one sum. */
export class Downloads {
  private readonly report: (progress: LoadProgress) => void;
  private readonly signal: AbortSignal;
  private readonly received: number[] = [];
  private readonly kept: number[] = [];
  private readonly speed = new Speed();
  private total = 0;
  private reported = 0;

  /** `report` hears of bytes and stages; `signal` stops all files. */
  constructor(signal: AbortSignal, report: (progress: LoadProgress) => void) {
    this.signal = signal;
    this.report = report;
  }

  /** Starts fetching. Call it for all files before awaiting any, so that the total is right from the first report. */
  start(file: FileAt): Promise<Uint8Array<ArrayBuffer>> {
    return this.track(fileBytes(file), (options) => readFile(file, options));
  }

  /** As `start`, for the parts of the page's own WebAssembly, which is compiled while it comes. */
  startModule(parts: readonly PageFile[]): Promise<WebAssembly.Module> {
    return this.track(sum(parts.map(fileBytes)), (options) => fetchModule(parts, options));
  }

  private track<T>(bytes: number, read: (options: FetchOptions) => Promise<T>): Promise<T> {
    const slot = this.received.push(0) - 1;
    this.kept.push(0);
    this.total += bytes;
    const options: FetchOptions = {
      signal: this.signal,
      onBytes: (bytes, kept = 0) => {
        this.received[slot] = bytes;
        this.kept[slot] = kept;
        this.reportBytes();
      },
    };
    const content = read(options);
    // Whoever awaits this promise hears of the failure; meanwhile it must not count as unhandled.
    content.catch(() => {});
    return content;
  }

  /** As `start`, for a file of JSON. Rejects with `ModelCorrupt` when it is something else. */
  startJson(file: FileAt): Promise<unknown> {
    const json = this.start(file).then((bytes) => parseJsonBytes(bytes, fileName(file)));
    json.catch(() => {});
    return json;
  }

  /** As `start`, for a model's graph and all its weights. */
  startWeights(files: ModelFiles): Promise<Weights> {
    const external = Object.entries(files.external).map(async ([path, file]) => ({
      path,
      data: await this.start(file),
    }));
    const weights = Promise.all([this.start(files.weights), Promise.all(external)]).then(
      ([graph, external]) => ({ graph, external }),
    );
    weights.catch(() => {});
    return weights;
  }

  /** Reports that a later stage began. */
  stage(stage: LoadProgress["stage"]): void {
    const loaded = sum(this.received);
    const bytesPerSecond = this.speed.at(loaded - sum(this.kept), performance.now());
    this.report({ stage, loaded, total: this.total, bytesPerSecond });
  }

  private reportBytes(): void {
    const now = performance.now();
    const complete = sum(this.received) === this.total;
    if (!complete && now - this.reported < REPORT_EVERY) return;
    this.reported = now;
    this.stage(complete ? "verify" : "download");
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
