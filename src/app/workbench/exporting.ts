import { matrixFromRows, row } from "../../core/matrix";
import { createExporter } from "../../formats";
import type { Context } from "./context";
import { counted } from "./counted";
import type { Layout } from "./layout";

/** How long a download's address stays valid: long enough for a browser that asks where to save the file. */
const DOWNLOAD_KEPT_MS = 60_000;

interface ExportRequest {
  readonly items: "all" | "selection";
  readonly signal?: AbortSignal;
}

/** Writes the shown space's items to files. */
export function createExporting({ store, collection, tasks, problems }: Context, layout: Layout) {
  const exporter = createExporter();

  const gather = (items: ExportRequest["items"]) => {
    const { id: space, dimension } = store.getState().shown.space;
    const table = collection.table(space);
    const selected = new Set(collection.state().selection);
    const rows = (table?.ids ?? []).flatMap((id, index) =>
      items === "all" || selected.has(id) ? [index] : [],
    );
    const ids = rows.map((index) => table!.ids[index]);
    const { dimensions, ids: placed, positions } = layout.frame();
    const places = new Map(placed.map((id, index) => [id, index]));
    const chosen = new Float32Array(ids.length * dimensions).fill(Number.NaN);
    ids.forEach((id, to) => {
      const from = places.get(id);
      if (from === undefined) return;
      chosen.set(positions.subarray(from * dimensions, (from + 1) * dimensions), to * dimensions);
    });
    const all = rows.length === table?.ids.length;
    const vectors =
      table && all
        ? table.matrix
        : matrixFromRows(
            rows.map((index) => row(table!.matrix, index)),
            dimension,
          );
    return {
      items: ids.flatMap((id) => collection.get(id) ?? []),
      space,
      places: { dimensions, positions: chosen },
      vectors,
    };
  };

  const exportItems = async (_format: "csv", { items, signal }: ExportRequest): Promise<Blob> => {
    const table = gather(items);
    const task = tasks.start((total) => `Writing ${counted(total, "row")}`, table.items.length);
    try {
      return await exporter.csv(table, {
        signal: signal ? AbortSignal.any([signal, task.signal]) : task.signal,
        onProgress: ({ rows }) => task.update(rows),
      });
    } finally {
      task.end();
    }
  };

  /** Hands a file to the browser's downloads; what goes wrong in making it is shown among the problems. */
  const save = async (name: string, make: () => Promise<Blob>): Promise<void> => {
    try {
      const address = URL.createObjectURL(await make());
      const link = document.createElement("a");
      link.href = address;
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), DOWNLOAD_KEPT_MS);
    } catch (thrown) {
      problems.addThrown("Export", thrown);
    }
  };

  return {
    exportItems,
    save,
    download: (format: "csv", request: ExportRequest): Promise<void> =>
      save(`nearfield-${store.getState().shown.space.id}.${format}`, () => exportItems(format, request)),
  };
}
