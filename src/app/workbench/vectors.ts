import { type Item, newItemId } from "../../collection";
import { type ErrorReport, NamedError } from "../../core/errors";
import { type Space, spaceId } from "../../core/space";
import { isFiniteVector } from "../../core/vectors";
import type { Context } from "./context";
import { counted } from "./counted";
import type { Layout } from "./layout";
import type { Spaces } from "./spaces";
import type { AddResult, ReadyVectors } from "./types";

/** Rows made into items before the page gets its turn: some 10 ms' work. */
const rowsAtOnce = 5_000;

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
    const entries: { id: Item["id"]; vector: Float32Array }[] = [];
    const names = Object.keys(columns);
    for (let row = 0; row < labels.length; row++) {
      if (row % rowsAtOnce === rowsAtOnce - 1) await new Promise((resolve) => setTimeout(resolve, 0));
      const label = labels[row];
      const vector = vectors.subarray(row * dimension, (row + 1) * dimension);
      if (!isFiniteVector(vector)) {
        const error: ErrorReport = {
          name: "InvalidVectors",
          message: `Row ${row} (${label}) holds something that is no number.`,
          advice: "Replace NaN and infinity, or leave the row out.",
        };
        failures.push({ input: label, error });
        problems.add(label, error);
        continue;
      }
      const id = newItemId();
      const cells: Record<string, string | number> = {};
      for (const name of names) cells[name] = columns[name][row];
      items.push({ id, kind: "row", label, category: categories[row], columns: cells });
      entries.push({ id, vector });
    }
    collection.change(() => {
      collection.add(items, `Add ${counted(items.length, "vector")}`);
      collection.setVectors(space, entries);
    });
    spaces.choose("vectors");
    layout.refresh();
    await layout.standing(items.map(({ id }) => id));
    return { items, failures };
  };
}
