import { tidyText } from "../core/text";

const lineEnds = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u;

/** What parts a list written on one line; the first kind that occurs outside quotes is the only one that parts it. */
const separators = [/\t/u, /[,，、،]/u, /[;；؛]/u];

const closingQuote: Readonly<Record<string, string>> = { '"': '"', "“": "”", "„": "“", "«": "»", "「": "」" };

/** A quoted stretch, or one character. */
interface Piece {
  readonly text: string;
  readonly quoted: boolean;
}

/**
 * Cuts a line into quoted stretches and single characters. A quote opens only where an entry starts and closes only
 * where one ends; a doubled one inside is the quote itself; one that never closes is an ordinary character.
 */
function* pieces(line: string, isSeparator: (character: string) => boolean): Generator<Piece> {
  let atStart = true;
  let index = 0;
  // What never closes once will not close later: looking again for each entry would take quadratic time.
  const unclosed = new Set<string>();
  while (index < line.length) {
    const character = line[index];
    const close = closingQuote[character];
    const opens = atStart && close !== undefined && !unclosed.has(close);
    const end = opens ? quotedEnd(line, index, isSeparator) : undefined;
    if (opens && end === undefined) unclosed.add(close);
    if (end !== undefined) {
      const inside = line.slice(index + 1, end - 1).replaceAll(close + close, close);
      yield { text: inside, quoted: true };
      index = end;
      atStart = false;
      continue;
    }
    yield { text: character, quoted: false };
    atStart = isSeparator(character) || (atStart && character.trim() === "");
    index += 1;
  }
}

/** Where the quoted stretch that starts at `start` ends, its closing quote included. */
function quotedEnd(
  line: string,
  start: number,
  isSeparator: (character: string) => boolean,
): number | undefined {
  const close = closingQuote[line[start]];
  if (close === undefined) return undefined;
  let at = line.indexOf(close, start + 1);
  while (at !== -1) {
    if (line[at + 1] === close) {
      at = line.indexOf(close, at + 2);
      continue;
    }
    let after = at + 1;
    while (after < line.length && !isSeparator(line[after]) && line[after].trim() === "") after += 1;
    if (after === line.length || isSeparator(line[after])) return at + 1;
    at = line.indexOf(close, at + 1);
  }
  return undefined;
}

function split(line: string, separator: RegExp): string[] {
  const isSeparator = (character: string) => separator.test(character);
  const entries = [""];
  for (const { text, quoted } of pieces(line, isSeparator)) {
    if (!quoted && isSeparator(text)) entries.push("");
    else entries[entries.length - 1] += text;
  }
  return entries;
}

/** A line that is nothing but one quoted stretch, without its quotes. */
function unquoted(line: string): string {
  const trimmed = line.trim();
  const end = quotedEnd(trimmed, 0, () => false);
  if (end !== trimmed.length) return line;
  const close = closingQuote[trimmed[0]];
  return trimmed.slice(1, -1).replaceAll(close + close, close);
}

/** The text of one line of several, tidied: its commas stay, quotes around the whole of it are taken off. */
export function textOfLine(line: string): string {
  return tidyText(unquoted(line));
}

/** The texts of one line that stands alone: a list, or one text. */
function splitLine(line: string): string[] {
  for (const separator of separators) {
    const entries = split(line, separator);
    if (entries.length > 1) return entries;
  }
  return [unquoted(line)];
}

/**
 * The texts in what a person typed or pasted, tidied, without empty ones, in their order; repeated ones stay.
 *
 * Several lines are one text each and keep their commas. A single line is a list: it is split at tabs, else at commas
 * (also `，` `、` `،`), else at semicolons. Quotes around an entry keep it together and are taken off.
 */
export function parseTyped(input: string): string[] {
  const lines = input.split(lineEnds).filter((line) => tidyText(line) !== "");
  const texts = lines.length === 1 ? splitLine(lines[0].trim()).map(tidyText) : lines.map(textOfLine);
  return texts.filter((text) => text !== "");
}
