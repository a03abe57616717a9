/** Where a table keeps what an item is made of; columns are counted from 0. */
export interface TableColumns {
  /** The first row names the columns. */
  readonly header: boolean;
  readonly text: number;
  readonly category: number | undefined;
  /** Columns of the header, or of the widest row where there is none. */
  readonly width: number;
}

/** Names of a column of texts, the most telling first. */
const textNames = [
  "text",
  "texts",
  "sentence",
  "sentences",
  "word",
  "words",
  "phrase",
  "term",
  "token",
  "label",
  "labels",
  "name",
  "names",
  "title",
  "item",
  "items",
  "content",
  "caption",
  "description",
  "question",
];

/** Names of a column of groups, the most telling first; "label" counts where another column holds the texts. */
const categoryNames = [
  "category",
  "categories",
  "class",
  "group",
  "cluster",
  "topic",
  "genre",
  "type",
  "tag",
  "label",
];

const nameOf = (cell: string | undefined) => (cell ?? "").trim().toLowerCase();

const isNumber = (cell: string) => cell.trim() !== "" && Number.isFinite(Number(cell.replace(",", ".")));

/** How many of the filled cells of a column are numbers, from 0 to 1; 1 where none is filled. */
function numberShare(rows: readonly (readonly string[])[], column: number): number {
  const filled = rows.map((row) => row[column] ?? "").filter((cell) => cell.trim() !== "");
  return filled.length === 0 ? 1 : filled.filter(isNumber).length / filled.length;
}

/**
 * Finds a table's header, its column of texts and its column of categories by its first rows.
 *
 * The first row is a header when one of its cells is a usual name for such a column, or when it has a word above a
 * column of numbers. The texts are in the column with the most telling name, else in the first that is not mostly
 * numbers, else in the first. Categories are only taken from a column with a telling name.
 */
export function findColumns(rows: readonly (readonly string[])[]): TableColumns {
  const [first = [], ...rest] = rows;
  const names = first.map(nameOf);
  const width = Math.max(0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, column) => column);
  const named = (known: readonly string[], except?: number) => {
    for (const name of known) {
      const column = names.findIndex((cell, index) => cell === name && index !== except);
      if (column !== -1) return column;
    }
    return undefined;
  };

  const namedText = named(textNames);
  const namedCategory = named(categoryNames, namedText);
  const wordAboveNumbers = columns.some(
    (column) =>
      rest.length > 0 &&
      names[column] !== undefined &&
      names[column] !== "" &&
      !isNumber(names[column]) &&
      rest.some((row) => (row[column] ?? "").trim() !== "") &&
      numberShare(rest, column) === 1,
  );
  const header = namedText !== undefined || namedCategory !== undefined || wordAboveNumbers;
  if (!header) {
    const text = columns.find((column) => numberShare(rows, column) <= 0.5) ?? 0;
    return { header, text, category: undefined, width };
  }
  const isText = (column: number) => column !== namedCategory && numberShare(rest, column) <= 0.5;
  const text = namedText ?? columns.find(isText) ?? columns.find((column) => column !== namedCategory) ?? 0;
  return { header, text, category: namedCategory === text ? undefined : namedCategory, width: first.length };
}
