import { createComparator } from "../../src/comparison";
import { timed } from "./long-tasks";
import { groupedVectors } from "./vectors";

/** Milliseconds of each of `queries` rankings over `rows × dimension`, after one that sends the vectors. */
async function rank(rows: number, dimension: number, k: number, queries: number) {
  const matrix = groupedVectors(rows, dimension);
  const comparator = createComparator();
  comparator.hold("bench", 1, matrix);
  const query = (row: number) => matrix.data.slice(row * dimension, (row + 1) * dimension);
  const options = { k, metric: "cosine" } as const;
  const first = await timed(() => comparator.neighbours("bench", query(0), options));
  const milliseconds: number[] = [];
  for (let index = 0; index < queries; index++) {
    const started = performance.now();
    await comparator.neighbours("bench", query(index), options);
    milliseconds.push(performance.now() - started);
  }
  comparator.close();
  return { first: first.milliseconds, longestPause: first.longestPause, milliseconds };
}

export const bench = { rank };
Object.assign(window, { bench });
