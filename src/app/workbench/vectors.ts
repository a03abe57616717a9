import { type Item, newItemId } from "../../collection";
import { type ErrorReport, NamedError } from "../../core/errors";
import { type Space, spaceId } from "../../core/space";
import type { Context } from "./context";
import { counted } from "./counted";
import { createPace } from "./in-slices";
import type { Layout } from "./layout";
import type { Spaces } from "./spaces";
import type { AddResult, ReadyVectors } from "./types";

/** The first column of texts with fewer values than rows names groups. */
function categoriesOf({ columns = {}, labels }: ReadyVectors): readonly (string | undefined)[] {
  const groups = Object.values(columns).find(
    (column) => typeof column[0] === "string" && new Set(column).size < labels.length,
  );
  return groups?.map(String) ?? [];
}

function check({ labels, vectors, dimension, columns = {} }: ReadyVectors): void {
  const refuse = (message: string) => {
    throw new NamedError("InvalidVectors", message, {
      advice: "Hand over labels.length × dimension numbers, row after row.",
    });
  };
  if (!Number.isInteger(dimension) || dimension < 1) refuse(`A dimension of ${dimension} is not possible.`);
  if (vectors.length !== labels.length * dimension) {
    refuse(
      `${labels.length} labels of dimension ${dimension} need ${labels.length * dimension} numbers, not ${vectors.length}.`,
    );
  }
  for (const [name, column] of Object.entries(columns)) {
    if (column.length !== labels.length)
      refuse(`The column “${name}” has ${column.length} values for ${labels.length} rows.`);
  }
}

/** Rows put by at a time: a millisecond's work, so that a slice ends in time. */
const rowsAtOnce = 512;

function isFiniteRow(vectors: Float32Array, row: number, dimension: number): boolean {
  for (let at = row * dimension; at < (row + 1) * dimension; at++)
    if (!Number.isFinite(vectors[at])) return false;
  return true;
}

/** Takes vectors that were made elsewhere in, as a space of their own. */
export function createVectorAdding({ collection, problems }: Context, spaces: Spaces, layout: Layout) {
  /** Throws `InvalidVectors` when the table's lengths do not fit; a row that holds no numbers fails alone. */
  return async function addVectors(table: ReadyVectors): Promise<AddResult> {
    check(table);
    const { labels, vectors, dimension, columns = {} } = table;
    const failures: { input: string; error: ErrorReport }[] = [];
    const categories = categoriesOf(table);
    const number = collection.spaces().filter(({ modalities }) => modalities.includes("row")).length + 1;
    const space: Space = {
      id: spaceId(`vectors-${crypto.randomUUID().slice(0, 8)}`),
      title: number > 1 ? `Vectors ${number}` : "Vectors",
      dimension,
      metric: "cosine",
      modalities: ["row"],
    };
    const items: Item[] = [];
    const names = Object.keys(columns);
    const itemOf = (row: number): Item => {
      const cells: Record<string, string | number> = {};
      for (const name of names) cells[name] = columns[name][row];
      return { id: newItemId(), kind: "row", label: labels[row], category: categories[row], columns: cells };
    };
    const refuse = (row: number) => {
      const error: ErrorReport = {
        name: "InvalidVectors",
        message: `Row ${row} (${labels[row]}) holds something that is no number.`,
        advice: "Replace NaN and infinity, or leave the row out.",
      };
      failures.push({ input: labels[row], error });
    };
    const staging = collection.stage(space, labels.length);
    const pace = createPace();
    for (let row = 0; row < labels.length; ) {
      // Rows that stand side by side are copied together.
      const first = row;
      const most = Math.min(labels.length, first + rowsAtOnce);
      const run: Item[] = [];
      while (row < most && isFiniteRow(vectors, row, dimension)) run.push(itemOf(row++));
      staging.put(run, vectors.subarray(first * dimension, row * dimension));
      for (const item of run) items.push(item);
      if (row < most) refuse(row++);
      if (pace.isOver()) await pace.rest();
    }
    problems.addAll(failures);
    await pace.rest();
    staging.show(`Add ${counted(items.length, "vector")}`);
    // What follows from new items is the page's own work; it gets its turn first.
    await pace.rest();
    spaces.choose("vectors");
    await pace.rest();
    layout.refresh();
    await layout.standing(items.map(({ id }) => id));
    return { items, failures };
  };
}
