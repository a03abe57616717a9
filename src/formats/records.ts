import type { ParseError } from "papaparse";

type Papa = typeof import("papaparse");

/** One row of a table, or a line that could not be read as one. */
export type TableRecord = { readonly cells: readonly string[] } | { readonly malformed: string };

/**
 * A record longer than this many characters is taken for an unclosed quote, which would swallow the rest of the file:
 * more than any encoder reads, and room for a row of 10,000 numbers beside the text.
 */
export const longestRecord = 250_000;

/** Malformed lines after which a file's quotes are not trusted any more. */
const mostMalformed = 100;

/** Enough rows to tell a separator by, without parsing much twice. */
const sampleRows = 100;

/** Separators tables are written with. */
const separators = [",", "\t", ";", "|"];

/** The separator that cuts a table's beginning most evenly; a comma when none does. */
export function guessSeparator(papa: Papa, start: string): string {
  return papa.parse<string[]>(start, { preview: sampleRows, newline: "\n", delimitersToGuess: separators })
    .meta.delimiter;
}

/** What the parser says after each row. */
interface Step {
  readonly data: string[][];
  readonly errors: ParseError[];
  readonly meta: { readonly cursor: number };
}

/** A character that no text holds: with it in the place of the quote, quotes are characters like others. */
const noQuote = "\u0000";

/**
 * Cuts text that comes piece by piece (line ends `\n`) into the records of a table. A line whose quotes do not pair
 * comes out as malformed, and reading goes on with the next line; after a hundred of them quotes count as ordinary
 * characters, since the file was not written by these rules, and since each costs a search to the end of the piece.
 */
export function createRecordReader(papa: Papa, separator: string) {
  let rest = "";
  let malformedLines = 0;

  const dropLine = (): TableRecord => {
    const end = rest.indexOf("\n");
    const malformed = end === -1 ? rest : rest.slice(0, end);
    rest = end === -1 ? "" : rest.slice(end + 1);
    malformedLines += 1;
    return { malformed };
  };

  /** Takes the complete records from `rest`, and at the end of the file all of them. */
  const take = (isEnd: boolean): TableRecord[] => {
    const records: TableRecord[] = [];
    let stuck = true;
    while (stuck && rest !== "") {
      stuck = false;
      let consumed = 0;
      const parser = new papa.Parser({
        delimiter: separator,
        newline: "\n",
        quoteChar: malformedLines < mostMalformed ? '"' : noQuote,
        step(result: unknown) {
          const { data, errors, meta } = result as Step;
          if (errors.length > 0) {
            stuck = true;
            parser.abort();
            return;
          }
          records.push({ cells: data[0] });
          consumed = meta.cursor;
        },
      });
      parser.parse(rest, 0, !isEnd);
      rest = rest.slice(consumed);
      stuck ||= rest.length > longestRecord;
      if (stuck) records.push(dropLine());
    }
    return records;
  };

  return {
    separator,
    /** The records that are complete with this piece. */
    read(piece: string): TableRecord[] {
      rest += piece;
      return take(false);
    },
    /** The records that end with the file. */
    end: (): TableRecord[] => take(true),
  };
}
