import { type ErrorReport, NamedError } from "../core/errors";

/** The most rows read from one file: ten times what the page is built for. */
const mostRows = 100_000;

/** More single rows than this are not listed one by one. */
const mostListed = 20;

const count = new Intl.NumberFormat("en");

const rows = (number: number) => (number === 1 ? "1 row" : `${count.format(number)} rows`);

/** Rows gathered from one file, and the account of those that were not. */
export class Gathering {
  readonly texts: string[] = [];
  readonly categories: (string | undefined)[] = [];
  readonly problems: ErrorReport[] = [];
  /** Rows of the file so far, the header included: the number a spreadsheet shows beside the row. */
  row = 0;
  full = false;
  #malformed = 0;
  #empty = 0;
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  add(text: string, category?: string): void {
    if (this.texts.length === mostRows) {
      this.full = true;
      return;
    }
    this.texts.push(text);
    this.categories.push(category);
  }

  /** The current row could not be read: "its quotes do not pair". */
  malformed(reason: string): void {
    this.#malformed += 1;
    if (this.#malformed > mostListed) return;
    this.problems.push({
      name: "MalformedRow",
      message: `${this.#name}, row ${count.format(this.row)} was left out: ${reason}.`,
      advice: "Mend that row and read the file again; the other rows were read.",
    });
  }

  /** Puts these texts in the place of what was gathered. */
  replace(texts: readonly string[]): void {
    this.texts.length = 0;
    this.categories.length = 0;
    for (const text of texts) this.add(text);
  }

  /** A row that has other cells, but no text. */
  empty(): void {
    this.#empty += 1;
  }

  /** Adds what can only be said at the end. Throws `UnreadableFile` when there is no text at all. */
  finish(column?: string): void {
    if (this.texts.length === 0) {
      throw new NamedError("UnreadableFile", `${this.#name} holds no text.`, {
        advice: "Give one text a line, or a table with a column named “text”.",
      });
    }
    if (this.#malformed > mostListed) {
      this.problems.push({
        name: "MalformedRow",
        message: `${this.#name}: ${rows(this.#malformed - mostListed)} more could not be read.`,
      });
    }
    if (this.#empty > 0) {
      const where = column === undefined ? "a text" : `a text in the column “${column}”`;
      this.problems.push({
        name: "EmptyText",
        message: `${this.#name}: ${rows(this.#empty)} left out for want of ${where}.`,
      });
    }
    if (this.full) {
      this.problems.push({
        name: "TooManyItems",
        message: `${this.#name} has more than ${rows(mostRows)}; the first ${count.format(mostRows)} were read.`,
        advice: "Split the file to read the rest.",
      });
    }
  }
}
