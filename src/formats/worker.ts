import { serve } from "../remote/serve";
import { type CsvFile, createCsvFile } from "./csv-file";
import type { FormatsMethods } from "./methods";
import { readTexts } from "./texts";

/** Rows a message: a few milliseconds of the page's time to read it. */
const batchRows = 5_000;

let file: CsvFile | undefined;

serve<FormatsMethods>({
  csvBegin(shape) {
    file = createCsvFile(shape);
    return undefined;
  },

  csvRows(rows) {
    file?.write(rows);
    return undefined;
  },

  csvEnd() {
    return file?.blob() ?? new Blob();
  },

  async readTexts({ file: source, name }, { signal, progress }) {
    const { texts, categories, ...rest } = await readTexts(source, name, { signal, progress });
    for (let start = 0; start < texts.length; start += batchRows) {
      const end = start + batchRows;
      progress({ texts: texts.slice(start, end), categories: categories?.slice(start, end) });
    }
    return rest;
  },
});
