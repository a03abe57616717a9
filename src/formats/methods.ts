import type { CsvRows, CsvShape } from "./csv";
import type { ReadingProgress, TextTable } from "./texts";

/** Texts and categories of a file, some thousand at a time, so that none of their messages holds the page up. */
export type TextBatch = Pick<TextTable, "texts" | "categories">;

/** What the formats worker does. A worker writes one table. */
export interface FormatsMethods {
  csvBegin: { input: CsvShape; output: undefined; progress: never };
  csvRows: { input: CsvRows; output: undefined; progress: never };
  csvEnd: { input: undefined; output: Blob; progress: never };
  readTexts: {
    input: { file: Blob; name: string };
    output: Omit<TextTable, "texts" | "categories">;
    progress: ReadingProgress | TextBatch;
  };
}
