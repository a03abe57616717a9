import type { Matrix } from "../core/matrix";
import type { ItemKind } from "../core/space";
import { connect, type Remote } from "../remote/connect";
import type { FormatsMethods } from "./methods";
import type { ReadingProgress, TextTable } from "./texts";

/**
 * Numbers copied for one message to the worker: 8 MB, some three milliseconds of the page's time, and enough that the
 * way there and back does not count.
 */
const messageNumbers = 2_000_000;

/** Items described in one message: their strings are what takes long to send. */
const messageItems = 5_000;

/** A table to be written. */
export interface CsvTable {
  /** One row each, in this order. */
  readonly items: readonly { readonly id: string; readonly kind: ItemKind; readonly label: string }[];
  /** Id of the space the vectors live in. */
  readonly space: string;
  /** `items.length × dimensions`, NaN where an item has no place. By default columns x and y stay empty. */
  readonly places?: { readonly dimensions: 2 | 3; readonly positions: Float32Array };
  /** One row for each item, in the same order. */
  readonly vectors: Matrix;
}

/** Progress of a file being written. */
export interface WritingProgress {
  readonly rows: number;
  readonly total: number;
}

/** How writing is stopped and followed. */
export interface ExportOptions {
  signal?: AbortSignal;
  onProgress?: (progress: WritingProgress) => void;
}

/** Writes files in a worker. */
export interface Exporter {
  /**
   * A CSV file: id, kind, label, space, x, y(, z), d0, d1, … in UTF-8; see docs/formats.md for the rules. The table is
   * copied part by part while it is written and may not change meanwhile. Rejects with `Cancelled` when the signal
   * says so, `RangeError` when lengths do not fit, `WorkerCrashed` when memory runs out; each call starts afresh.
   */
  csv(table: CsvTable, options?: ExportOptions): Promise<Blob>;
}

/** Runs work in a worker of its own, which gives all its memory back at the end. */
async function inWorker<T>(work: (remote: Remote<FormatsMethods>) => Promise<T>): Promise<T> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
    name: "nearfield-formats",
  });
  const remote = connect<FormatsMethods>(worker);
  try {
    return await work(remote);
  } finally {
    remote.close();
  }
}

/** Makes an exporter; a worker is started for each file, and none before. */
export function createExporter(): Exporter {
  return {
    async csv({ items, space, places, vectors }, { signal, onProgress } = {}) {
      const { dimension } = vectors;
      const dimensions = places?.dimensions ?? 2;
      const total = items.length;
      if (vectors.data.length !== total * dimension) {
        throw new RangeError(
          `${total} items need ${total * dimension} vector numbers, got ${vectors.data.length}`,
        );
      }
      if (places && places.positions.length !== total * dimensions) {
        throw new RangeError(
          `${total} items need ${total * dimensions} coordinates, got ${places.positions.length}`,
        );
      }
      const step = Math.max(1, Math.min(messageItems, Math.floor(messageNumbers / Math.max(1, dimension))));
      return inWorker(async (remote) => {
        await remote.call("csvBegin", { space, dimensions, dimension }, { signal });
        for (let start = 0; start < total; start += step) {
          const end = Math.min(total, start + step);
          const rows = {
            // Items carry pictures and more; the table needs three of their fields.
            items: items.slice(start, end).map(({ id, kind, label }) => ({ id, kind, label })),
            positions:
              places?.positions.slice(start * dimensions, end * dimensions) ??
              new Float32Array((end - start) * dimensions).fill(Number.NaN),
            vectors: vectors.data.slice(start * dimension, end * dimension),
          };
          const transfer = [rows.positions.buffer, rows.vectors.buffer];
          await remote.call("csvRows", rows, { signal, transfer });
          onProgress?.({ rows: end, total });
        }
        return remote.call("csvEnd", undefined, { signal });
      });
    },
  };
}

/**
 * Reads the texts of a .txt, .csv or .tsv file in a worker; `readTexts` in texts.ts says how. Rejects with
 * `UnreadableFile` when it is empty or no text, and with `Cancelled`.
 */
export async function readTextFile(
  file: File,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (progress: ReadingProgress) => void } = {},
): Promise<TextTable> {
  const texts: string[] = [];
  const categories: (string | undefined)[] = [];
  let grouped = false;
  const rest = await inWorker((remote) =>
    remote.call(
      "readTexts",
      { file, name: file.name },
      {
        signal,
        onProgress: (progress) => {
          if ("bytes" in progress) {
            onProgress?.(progress);
            return;
          }
          for (const text of progress.texts) texts.push(text);
          for (const category of progress.categories ?? []) categories.push(category);
          grouped ||= progress.categories !== undefined;
        },
      },
    ),
  );
  return { texts, ...(grouped ? { categories } : {}), ...rest };
}
