import Papa from "papaparse";
import { createExporter } from "../../src/formats";
import { timed } from "./long-tasks";
import { groupedVectors } from "./vectors";

/** Writes the same table, `rows × dimension` numbers with labels, by our exporter and by papaparse. */
async function write(rows: number, dimension: number) {
  const vectors = groupedVectors(rows, dimension);
  const items = Array.from({ length: rows }, (_, index) => ({
    id: `i${index}`,
    kind: "text" as const,
    label: `word, number ${index}`,
  }));
  const positions = vectors.data.slice(0, rows * 2);
  const ours = await timed(() =>
    createExporter().csv({ items, space: "bench", places: { dimensions: 2, positions }, vectors }),
  );
  const papaparse = await timed(() => {
    const table = items.map(({ id, kind, label }, row) => [
      id,
      kind,
      label,
      "bench",
      ...positions.subarray(row * 2, row * 2 + 2),
      ...vectors.data.subarray(row * dimension, (row + 1) * dimension),
    ]);
    return new Blob([Papa.unparse(table)]);
  });
  return {
    ours: { milliseconds: ours.milliseconds, longestPause: ours.longestPause, bytes: ours.value.size },
    papaparse: {
      milliseconds: papaparse.milliseconds,
      longestPause: papaparse.longestPause,
      bytes: papaparse.value.size,
    },
  };
}

export const bench = { write };
Object.assign(window, { bench });
