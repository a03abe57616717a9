import { type ErrorReport, NamedError, throwIfCancelled } from "../core/errors";
import { tidyText } from "../core/text";
import { findColumns, type TableColumns } from "./columns";
import { decodedPieces, fileNature } from "./decoding";
import { Gathering } from "./gathering";
import { createRecordReader, guessSeparator, longestRecord, type TableRecord } from "./records";
import { parseTyped, textOfLine } from "./typed";

/** The beginning that decides on the encoding: the whole of nearly every list, a moment's work for a table. */
const natureBytes = 16 << 20;

/** The beginning that decides on a table's separator: some hundred rows. */
const separatorCharacters = 1 << 16;

/** Rows that decide which of a table's columns hold what. */
const columnRows = 200;

/** What a file of texts holds. */
export interface TextTable {
  /** Tidied, none empty, in the file's order; repeated ones stay. */
  readonly texts: string[];
  /** One for each text, undefined where its cell is empty; absent when the file has no column of categories. */
  readonly categories?: (string | undefined)[];
  /** Name of the column the texts were in, where the table has a header. */
  readonly column?: string;
  /** Name of the column the categories were in. */
  readonly categoryColumn?: string;
  /** What was left out, and why. */
  readonly problems: ErrorReport[];
}

/** Progress of a file being read. */
export interface ReadingProgress {
  /** Bytes of the file read so far. */
  readonly bytes: number;
  readonly total: number;
}

/** How reading is stopped and followed. */
export interface ReadingContext {
  readonly signal?: AbortSignal;
  readonly progress?: (progress: ReadingProgress) => void;
}

type Pieces = AsyncIterable<string>;

/** Names of the columns that were read, where they have names. */
type ColumnNames = Pick<TextTable, "column" | "categoryColumn">;

/** A plain list: one text a line; a line that stands alone is split like typed text. */
async function readLines(pieces: Pieces, gathering: Gathering): Promise<ColumnNames> {
  let rest = "";
  let skipping = false;
  let alone: string | undefined;
  const take = (line: string) => {
    gathering.row += 1;
    if (skipping || line.length > longestRecord) {
      skipping = false;
      gathering.malformed("it is longer than 250,000 characters");
      return;
    }
    const text = textOfLine(line);
    if (text === "") return;
    alone = gathering.texts.length === 0 ? line : undefined;
    gathering.add(text);
  };
  for await (const piece of pieces) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() as string;
    lines.forEach(take);
    if (rest.length > longestRecord) {
      skipping = true;
      rest = "";
    }
    if (gathering.full) return {};
  }
  take(rest);
  if (alone !== undefined) gathering.replace(parseTyped(alone));
  return {};
}

/** A table: its columns are found by its first rows. */
async function readTable(pieces: Pieces, gathering: Gathering, separator?: string): Promise<ColumnNames> {
  // The parser is fetched only where there is a table to read.
  const { default: papa } = await import("papaparse");
  let start = "";
  let reader: ReturnType<typeof createRecordReader> | undefined;
  let waiting: TableRecord[] = [];
  let columns: TableColumns | undefined;
  let names: ColumnNames = {};

  const open = () => {
    reader = createRecordReader(papa, separator ?? guessSeparator(papa, start));
    return reader.read(start);
  };

  const decide = (): TableColumns => {
    const rows = waiting.flatMap((record) =>
      "cells" in record && record.cells.some(isFilled) ? [record.cells] : [],
    );
    const found = findColumns(rows);
    if (found.header) {
      const nameOf = (column: number | undefined) =>
        column === undefined ? undefined : tidyText(rows[0][column] ?? "") || undefined;
      names = { column: nameOf(found.text), categoryColumn: nameOf(found.category) };
    }
    return found;
  };

  let headerSeen = false;
  const take = (record: TableRecord, { header, text, category, width }: TableColumns) => {
    gathering.row += 1;
    if ("malformed" in record) {
      const begins = record.malformed.slice(0, 60);
      gathering.malformed(`its quotes do not pair, in the line that begins with ${begins}`);
      return;
    }
    const { cells } = record;
    if (!cells.some(isFilled)) return;
    if (header && !headerSeen) {
      headerSeen = true;
      return;
    }
    // In a table of one column a separator is a character of the text that somebody forgot to quote.
    const tidied = tidyText(width === 1 ? cells.join(reader?.separator) : (cells[text] ?? ""));
    if (tidied === "") gathering.empty();
    else
      gathering.add(
        tidied,
        category === undefined ? undefined : tidyText(cells[category] ?? "") || undefined,
      );
  };

  const takeAll = (records: readonly TableRecord[], isEnd: boolean) => {
    waiting.push(...records);
    if (!columns && !isEnd && waiting.length < columnRows) return;
    columns ??= decide();
    for (const record of waiting) take(record, columns);
    waiting = [];
  };

  for await (const piece of pieces) {
    if (reader) takeAll(reader.read(piece), false);
    else {
      start += piece;
      if (start.length >= separatorCharacters) takeAll(open(), false);
    }
    if (gathering.full) return names;
  }
  takeAll(reader ? [] : open(), false);
  takeAll(reader!.end(), true);
  return names;
}

const isFilled = (cell: string) => cell.trim() !== "";

const isTable = (name: string, type: string) =>
  /\.(csv|tsv|tab)$/i.test(name) || type === "text/csv" || type === "text/tab-separated-values";

/**
 * Reads the texts of a file: a list (one text a line) or, by its name or type, a CSV or TSV table with any of the usual
 * separators. UTF-8, UTF-16 and Windows-1252 are told apart. Rows that cannot be read are reported and the rest kept;
 * of a file with more than 100,000 rows the first 100,000 are read.
 *
 * Throws `UnreadableFile` when the file is empty, is no text, holds no text, or cannot be opened, and `Cancelled`.
 */
export async function readTexts(
  file: Blob,
  name: string,
  { signal, progress }: ReadingContext = {},
): Promise<TextTable> {
  const start = await beginning(file, name);
  const nature = fileNature(start);
  if (nature.kind === "binary") {
    throw new NamedError("UnreadableFile", `${name} cannot be read as text: it is ${nature.title}.`, {
      advice: "Save it as CSV in UTF-8, or as a plain text with one item a line.",
    });
  }
  async function* pieces(): Pieces {
    const decoded = decodedPieces(file, nature.kind === "text" ? nature.encoding : "utf-8", (bytes) => {
      progress?.({ bytes, total: file.size });
    });
    for await (const piece of decoded) {
      throwIfCancelled(signal);
      yield piece;
    }
  }
  const gathering = new Gathering(name);
  const separator = /\.(tsv|tab)$/i.test(name) ? "\t" : undefined;
  const names = isTable(name, file.type)
    ? await readTable(pieces(), gathering, separator)
    : await readLines(pieces(), gathering);
  gathering.finish(names.column);
  const { texts, categories, problems } = gathering;
  const grouped = categories.some((category) => category !== undefined);
  return { texts, ...(grouped ? { categories } : {}), ...names, problems };
}

/** The file's first bytes. Throws `UnreadableFile` when there are none or they cannot be had. */
async function beginning(file: Blob, name: string): Promise<Uint8Array> {
  if (file.size === 0) {
    throw new NamedError("UnreadableFile", `${name} is empty.`, {
      advice: "Choose a file with one text a line.",
    });
  }
  try {
    return new Uint8Array(await file.slice(0, natureBytes).arrayBuffer());
  } catch (cause) {
    throw new NamedError("UnreadableFile", `${name} could not be opened.`, {
      advice: "If it is a folder or was moved or changed meanwhile, choose it again.",
      cause,
    });
  }
}
